import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAdmissionImagePolicyWebhook } from './apiserver-admission-image-policy-webhook.js'
import { apiserverWith } from './example-apiserver.js'

const FLAGS = [
  '--enable-admission-plugins=ImagePolicyWebhook',
  '--admission-control-config-file=/etc/kubernetes/admission.yaml',
]
const ADMISSION =
  'apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\nplugins:\n- {name: ImagePolicyWebhook, path: images.yaml}\n'
const withPolicy = (policy: string) =>
  apiserverWith(FLAGS, {
    files: { '/etc/kubernetes/admission.yaml': ADMISSION, '/etc/kubernetes/images.yaml': policy },
  })

checkTests(apiserverAdmissionImagePolicyWebhook, [
  {
    name: 'open, behind a path',
    kind: 'failing',
    given: withPolicy('imagePolicy:\n  kubeConfigFile: /etc/kubernetes/hook.conf\n  defaultAllow: true\n'),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'defaultAllow',
        file: '/etc/kubernetes/images.yaml',
        line: 3,
        fix: 'advice',
      },
    ],
  },
  { name: 'closed', kind: 'passing', given: withPolicy('imagePolicy: {defaultAllow: false}\n'), expect: [] },
  { name: 'unsaid is closed', kind: 'odd', given: withPolicy('imagePolicy: {allowTTL: 50}\n'), expect: [] },
  {
    name: 'not in use',
    kind: 'odd',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'notApplicable', message: 'ImagePolicyWebhook is not in use' }],
  },
  {
    name: 'a text where a boolean belongs',
    kind: 'unknown',
    given: withPolicy('imagePolicy: {defaultAllow: "true"}\n'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
  {
    name: 'its file was not read',
    kind: 'unknown',
    given: apiserverWith(FLAGS),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  ...unseenRows('kube-apiserver'),
])
