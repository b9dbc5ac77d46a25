import { pluginDocument } from '../../effective/index.js'
import { readImagePolicy } from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'
import { pluginInForce } from './plugin-in-force.js'

const PLUGIN = 'ImagePolicyWebhook'
const FLAGS = [
  '--enable-admission-plugins=NodeRestriction,ImagePolicyWebhook',
  '--admission-control-config-file=/etc/kubernetes/admission.yaml',
]
const CONFIG = `apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
- name: ImagePolicyWebhook
  configuration:
    imagePolicy:
      kubeConfigFile: /etc/kubernetes/image-policy.conf
      defaultAllow: true
`

export const apiserverAdmissionImagePolicyWebhook = defineCheck({
  id: 'apiserver-admission-image-policy-webhook',
  title: 'Images are let in unchecked while the image policy does not answer',
  severity: 'medium',
  because: 'who can make the webhook slow or stop it starts any image',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'With `defaultAllow: true` the plug-in admits every pod when its webhook gives no answer, so that the check of images lasts only as long as nobody disturbs it.',
  references: [
    cis('5.5.1'),
    kubernetesDocs('reference/access-authn-authz/admission-controllers/#imagepolicywebhook'),
  ],
  evaluate(apiserver, report) {
    const state = pluginInForce(apiserver, report, PLUGIN)
    if (state === undefined) return
    if (!state.on) return report.notApplicable(`${PLUGIN} is not in use`)
    const policy = pluginDocument(apiserver, PLUGIN, readImagePolicy)
    if (!policy.known) return report.unknown(policy)
    // Without a configuration the plug-in has no webhook, and the API server does not start.
    if (policy.value?.value.defaultAllow !== true) return
    const { originAt, value } = policy.value
    report.fail(
      { origin: originAt(value.place), key: 'defaultAllow', message: '`defaultAllow` is `true`' },
      {
        message: 'the image policy admits pods while its webhook does not answer',
        fix: advice(
          `Set \`defaultAllow: false\` in \`${policy.value.file.path}\`, then restart kube-apiserver.`,
          {
            breaks: 'no pod starts while the webhook cannot be reached',
            needs: 'the webhook runs where it does not depend on pods that it has to admit',
          },
        ),
      },
    )
  },
  examples: {
    bad: apiserverWith(FLAGS, { files: { '/etc/kubernetes/admission.yaml': CONFIG } }),
    good: apiserverWith(FLAGS, {
      files: {
        '/etc/kubernetes/admission.yaml': CONFIG.replace('defaultAllow: true', 'defaultAllow: false'),
      },
    }),
  },
})
