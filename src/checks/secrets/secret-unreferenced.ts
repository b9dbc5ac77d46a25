import {
  asList,
  asObject,
  asString,
  isObject,
  unknown,
  valueAt,
  type JsonValue,
  type KubeObject,
} from '../../model/index.js'
import type { ObjectIndex } from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { deploymentWith, secretWith } from './example-objects.js'

export const secretUnreferenced = defineCheck({
  id: 'secret-unreferenced',
  title: 'Nothing that was read names this Secret',
  severity: 'info',
  because: 'it may be used from outside or by a custom resource that was not read',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Secret'],
  why: 'A Secret that nothing uses is a credential that nobody rotates and nobody would miss, but whoever reads the namespace has it.',
  references: [kubernetesDocs('concepts/security/secrets-good-practices/')],
  evaluate({ object, index }, report) {
    const { name, namespace } = object.ref
    const { type } = object.content
    const origin = { kind: 'object', object, path: [] } as const
    if (type !== undefined && type !== null && typeof type !== 'string') {
      return report.unknown(unknown('unparsable', '`type` is not a text', origin))
    }
    if (!isMeantToBeNamed(object) || isNamed(index, namespace, name)) return
    if (!WHOLE.every((kind) => index.holdsAll('', kind))) {
      // Said once, at the first: it is the same for all.
      if (firstUnnamed(index) !== object) return
      const detail =
        'pods, accounts and Secrets of the cluster were not all read: which Secrets nothing uses is not known'
      return report.unknown(unknown('no-source', detail, origin))
    }
    report.fail(
      { origin, key: 'name', message: 'no object of the namespace names it' },
      {
        message: `no object that was read names Secret ${name}`,
        fix: advice(
          `Delete it, once it is known that nothing uses it; keep a copy for a while where that cannot be known.`,
          {
            needs:
              'no custom resource and nobody outside of the cluster reads it (the audit log shows who gets it)',
            breaks: 'whatever reads it after all',
          },
        ),
      },
    )
  },
  examples: {
    bad: { complete: true, manifests: `${base()}---\n${secretWith({}, 'old')}` },
    good: { complete: true, manifests: `${base()}---\n${secretWith({}, 'db')}` },
  },
})

/** Without these lists whole, nothing is known of what uses a Secret. */
const WHOLE = ['Pod', 'ServiceAccount', 'Secret']

function base(): string {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'shop' },
    spec: { containers: [] },
  }
  const account = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default', namespace: 'shop' },
  }
  return `${deploymentWith({ envFrom: [{ secretRef: { name: 'db' } }] })}---
${JSON.stringify(pod)}
---
${JSON.stringify(account)}
`
}

/** Types and marks of Secrets that are found in other ways than by a reference. */
const FOUND_OTHERWISE =
  /^(?:helm\.sh\/|bootstrap\.kubernetes\.io\/|kubernetes\.io\/service-account-token|kubernetes\.io\/basic-auth|cert-manager\.io|istio\.io\/|.*\.(?:cattle|rancher)\.io)/
const MARKS =
  /^(?:argocd\.argoproj\.io|fluxcd\.io|toolkit\.fluxcd\.io|sealedsecrets\.bitnami\.com|cert-manager\.io|controller\.cert-manager\.io|reconcile\.external-secrets\.io|external-secrets\.io|secrets-store\.csi\.k8s\.io|cluster\.x-k8s\.io|operator\.|app\.kubernetes\.io\/managed-by|olm\.|replicator\.v1|reflector\.v1|kubed\.appscode\.com|sidecar\.istio\.io|grafana_|owner$)/

function isMeantToBeNamed({ ref, content }: KubeObject): boolean {
  if (ref.namespace === 'kube-system' || FOUND_OTHERWISE.test(asString(content.type) ?? '')) return false
  if (asList(valueAt(content, ['metadata', 'ownerReferences'])).length > 0) return false
  return !['labels', 'annotations'].some((part) =>
    Object.keys(asObject(valueAt(content, ['metadata', part]))).some((key) => MARKS.test(key)),
  )
}

const firsts = new WeakMap<ObjectIndex, { readonly secret: KubeObject | undefined }>()

function firstUnnamed(index: ObjectIndex): KubeObject | undefined {
  let first = firsts.get(index)
  if (first === undefined) {
    const secret = index
      .ofKind('', 'Secret')
      .filter((each) => isMeantToBeNamed(each) && !isNamed(index, each.ref.namespace, each.ref.name))
      .reduce<KubeObject | undefined>(
        (least, each) => (least === undefined || keyOf(each) < keyOf(least) ? each : least),
        undefined,
      )
    first = { secret }
    firsts.set(index, first)
  }
  return first.secret
}

function keyOf({ ref }: KubeObject): string {
  return `${ref.namespace}/${ref.name}`
}

const made = new WeakMap<ObjectIndex, ReadonlySet<string>>()

/** Whether a text of any other object of the namespace, or of one without a namespace, is the name of a Secret. */
function isNamed(index: ObjectIndex, namespace: string, name: string): boolean {
  let named = made.get(index)
  if (named === undefined) made.set(index, (named = namesIn(index)))
  return named.has(`${namespace}/${name}`) || named.has(`/${name}`)
}

function namesIn(index: ObjectIndex): Set<string> {
  const secrets = new Set(index.ofKind('', 'Secret').map(({ ref }) => ref.name))
  const named = new Set<string>()
  if (secrets.size === 0) return named
  for (const { ref, content } of index.all) {
    if (ref.kind === 'Secret' && ref.group === '') continue
    const stack: (JsonValue | undefined)[] = []
    // What a kubelet says of a pod names images and addresses, and is half of most clusters.
    const isPod = ref.kind === 'Pod' && ref.group === ''
    for (const key in content) {
      if (key !== 'metadata' && !(isPod && key === 'status')) stack.push(content[key])
    }
    for (let value = stack.pop(); stack.length > 0 || value !== undefined; value = stack.pop()) {
      if (typeof value === 'string') {
        if (value.length <= 253 && secrets.has(value)) named.add(`${ref.namespace}/${value}`)
      } else if (Array.isArray(value)) for (const each of value) stack.push(each)
      else if (isObject(value)) for (const key in value) stack.push(value[key])
    }
  }
  return named
}
