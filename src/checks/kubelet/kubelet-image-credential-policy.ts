import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'

export const kubeletImageCredentialPolicy = defineCheck({
  id: 'kubelet-image-credential-policy',
  title: 'Pods may use images that another pod pulled with its own credentials',
  severity: 'low',
  because:
    'a private image on the node can be run by a pod that may not pull it; pulled layers hold no secrets as a rule',
  reach: 'user',
  appliesTo: 'kubelet',
  why: 'With NeverVerify the kubelet does not check the pull credentials of a pod when the image is already on the node.',
  references: [kubernetesDocs('concepts/containers/images/')],
  evaluate(kubelet, report) {
    judgeSetting(
      kubelet,
      report,
      'imagePullCredentialsVerificationPolicy',
      kubelet.string('imagePullCredentialsVerificationPolicy'),
      (value) =>
        value === 'NeverVerify'
          ? {
              message: `images on the node are given to every pod`,
              fix: {
                ...kubelet.change('imagePullCredentialsVerificationPolicy', 'NeverVerifyPreloadedImages'),
                breaks: 'pods that name no credential and live on images that others pulled',
              },
            }
          : undefined,
    )
  },
  examples: {
    bad: kubeletWith(`imagePullCredentialsVerificationPolicy: NeverVerify`),
    good: kubeletWith(`imagePullCredentialsVerificationPolicy: AlwaysVerify`),
  },
})
