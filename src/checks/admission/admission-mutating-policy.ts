import { ADMISSION_GROUP } from '../../kube/index.js'
import { unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { objectOf } from './example-webhook.js'
import { policyNameOf } from './policies.js'

const BINDING = 'MutatingAdmissionPolicyBinding'

export const admissionMutatingPolicy = defineCheck({
  id: 'admission-mutating-policy',
  title: 'A policy changes objects on their way into the cluster',
  severity: 'info',
  because: 'it is there to be known: what runs is not what was applied',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['MutatingAdmissionPolicy.admissionregistration.k8s.io'],
  why: 'A MutatingAdmissionPolicy that is bound rewrites what others apply: it can add a container, an account or a volume to every pod. Who may change it may change all that.',
  references: [kubernetesDocs('reference/access-authn-authz/mutating-admission-policy/')],
  evaluate({ object, index }, report) {
    const { name } = object.ref
    const origin = { kind: 'object', object, path: [] } as const
    const bound = index.ofKind(ADMISSION_GROUP, BINDING).some((each) => policyNameOf(each) === name)
    if (!bound) {
      if (index.holdsAll(ADMISSION_GROUP, BINDING)) return
      const detail = `the bindings were not all read: whether one names ${name} is not known`
      return report.unknown(unknown('no-source', detail, origin))
    }
    report.fail(
      { origin, key: 'bound', message: 'it is bound' },
      {
        message: `it rewrites what is applied`,
        fix: advice(
          'Read its mutations, and let nobody but those who run the cluster change policies and bindings of this kind.',
        ),
      },
    )
  },
  examples: {
    bad: { manifests: `${policy('a')}${binding('a')}` },
    good: { complete: true, manifests: `${policy('a')}${binding('b')}` },
  },
})

function policy(name: string): string {
  return objectOf(`${ADMISSION_GROUP}/v1`, 'MutatingAdmissionPolicy', name, { spec: {} })
}

function binding(policyName: string): string {
  return objectOf(`${ADMISSION_GROUP}/v1`, BINDING, 'x', { spec: { policyName } })
}
