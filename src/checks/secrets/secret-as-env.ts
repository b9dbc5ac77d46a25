import { asList, asString, field, unknown, type JsonPath } from '../../model/index.js'
import { defineCheck, type Report, type WorkloadSubject } from '../define-check.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { deploymentWith } from './example-objects.js'

export const secretAsEnv = defineCheck({
  id: 'secret-as-env',
  title: 'A workload is given Secrets as environment variables',
  severity: 'info',
  because: 'a file is better kept, and many programs read variables alone',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'Variables go to every child process, into crash reports and debug pages, and keep their first value while the container runs. A mounted Secret is read when it is needed, has a mode, and follows the Secret when it is rotated.',
  references: [cis('5.4.1'), kubernetesDocs('concepts/security/secrets-good-practices/')],
  evaluate(subject, report) {
    const { object } = subject
    for (const { container, path, secret, name } of variables(subject, report)) {
      report.fail(
        {
          origin: { kind: 'object', object, path },
          message: `container \`${container}\`: ${name} from Secret ${secret}`,
        },
        {
          message: `container \`${container}\` reads Secret ${secret} from its environment`,
          fix: advice('Mount the Secret as a volume and let the program read the file, where it can.', {
            breaks: 'programs that read variables alone',
          }),
        },
      )
    }
  },
  examples: {
    bad: { manifests: deploymentWith({ envFrom: [{ secretRef: { name: 'db' } }] }) },
    good: { manifests: deploymentWith({ volumeMounts: [{ name: 'db', mountPath: '/run/db' }] }) },
  },
})

interface Variable {
  readonly container: string
  readonly path: JsonPath
  readonly secret: string
  readonly name: string
}

function variables({ object, containers }: WorkloadSubject, report: Report): Variable[] {
  return containers.flatMap(({ name: container, spec, path }) =>
    (['env', 'envFrom'] as const).flatMap((list) => {
      const given = field(spec, list)
      if (given !== undefined && given !== null && !Array.isArray(given)) {
        const origin = { kind: 'object', object, path: [...path, list] } as const
        report.unknown(unknown('unparsable', `\`${list}\` is not a list`, origin))
      }
      return asList(given).flatMap((each, at): Variable[] => {
        const reference =
          list === 'env' ? field(field(each, 'valueFrom'), 'secretKeyRef') : field(each, 'secretRef')
        const secret = asString(field(reference, 'name'))
        const name = list === 'env' ? (asString(field(each, 'name')) ?? '') : 'all keys'
        return secret === undefined ? [] : [{ container, path: [...path, list, at], secret, name }]
      })
    }),
  )
}
