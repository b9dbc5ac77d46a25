import { asString, asStrings, field } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { consolesIn } from './console-containers.js'
import { flagOf, malformedWords } from './container-flags.js'
import { consoleWith } from './example-console.js'
import { reachedBy, removeArgument, reportMalformed } from './judge-switch.js'

const image = 'quay.io/argoproj/argocli:v3.7.0'

export const dashboardArgoServerAuthModeServer = defineCheck({
  id: 'dashboard-argo-server-auth-mode-server',
  title: 'The Argo Workflows server asks nobody who they are',
  severity: 'high',
  because: 'who reaches it runs any container with the rights of its account',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'In the mode `server` each request is done with the rights of the server itself. Workflows are containers: everybody who reaches the port runs code in the cluster.',
  references: ['https://argo-workflows.readthedocs.io/en/latest/argo-server-auth-mode/'],
  evaluate(subject, report) {
    const { object } = subject
    for (const { container } of consolesIn(subject, 'argo-workflows')) {
      const malformed = malformedWords(container)
      if (malformed !== undefined) {
        reportMalformed(report, object, malformed)
        continue
      }
      // The flag may be given several times; each adds a mode. Its default is `client` since v3.0.
      const flag = flagOf(container, 'auth-mode')
      const words = [
        ...asStrings(field(container.spec, 'command')),
        ...asStrings(field(container.spec, 'args')),
      ]
      const modes = words.flatMap((word, at) => {
        if (word.startsWith('--auth-mode=')) return word.slice('--auth-mode='.length).split(',')
        return word === '--auth-mode' ? (asString(words[at + 1]) ?? '').split(',') : []
      })
      if (flag === undefined || !modes.includes('server')) continue
      report.fail(
        {
          origin: { kind: 'object', object, path: flag.path },
          key: `containers[name=${container.name}] --auth-mode`,
          message: '`--auth-mode` is `server`',
        },
        {
          message: `\`--auth-mode=server\` does every request with the rights of the server${reachedBy(subject)}`,
          fix: {
            ...removeArgument(
              object,
              flag.path,
              '--auth-mode=server',
              'visitors without a token of their own: they need one, or single sign-on (`--auth-mode=sso`)',
            ),
            ...(modes.length === 1 && flag.value === 'server' && words.includes('--auth-mode=server')
              ? {}
              : { edits: [] }),
          },
        },
      )
    }
  },
  examples: {
    bad: { manifests: consoleWith({ image, args: ['server', '--auth-mode=server'] }) },
    good: { manifests: consoleWith({ image, args: ['server', '--auth-mode=client'] }) },
  },
})
