import { known, unknown, type Fact } from '../../model/index.js'
import type { Container } from '../../kube/index.js'
import { defineCheck, type WorkloadSubject } from '../define-check.js'
import { advice } from '../precondition.js'
import { configMapValue } from './config-map-value.js'
import { consolesIn } from './console-containers.js'
import { malformedWords, switchOf, variableOf } from './container-flags.js'
import { consoleWith } from './example-console.js'
import { reachedBy, removeArgument, reportMalformed } from './judge-switch.js'

const image = 'quay.io/argoproj/argocd:v3.2.0'

export const dashboardArgocdInsecure = defineCheck({
  id: 'dashboard-argocd-insecure',
  title: 'The Argo CD server serves without TLS',
  severity: 'high',
  because: 'sessions that deploy to every managed cluster cross the network in clear',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'With `--insecure` the server answers over plain HTTP. Even behind a proxy with TLS, the last part of the way carries passwords and session tokens in clear, and pods on that way read them.',
  references: ['https://argo-cd.readthedocs.io/en/stable/operator-manual/tls/'],
  evaluate(subject, report) {
    const { object } = subject
    for (const { container } of consolesIn(subject, 'argocd')) {
      const malformed = malformedWords(container)
      if (malformed !== undefined) {
        reportMalformed(report, object, malformed)
        continue
      }
      const flag = switchOf(container, 'insecure')
      const message = `the Argo CD server serves without TLS${reachedBy(subject)}`
      const key = `containers[name=${container.name}] --insecure`
      if (flag !== undefined) {
        if (!flag.on) continue
        const origin = { kind: 'object', object, path: flag.path } as const
        const fix = removeArgument(
          object,
          flag.path,
          '--insecure',
          'proxies that speak plain HTTP to the server',
        )
        report.fail({ origin, key, message: '`--insecure` is set' }, { message, fix })
        continue
      }
      const variable = fromEnvironment(subject, container)
      if (!variable.known) report.unknown(variable)
      if (!variable.known || !['true', '1', 't'].includes(variable.value.toLowerCase())) continue
      report.fail(
        { origin: variable.origin, key, message: 'the setting `server.insecure` is true' },
        {
          message,
          fix: advice(
            'Set `server.insecure: "false"` in ConfigMap argocd-cmd-params-cm and restart argocd-server.',
            {
              breaks: 'proxies that speak plain HTTP to the server',
            },
          ),
        },
      )
    }
  },
  examples: {
    bad: { manifests: consoleWith({ image, args: ['/usr/local/bin/argocd-server', '--insecure'] }) },
    good: { manifests: consoleWith({ image, args: ['/usr/local/bin/argocd-server'] }) },
  },
})

/** ARGOCD_SERVER_INSECURE, usually from ConfigMap argocd-cmd-params-cm; empty when it is not set. */
function fromEnvironment({ object, index }: WorkloadSubject, container: Container): Fact<string> {
  const variable = variableOf(container, 'ARGOCD_SERVER_INSECURE')
  const origin = { kind: 'object', object, path: variable?.path ?? container.path } as const
  if (variable === undefined) return known('', origin)
  if (variable.value !== undefined) return known(variable.value, origin)
  const { configMap } = variable
  if (configMap === undefined)
    return unknown('no-source', 'ARGOCD_SERVER_INSECURE comes from elsewhere', origin)
  return configMapValue(index, object.ref.namespace, configMap.name, configMap.key)
}
