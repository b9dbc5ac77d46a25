import { checkTests } from '../../../test/kit/check-tests.js'
import { admissionImagePolicy } from './admission-image-policy.js'
import { objectOf, webhookWith } from './example-webhook.js'

const both = (name: string): string =>
  `${webhookWith({ name })}---\n${webhookWith({}, 'MutatingWebhookConfiguration', 'm')}`
const NAMESPACE = objectOf('v1', 'Namespace', 'shop')
const kyverno = objectOf('kyverno.io/v1', 'ClusterPolicy', 'p', {
  spec: { rules: [{ name: 'r', verifyImages: [] }] },
})

checkTests(admissionImagePolicy, [
  {
    name: 'nothing',
    kind: 'failing',
    given: { complete: true, manifests: `${both('a.example.com')}${NAMESPACE}` },
    expect: [{ result: 'fail', severity: 'info', fix: 'advice' }],
  },
  {
    name: 'Connaisseur',
    kind: 'passing',
    given: { manifests: `${both('connaisseur-svc.connaisseur.svc')}${NAMESPACE}` },
    expect: [],
  },
  { name: 'a rule of Kyverno', kind: 'passing', given: { manifests: `${kyverno}${NAMESPACE}` }, expect: [] },
  {
    name: 'the plug-in of the API server',
    kind: 'odd',
    given: {
      manifests: NAMESPACE,
      hosts: {
        'cp-1': {
          processes: [
            'kube-apiserver --enable-admission-plugins=ImagePolicyWebhook --admission-control-config-file=/a',
          ],
        },
      },
    },
    expect: [],
  },
  {
    name: 'webhooks were not read',
    kind: 'unknown',
    given: { manifests: NAMESPACE },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
