import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { cis, kubernetesDocs } from '../references.js'
import { kubeProxyWith } from './example-kube-proxy.js'

export const kubeProxyMetricsBind = defineCheck({
  id: 'kube-proxy-metrics-bind',
  title: 'Metrics of kube-proxy are served beyond its node',
  severity: 'low',
  because: 'they tell the services of the cluster to all who reach the node; nothing can be changed',
  reach: 'unauthenticated',
  appliesTo: 'kube-proxy',
  why: 'The port of the metrics asks for no credential, and serves profiles and the settings as well.',
  references: [cis('4.3.1'), kubernetesDocs('reference/config-api/kube-proxy-config.v1alpha1/')],
  evaluate(proxy, report) {
    judgeSetting(proxy, report, 'metricsBindAddress', proxy.string('metricsBindAddress'), (address) =>
      isLoopback(address)
        ? undefined
        : {
            message: `metrics are served on ${address}`,
            fix: {
              ...proxy.change('metricsBindAddress', '127.0.0.1:10249'),
              breaks: 'a monitoring system that reads them over the network',
            },
          },
    )
  },
  examples: {
    bad: kubeProxyWith('metricsBindAddress: 0.0.0.0:10249'),
    good: kubeProxyWith('metricsBindAddress: ""'),
  },
})

/** `127.0.0.1:10249`, `[::1]:10249`, `localhost`; without a host it is every address. */
function isLoopback(address: string): boolean {
  const host = /^\[(.*)\](?::\d+)?$/.exec(address)?.[1] ?? address.replace(/:\d+$/, '')
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
}
