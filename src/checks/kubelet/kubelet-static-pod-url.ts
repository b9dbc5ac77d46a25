import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'
import { advice } from '../precondition.js'

export const kubeletStaticPodUrl = defineCheck({
  id: 'kubelet-static-pod-url',
  title: 'The kubelet fetches static pods over plain HTTP',
  severity: 'high',
  because: 'whoever sits on the path to that address runs privileged pods on the node',
  reach: 'host',
  appliesTo: 'kubelet',
  why: 'Static pods skip admission; a manifest changed on its way becomes a pod with every right that it asks for.',
  references: [kubernetesDocs('reference/config-api/kubelet-config.v1beta1/')],
  evaluate(kubelet, report) {
    judgeSetting(kubelet, report, 'staticPodURL', kubelet.string('staticPodURL'), (url) =>
      /^http:/i.test(url)
        ? {
            message: 'static pods come over plain HTTP',
            fix: advice('Serve the manifests over HTTPS, or from the folder `staticPodPath`.'),
          }
        : undefined,
    )
  },
  examples: {
    bad: kubeletWith(`staticPodURL: http://10.0.0.5/pods.yaml`),
    good: kubeletWith(`staticPodURL: https://pods.example/pods.yaml`),
  },
})
