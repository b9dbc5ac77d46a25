import { clusterMinor } from '../../kube/index.js'
import { unknown } from '../../model/index.js'
import data from '../../../data/api-removals.json' with { type: 'json' }
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'

interface Removal {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly deprecatedIn?: string
  readonly removedIn?: string
  readonly replacement?: string
}

const REMOVALS = new Map(
  data.apis.map((each: Removal) => [`${each.kind}.${each.group}/${each.version}`, each] as const),
)
const KINDS = [
  ...new Set(data.apis.map(({ kind, group }) => (group === '' ? kind : `${kind}.${group}`))),
].sort()

/** No supported version serves what was removed in this one. Source: kubernetes.io, Releases (1.34 is the oldest with patches). */
const OLDEST_SUPPORTED = 34
/** Removals after this version are plans. */
const NEWEST_KNOWN = 37

export const wiringDeprecatedApi = defineCheck({
  id: 'wiring-deprecated-api',
  title: 'A manifest uses a version of the API that ends',
  severity: 'low',
  because: 'a cluster without it refuses the manifest; advice while it is only deprecated',
  reach: 'user',
  appliesTo: 'object',
  kinds: KINDS,
  byDefault: 'manifests',
  why: 'After the upgrade that removes the version the manifest cannot be applied: neither can a fix of it, or a rollback.',
  references: ['https://kubernetes.io/docs/reference/using-api/deprecation-guide/'],
  evaluate({ object, index }, report) {
    // A server answers in the version that it prefers, which says nothing about what is written in a repository.
    if (object.source !== 'manifest') return
    const { group, version, kind } = object.ref
    const removal = REMOVALS.get(`${kind}.${group}/${version}`)
    if (removal === undefined) return
    const removed = minorOf(removal.removedIn)
    const own = clusterMinor(index)
    const path = ['apiVersion']
    const api = `${group === '' ? '' : `${group}/`}${version} ${kind}`
    const fix = advice(
      removal.replacement === undefined
        ? 'Stop using it: nothing takes its place.'
        : `Write it as ${removal.replacement}.`,
    )
    if (own === undefined && removed >= OLDEST_SUPPORTED && removed <= NEWEST_KNOWN) {
      const detail = `${api} is served before 1.${removed}, and which version the cluster has was not read`
      return report.unknown(unknown('version-unknown', detail, { kind: 'object', object, path }))
    }
    const gone = removed <= (own ?? OLDEST_SUPPORTED - 1)
    const message = gone
      ? `${api} is not served from 1.${removed} on`
      : `${api} is deprecated${Number.isFinite(removed) ? `, and to be removed in 1.${removed}` : ''}`
    report.fail(fieldEvidence(object, path, message, 'apiVersion'), {
      message,
      fix,
      ...(gone ? {} : { severity: 'info', because: 'it is served today' }),
    })
  },
  examples: {
    bad: { manifests: budget('policy/v1beta1') },
    good: { manifests: budget('policy/v1') },
  },
})

function minorOf(version: string | undefined): number {
  return version === undefined ? Infinity : Number(version.split('.')[1])
}

function budget(apiVersion: string): string {
  return `apiVersion: ${apiVersion}
kind: PodDisruptionBudget
metadata: { name: web, namespace: shop }
spec: { selector: { matchLabels: { app: web } }, maxUnavailable: 1 }
`
}
