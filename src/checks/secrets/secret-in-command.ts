import { secretsInAnnotations, secretsInCommands, type SecretPlace } from '../../kube/index.js'
import { asObject, field, unknown, type JsonPath } from '../../model/index.js'
import { defineCheck, type WorkloadSubject } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { deploymentWith } from './example-objects.js'
import { judgePlaces } from './judge-places.js'

export const secretInCommand = defineCheck({
  id: 'secret-in-command',
  title: 'A secret stands in a command line, a probe or an annotation of a workload',
  severity: 'high',
  because: 'whoever may read the workload has it, and every process of the node that may list processes',
  reach: 'user',
  appliesTo: 'workload',
  why: 'Command lines are shown by `ps`, by /proc to every process that shares the process namespace, and by monitoring. Annotations are copied by controllers. Neither is treated as a secret by anything.',
  references: [kubernetesDocs('concepts/security/secrets-good-practices/')],
  evaluate(subject, report) {
    const { object, containers } = subject
    for (const container of containers) {
      for (const key of ['command', 'args']) {
        const words = field(container.spec, key)
        if (words === undefined || words === null || Array.isArray(words)) continue
        const origin = { kind: 'object', object, path: [...container.path, key] } as const
        report.unknown(unknown('unparsable', `\`${key}\` is not a list`, origin))
      }
      judgePlaces(object, secretsInCommands(object, container), report, {
        where: (place) => `${partOf(place, container.path)} of container \`${container.name}\``,
        fix: advice(
          'Change the credential where it was issued, put the new one into a Secret, and let the program read it from a file or from a variable with `valueFrom.secretKeyRef` (`$(NAME)` in args is put in by the kubelet).',
          { breaks: 'nothing, once the Secret is there before the pods are' },
        ),
      })
    }
    judgePlaces(object, annotationsOf(subject), report, {
      where: ({ name }) => `annotation \`${name}\``,
      fix: advice(
        'Change the credential where it was issued, and take it out of the annotation; the controller that reads it can take a Secret.',
        { breaks: 'what reads the annotation' },
      ),
    })
  },
  examples: {
    bad: { manifests: deploymentWith({ args: ['--db-password=hunter2'] }) },
    good: { manifests: deploymentWith({ args: ['--db-password=$(DB_PASSWORD)'] }) },
  },
})

function partOf({ path, name }: SecretPlace, container: JsonPath): string {
  const part = path.slice(container.length).find((step) => typeof step === 'string' && step !== 'lifecycle')
  const flag = name === '' ? '' : ` (\`${name}\`)`
  return `\`${String(part)}\`${flag}`
}

function annotationsOf({ object, template }: WorkloadSubject): SecretPlace[] {
  const own = field(field(object.content, 'metadata'), 'annotations')
  const ofPods = field(template.metadata, 'annotations')
  return [
    ...secretsInAnnotations(object, ['metadata', 'annotations'], asObject(own)),
    ...(template.metadataPath.length === 1
      ? []
      : secretsInAnnotations(object, [...template.metadataPath, 'annotations'], asObject(ofPods))),
  ]
}
