import { apiserversOf } from '../../effective/index.js'
import { ADMISSION_GROUP, engineOf, readWebhooks } from '../../kube/index.js'
import { asList, field, settingFact, unknown, valueAt } from '../../model/index.js'
import { defineCheck, type EstateSubject } from '../define-check.js'
import { advice } from '../precondition.js'
import { cis, nsa } from '../references.js'
import { objectOf, PODS, webhookWith } from './example-webhook.js'

export const admissionImagePolicy = defineCheck({
  id: 'admission-image-policy',
  title: 'Nothing was found that asks images for a signature',
  severity: 'info',
  because: 'it may be done before images get here, and where they come from matters more',
  reach: 'user',
  appliesTo: 'estate',
  why: 'Whoever may push to a registry that the cluster pulls from decides what runs in it. A signature that admission checks ties what runs to what was built.',
  references: [cis('5.5.1'), nsa('image integrity')],
  evaluate(subject, report) {
    const { index } = subject
    if (index.ofKind('', 'Namespace').length === 0 || isVerified(subject)) return
    const lists = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration']
    const missing = lists.filter((kind) => !index.holdsAll(ADMISSION_GROUP, kind))
    if (missing.length > 0) {
      const detail = `not all of these were read: ${missing.join(', ')}; whether signatures are checked is not known`
      return report.unknown(unknown('no-source', detail))
    }
    const [first] = [...index.ofKind('', 'Namespace')].sort((a, b) => (a.ref.name < b.ref.name ? -1 : 1))
    if (first === undefined) return
    report.fail(
      {
        origin: { kind: 'object', object: first, path: [] },
        key: 'cluster',
        message: 'no webhook, plug-in or policy that checks signatures',
      },
      {
        message: 'no webhook, plug-in or policy that checks signatures of images was found',
        fix: advice(
          'Sign images where they are built, and have admission ask for the signature: Sigstore policy controller, Kyverno (ImageValidatingPolicy), Ratify, Connaisseur, or Binary Authorization. Begin with warnings.',
          { breaks: 'images without a signature, those of the cluster itself among them' },
        ),
      },
    )
  },
  examples: {
    bad: { complete: true, manifests: cluster('guard.example.com') },
    good: { complete: true, manifests: cluster('policy.sigstore.dev') },
  },
})

function cluster(name: string): string {
  return `${webhookWith({ name })}---\n${webhookWith({ rules: PODS }, 'MutatingWebhookConfiguration', 'other')}${objectOf('v1', 'Namespace', 'shop')}`
}

function isVerified({ estate, index }: EstateSubject): boolean {
  const configurations = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'].flatMap((kind) =>
    index.ofKind(ADMISSION_GROUP, kind),
  )
  const byWebhook = configurations.some((each) =>
    readWebhooks(each).webhooks.some((webhook) => engineOf(webhook)?.verifiesImages === true),
  )
  const byKyverno = ['ClusterPolicy', 'Policy'].some((kind) =>
    index
      .ofKind('kyverno.io', kind)
      .some(({ content }) =>
        asList(valueAt(content, ['spec', 'rules'])).some((rule) => field(rule, 'verifyImages') !== undefined),
      ),
  )
  return (
    byWebhook ||
    byKyverno ||
    index.ofKind('policies.kyverno.io', 'ImageValidatingPolicy').length > 0 ||
    apiserversOf(estate).some(({ config }) => {
      const plugins = settingFact(config, 'admission-plugins')
      return plugins.known && asList(plugins.value).includes('ImagePolicyWebhook')
    })
  )
}
