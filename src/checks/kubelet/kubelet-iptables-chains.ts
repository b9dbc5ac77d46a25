import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { cis, kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'

export const kubeletIptablesChains = defineCheck({
  id: 'kubelet-iptables-chains',
  title: 'The kubelet does not keep its iptables chains',
  severity: 'low',
  because: 'rules that protect loopback services from other hosts may be missing',
  reach: 'pod',
  appliesTo: 'kubelet',
  why: 'With makeIPTablesUtilChains off, the kubelet does not make the chain that drops packets to localhost NodePorts from outside (CVE-2020-8558).',
  references: [cis('4.2.6'), kubernetesDocs('reference/config-api/kubelet-config.v1beta1/')],
  evaluate(kubelet, report) {
    judgeSetting(
      kubelet,
      report,
      'makeIPTablesUtilChains',
      kubelet.boolean('makeIPTablesUtilChains'),
      (value) =>
        !value
          ? {
              message: `the kubelet does not maintain its iptables chains`,
              fix: kubelet.change('makeIPTablesUtilChains', true),
            }
          : undefined,
    )
  },
  examples: {
    bad: kubeletWith(`makeIPTablesUtilChains: false`),
    good: kubeletWith(`makeIPTablesUtilChains: true`),
  },
})
