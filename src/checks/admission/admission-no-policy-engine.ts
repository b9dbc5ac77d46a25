import { podSecurityDefaults } from '../../effective/index.js'
import { ADMISSION_GROUP, readPodSecurityLabels, workloadsIn } from '../../kube/index.js'
import { unknown, valueAt } from '../../model/index.js'
import { defineCheck, type EstateSubject } from '../define-check.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { objectOf, webhookWith } from './example-webhook.js'
import { somethingJudgesPods } from './policies.js'

export const admissionNoPolicyEngine = defineCheck({
  id: 'admission-no-policy-engine',
  title: 'Nothing in the cluster judges what pods may be',
  severity: 'medium',
  because:
    'no namespace enforces a Pod Security level either: every right to create pods is a right to take a node',
  reach: 'user',
  appliesTo: 'estate',
  why: 'RBAC decides who may create a pod, not what the pod may be. Pod Security levels, admission policies or a policy engine decide that; here is none of them.',
  references: [cis('5.2.1'), kubernetesDocs('concepts/security/pod-security-admission/')],
  evaluate(subject, report) {
    const { index } = subject
    const namespaces = index.ofKind('', 'Namespace')
    if (namespaces.length === 0 || somethingJudgesPods(index) || enforcesAnywhere(subject)) return
    const missing = LISTS.filter(([group, kind]) => !index.holdsAll(group, kind)).map(([, kind]) => kind)
    if (missing.length > 0) {
      const detail = `not all of these were read: ${missing.join(', ')}; whether something judges pods is not known`
      return report.unknown(unknown('no-source', detail))
    }
    const [first] = [...namespaces].sort((a, b) => (a.ref.name < b.ref.name ? -1 : 1))
    if (first === undefined) return
    const running = namespaces.filter(({ ref }) => workloadsIn(index, ref.name).length > 0).length
    report.fail(
      {
        origin: { kind: 'object', object: first, path: [] },
        key: 'cluster',
        message: `${namespaces.length} namespaces, ${running} of them with workloads, and none is labelled`,
      },
      {
        message:
          'no namespace enforces Pod Security, no admission policy is bound and no policy engine is installed',
        fix: advice(
          'Label namespaces with pod-security.kubernetes.io/enforce, beginning at restricted for those that bear it (namespace-no-pod-security names what each level would refuse); add admission policies for what the levels do not say.',
          { breaks: 'pods that the level refuses' },
        ),
      },
    )
  },
  examples: {
    bad: { complete: true, manifests: cluster('{}') },
    good: { complete: true, manifests: cluster('{ pod-security.kubernetes.io/enforce: baseline }') },
  },
})

const LISTS = [
  ['', 'Namespace'],
  [ADMISSION_GROUP, 'ValidatingWebhookConfiguration'],
] as const

function cluster(labels: string): string {
  const rules = [
    { operations: ['CREATE'], apiGroups: ['example.com'], apiVersions: ['v1'], resources: ['widgets'] },
  ]
  return `apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: ${labels} }\n---\n${webhookWith({ rules })}${objectOf('v1', 'Service', 'guard', {}, 'guard')}`
}

function enforcesAnywhere({ estate, index }: EstateSubject): boolean {
  const { policies } = podSecurityDefaults(estate)
  return index.ofKind('', 'Namespace').some(({ content }) => {
    const { enforce } = readPodSecurityLabels(valueAt(content, ['metadata', 'labels']), policies)
    return enforce.level !== 'privileged'
  })
}
