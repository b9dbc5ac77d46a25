import { defineCheck } from '../define-check.js'
import { consolesIn } from './console-containers.js'
import { flagOf, malformedWords } from './container-flags.js'
import { consoleWith, DASHBOARD } from './example-console.js'
import { reachedBy, removeArgument, reportMalformed } from './judge-switch.js'

const ARGS = ['--auto-generate-certificates', '--namespace=tools']

export const dashboardInsecurePort = defineCheck({
  id: 'dashboard-insecure-port',
  title: 'The Kubernetes Dashboard serves plain HTTP beyond its own pod',
  severity: 'high',
  because: 'logins and answers cross the network in clear',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'The port for plain HTTP is meant for a proxy in the same pod. On an address that others reach, tokens of visitors and the Secrets that they look at can be read on the way.',
  // The port is 9090 and its address 127.0.0.1 unless they are set.
  references: [
    'https://github.com/kubernetes-retired/dashboard/blob/v2.7.0/docs/common/dashboard-arguments.md',
  ],
  evaluate(subject, report) {
    const { object } = subject
    for (const { container } of consolesIn(subject, 'kubernetes-dashboard')) {
      const malformed = malformedWords(container)
      if (malformed !== undefined) {
        reportMalformed(report, object, malformed)
        continue
      }
      const port = flagOf(container, 'insecure-port')
      const address = flagOf(container, 'insecure-bind-address')
      const isLocal = /^(?:127\.|::1$|localhost$)/.test(address?.value ?? '')
      const flag = address ?? port
      if (flag === undefined || port?.value === '0' || isLocal) continue
      const name = flag === address ? '--insecure-bind-address' : '--insecure-port'
      report.fail(
        {
          origin: { kind: 'object', object, path: flag.path },
          key: `containers[name=${container.name}] ${name}`,
          message: `\`${name}\` is \`${flag.value ?? ''}\``,
        },
        {
          message: `it serves plain HTTP: \`${name}\` is \`${flag.value ?? ''}\`${reachedBy(subject)}`,
          fix: removeArgument(object, flag.path, name, 'clients and Ingresses that use the plain HTTP port'),
        },
      )
    }
  },
  examples: {
    bad: { manifests: consoleWith({ image: DASHBOARD, args: [...ARGS, '--insecure-bind-address=0.0.0.0'] }) },
    good: { manifests: consoleWith({ image: DASHBOARD, args: ARGS }) },
  },
})
