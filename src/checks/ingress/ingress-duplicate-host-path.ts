import type { ObjectIndex } from '../../kube/index.js'
import { asString, formatRef, valueAt, type KubeObject } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { ingressWith, ruleFor } from './example-ingress.js'
import { annotationOf, INGRESSES, isAcmeSolver, readable, rulesOf } from './ingress-parts.js'

export const ingressDuplicateHostPath = defineCheck({
  id: 'ingress-duplicate-host-path',
  title: 'Two Ingresses claim the same host and path',
  severity: 'medium',
  because: 'another namespace may take the requests; low where both are of one namespace',
  reach: 'user',
  appliesTo: 'object',
  kinds: INGRESSES,
  why: 'Which of the two wins is up to the controller, most often the older one. Whoever writes the Ingress that wins is sent the requests, cookies and passwords meant for the other.',
  references: [kubernetesDocs('concepts/services-networking/ingress/')],
  evaluate({ object, index }, report) {
    if (!readable(object, report) || isExempt(object)) return
    const seen = new Set<string>()
    for (const { host, paths } of rulesOf(object)) {
      for (const { path, type, at } of paths) {
        const claim = claimOf(object, host, path, type)
        const others = (claims(index).get(claim) ?? []).filter((each) => each !== object)
        const other = others.find(({ ref }) => ref.namespace !== object.ref.namespace) ?? others[0]
        if (other === undefined || seen.has(claim)) continue
        seen.add(claim)
        const elsewhere = other.ref.namespace !== object.ref.namespace
        report.fail(
          fieldEvidence(
            object,
            at,
            `${host ?? 'every host'}${path} is claimed by ${formatRef(other.ref)} too`,
            `${host ?? '*'} ${path}`,
          ),
          {
            message: `${host ?? 'every host'}${path} is claimed by ${formatRef(other.ref)} too`,
            fix: advice(
              'Let one Ingress serve the host and path; have hosts given to namespaces by a policy at admission.',
              {
                breaks: 'requests that the Ingress which is taken away answered',
              },
            ),
            ...(elsewhere ? {} : { severity: 'low', because: 'both are of one namespace' }),
          },
        )
      }
    }
  },
  examples: {
    bad: {
      manifests: `${ingressWith(`rules: [${ruleFor('a.example')}]`)}---\n${ingressWith(`rules: [${ruleFor('a.example')}]`, '', 'mine', 'other')}`,
    },
    good: {
      manifests: `${ingressWith(`rules: [${ruleFor('a.example')}]`)}---\n${ingressWith(`rules: [${ruleFor('b.example')}]`, '', 'mine', 'other')}`,
    },
  },
})

/** Canaries share host and path on purpose; solvers of certificates are there for a moment. */
function isExempt(object: KubeObject): boolean {
  return annotationOf(object, 'nginx.ingress.kubernetes.io/canary') === 'true' || isAcmeSolver(object)
}

function claimOf(object: KubeObject, host: string | undefined, path: string, type: string): string {
  const className =
    asString(valueAt(object.content, ['spec', 'ingressClassName'])) ??
    annotationOf(object, 'kubernetes.io/ingress.class') ??
    ''
  return JSON.stringify([className, host ?? '', path, type === 'Exact'])
}

const made = new WeakMap<ObjectIndex, ReadonlyMap<string, readonly KubeObject[]>>()

/** Ingresses by what they claim; made once for an estate. */
function claims(index: ObjectIndex): ReadonlyMap<string, readonly KubeObject[]> {
  const known = made.get(index)
  if (known !== undefined) return known
  const byClaim = new Map<string, KubeObject[]>()
  for (const object of [
    ...index.ofKind('networking.k8s.io', 'Ingress'),
    ...index.ofKind('extensions', 'Ingress'),
  ]) {
    if (isExempt(object)) continue
    const own = new Set(
      rulesOf(object).flatMap(({ host, paths }) =>
        paths.map(({ path, type }) => claimOf(object, host, path, type)),
      ),
    )
    for (const claim of own) {
      const list = byClaim.get(claim)
      if (list === undefined) byClaim.set(claim, [object])
      // Two are enough to tell; of a claim that thousands make, not all are kept.
      else if (list.length < 8) list.push(object)
    }
  }
  made.set(index, byClaim)
  return byClaim
}
