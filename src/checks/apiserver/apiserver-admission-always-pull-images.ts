import { minorOf } from '../../effective/index.js'
import { defineCheck } from '../define-check.js'
import { withPrecondition } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'
import { pluginInForce, switchOn } from './plugin-in-force.js'

/** Beta and on. Source: kubernetes v1.35.0 pkg/features/kube_features.go, KubeletEnsureSecretPulledImages. */
const KUBELET_CHECKS_SINCE = 35

export const apiserverAdmissionAlwaysPullImages = defineCheck({
  id: 'apiserver-admission-always-pull-images',
  title: "A pod may use another one's private image without its credentials",
  severity: 'low',
  because:
    'it takes a pod on a node that pulled the image before, and its exact name; advice from 1.35, where kubelets ask for the credentials again themselves',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'An image that lies on a node is started for whoever names it. With this plug-in every start asks the registry, so that the credentials of the pod count.',
  references: [
    cis('1.2.11'),
    kubernetesDocs('reference/access-authn-authz/admission-controllers/#alwayspullimages'),
  ],
  evaluate(apiserver, report) {
    const state = pluginInForce(apiserver, report, 'AlwaysPullImages')
    if (state === undefined || state.on) return
    const checked = (minorOf(apiserver.version) ?? 0) >= KUBELET_CHECKS_SINCE
    const fix = {
      ...switchOn(apiserver, 'AlwaysPullImages'),
      breaks:
        'pods do not start while their registry cannot be reached, nor from images that were loaded onto nodes by hand',
    }
    report.fail(state.evidence, {
      message: 'images that lie on a node are not asked for again',
      ...(checked
        ? {
            severity: 'info',
            because: `kubelets from 1.${KUBELET_CHECKS_SINCE} check the credentials of images that were pulled with some`,
          }
        : {}),
      fix: withPrecondition(fix, 'every image can be pulled again from its registry at any time'),
    })
  },
  examples: {
    bad: apiserverWith(['--enable-admission-plugins=NodeRestriction']),
    good: apiserverWith(['--enable-admission-plugins=NodeRestriction,AlwaysPullImages']),
  },
})
