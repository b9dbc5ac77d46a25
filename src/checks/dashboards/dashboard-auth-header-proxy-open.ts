import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { consolesIn } from './console-containers.js'
import { consoleWith } from './example-console.js'
import { grafanaSetting, isOn } from './grafana-setting.js'
import { reachedBy } from './judge-switch.js'

const image = 'docker.io/grafana/grafana:12.2.0'
const ENABLED = { name: 'GF_AUTH_PROXY_ENABLED', value: 'true' }

export const dashboardAuthHeaderProxyOpen = defineCheck({
  id: 'dashboard-auth-header-proxy-open',
  title: 'A console believes a header that any pod can send',
  severity: 'high',
  because: 'every pod that reaches its port is whoever it says it is, administrators included',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'Behind a proxy that logs people in, the console takes the name of the visitor from a header. Its own port is open to the other pods of the cluster too: without a list of proxies they send the header themselves.',
  references: [
    'https://grafana.com/docs/grafana/latest/setup-grafana/configure-access/configure-authentication/auth-proxy/',
  ],
  evaluate(subject, report) {
    for (const { container } of consolesIn(subject, 'grafana')) {
      const enabled = grafanaSetting(subject, container, 'auth.proxy', 'enabled')
      const allowed = grafanaSetting(subject, container, 'auth.proxy', 'whitelist')
      if (!enabled.known) {
        report.unknown(enabled)
        continue
      }
      if (!isOn(enabled.value)) continue
      if (!allowed.known) {
        report.unknown(allowed)
        continue
      }
      if (allowed.value !== '') continue
      report.fail(
        {
          origin: enabled.origin,
          key: `containers[name=${container.name}] auth.proxy.enabled`,
          message: 'the header of a proxy is believed, from every address',
        },
        {
          message: `Grafana takes the visitor's name from a header, whoever sends it${reachedBy(subject)}`,
          fix: advice(
            "Name the proxy's addresses in `whitelist` of `[auth.proxy]` (GF_AUTH_PROXY_WHITELIST), and let a NetworkPolicy admit nobody else to Grafana's port.",
            { breaks: 'callers that reach Grafana past the proxy' },
          ),
        },
      )
    }
  },
  examples: {
    bad: { manifests: consoleWith({ image, env: [ENABLED] }) },
    good: {
      manifests: consoleWith({
        image,
        env: [ENABLED, { name: 'GF_AUTH_PROXY_WHITELIST', value: '10.1.2.3' }],
      }),
    },
  },
})
