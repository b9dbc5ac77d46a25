import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { caBundleFault } from './ca-bundle-fault.js'
import { LASTING_CA } from './example-ca.js'
import { webhookWith } from './example-webhook.js'
import { judgeWebhooks, WEBHOOKS } from './judge-webhooks.js'

export const admissionWebhookCa = defineCheck({
  id: 'admission-webhook-ca',
  title: 'The API server cannot tell that it talks to the webhook',
  severity: 'medium',
  because: 'it refuses the connection: the webhook judges nothing, or stops all that it covers',
  reach: 'user',
  appliesTo: 'object',
  kinds: WEBHOOKS,
  why: 'A webhook inside of the cluster is trusted by its caBundle alone. With an empty or expired one every call fails, and the failure policy decides what that means.',
  references: [
    kubernetesDocs('reference/access-authn-authz/extensible-admission-controllers/#service-reference'),
  ],
  evaluate(subject, report) {
    // In manifests an injector fills the bundle in later.
    const isManifest = subject.object.source === 'manifest'
    judgeWebhooks(subject, report, (webhook) => {
      // A server outside may have a certificate that the system trusts.
      if (webhook.service === undefined && webhook.caBundle === '') return undefined
      const fault = caBundleFault(webhook.caBundle, subject.now)
      if (fault === undefined) return undefined
      if (isManifest && fault.endsWith('empty')) {
        return {
          unknown: 'not-given',
          detail: `the manifest leaves caBundle of ${webhook.name} to whoever fills it in`,
        }
      }
      return {
        at: ['clientConfig', 'caBundle'],
        message: `webhook ${webhook.name}: ${fault}`,
        fix: advice(
          'Have the certificate of the webhook issued anew, and put the authority that signed it into caBundle; cert-manager does both (annotation cert-manager.io/inject-ca-from).',
          { breaks: 'nothing; while the two do not fit, calls fail as they do now' },
        ),
      }
    })
  },
  examples: {
    bad: { manifests: webhookWith(withBundle('bm8gY2VydGlmaWNhdGU=')) },
    good: { manifests: webhookWith(withBundle(LASTING_CA)) },
  },
})

function withBundle(caBundle: string): object {
  return { clientConfig: { service: { namespace: 'guard', name: 'guard' }, caBundle } }
}
