import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'
import { unknown } from '../../model/index.js'
import { judgeWritable } from '../judge-writable.js'

export const kubeletStaticPodPath = defineCheck({
  id: 'kubelet-static-pod-path',
  title: 'Others than root may put pods into the static pod folder',
  severity: 'medium',
  because: 'a local user who may write there runs privileged pods; it needs that user first',
  reach: 'host',
  appliesTo: 'kubelet',
  why: 'The kubelet starts every manifest in this folder without asking the API server or admission.',
  references: [kubernetesDocs('reference/config-api/kubelet-config.v1beta1/')],
  evaluate(kubelet, report) {
    const fact = kubelet.string('staticPodPath')
    if (!fact.known) return report.unknown(fact)
    if (fact.value === '') return
    if (kubelet.machine === undefined)
      return report.unknown(unknown('no-source', `the host with \`${fact.value}\` was not read`, fact.origin))
    judgeWritable(kubelet.machine, fact.value, report, {
      message: 'others than root may add or change static pods',
    })
  },
  examples: {
    bad: kubeletWith('staticPodPath: /etc/kubernetes/manifests', '', {
      '/etc/kubernetes/manifests/': { text: '', mode: 0o777 },
    }),
    good: kubeletWith('staticPodPath: /etc/kubernetes/manifests', '', {
      '/etc/kubernetes/manifests/': { text: '', mode: 0o755 },
    }),
  },
})
