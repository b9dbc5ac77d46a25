import { apiServerFacts, LAST_APPLIED_MANAGER } from '../../kube/index.js'
import { asList, asString, field, valueAt, type KubeObject, type ObjectRef } from '../../model/index.js'
import type { RemovalRow } from '../data/index.js'
import { minorText } from '../kube-version.js'
import type { Blocker, BlockerCheck, BlockerContext, BlockerLevel } from './blocker.js'

const GUIDE = 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/'

/**
 * Versions of APIs that end on the way: in manifests, in what wrote live objects, in what Helm keeps of its releases, and
 * as the API server itself saw them asked for.
 */
export const apiRemoved: BlockerCheck = {
  id: 'api-removed',
  title: 'Something uses a version of an API that the upgrade takes away',
  find(context) {
    const rows = new Map(
      context.data.removals.map((row) => [`${row.kind}.${row.group}/${row.version}`, row] as const),
    )
    const finder = new Finder(context, rows)
    return [
      ...context.estate.objects.flatMap((object) => finder.inObject(object)),
      ...finder.asked(),
      ...finder.unread(),
    ]
  },
}

class Finder {
  constructor(
    private readonly context: BlockerContext,
    private readonly rows: ReadonlyMap<string, RemovalRow>,
  ) {}

  inObject(object: KubeObject): Blocker[] {
    const { ref, source, slice, rendered = [] } = object
    const found: Blocker[] = []
    const own = this.ending(ref)
    const isManifest = source === 'manifest' || source === 'static-pod'
    if (own !== undefined && isManifest) {
      found.push(
        this.blocker('blocks', ref, own, 'a manifest is written in it', `${slice.file}:${slice.line}`),
      )
    } else if (own !== undefined && (source === 'cluster' || source === 'snapshot')) {
      // Readers take a stable version where there is one, so this is all that the server has.
      found.push(
        this.blocker('blocks', ref, own, 'the cluster serves the object in no other version', slice.file),
      )
    }
    for (const writer of asList(valueAt(object.content, ['metadata', 'managedFields']))) {
      const manager = asString(field(writer, 'manager')) ?? ''
      const row = this.ending(withVersion(ref, asString(field(writer, 'apiVersion')) ?? ''))
      if (row === undefined) continue
      const isCopy = manager === LAST_APPLIED_MANAGER
      const who = isCopy ? '`kubectl apply` wrote it so last' : `\`${manager}\` wrote it so`
      const where = isCopy ? 'annotation last-applied-configuration' : 'metadata.managedFields'
      found.push(this.blocker('warns', ref, row, `${who}, and will not be able to again`, where))
    }
    const seen = new Set<string>()
    for (const made of rendered) {
      const row = this.ending(made)
      const key = `${made.kind} ${made.namespace}/${made.name}`
      if (row === undefined || seen.has(key)) continue
      seen.add(key)
      const release = ref.name.replace(/^sh\.helm\.release\.v1\./, '').replace(/\.v\d+$/, '')
      found.push({
        ...this.blocker(
          'blocks',
          made,
          row,
          `release \`${release}\` of Helm made it so, and could not be upgraded or removed after it`,
          `Secret ${ref.namespace}/${ref.name}`,
        ),
        fix: `before the upgrade, release a chart that writes ${replacementOf(row)}; where the API is gone already, \`helm mapkubeapis ${release}\` mends what Helm keeps`,
      })
    }
    return found
  }

  /** What the API server counted since it started. */
  asked(): Blocker[] {
    const { estate, from, to } = this.context
    return apiServerFacts(estate.objects).flatMap(({ deprecated = [] }) =>
      deprecated.flatMap(({ group, version, resource, subresource, removedIn }): Blocker[] => {
        const minor = /^1\.(\d{1,3})$/.exec(removedIn)?.[1]
        if (minor === undefined || Number(minor) <= from || Number(minor) > to) return []
        const api = `${group}${group === '' ? '' : '/'}${version} ${resource}${subresource === '' ? '' : `/${subresource}`}`
        const row = this.context.data.removals.find(
          (each) => each.group === group && each.version === version && isResourceOf(resource, each.kind),
        )
        return [
          {
            check: apiRemoved.id,
            level: 'blocks',
            subject: { kind: 'cluster' },
            minor: removedIn,
            message: `somebody asked the API server for ${api} since it started, which ${removedIn} no longer serves`,
            fix: `find who in the audit log (annotation k8s.io/deprecated), and have it use ${row === undefined ? 'a newer version' : replacementOf(row)}`,
            evidence: 'metric apiserver_requested_deprecated_apis',
            references: [GUIDE],
          },
        ]
      }),
    )
  }

  /** What a live cluster keeps that was not read. */
  unread(): Blocker[] {
    const { estate } = this.context
    const live = estate.sources.some(
      ({ kind }) => kind === 'cluster' || kind === 'snapshot' || kind === 'export',
    )
    if (!live) return []
    const unknown = (message: string, fix: string): Blocker => ({
      check: apiRemoved.id,
      level: 'unknown',
      subject: { kind: 'cluster' },
      message,
      fix,
      references: [GUIDE],
    })
    const found: Blocker[] = []
    const facts = apiServerFacts(estate.objects)
    const why = facts.find(({ unread }) => unread !== undefined)?.unread
    if (!facts.some(({ deprecated }) => deprecated !== undefined)) {
      found.push(
        unknown(
          `which deprecated APIs the API server was asked for was not read${why === undefined ? '' : `: ${why}`}`,
          'ask the running cluster with --context NAME, as somebody who may GET /metrics',
        ),
      )
    }
    const helm = this.context.index
      .ofKind('', 'Secret')
      .filter(({ content }) => content.type === 'helm.sh/release.v1')
    if (helm.length > 0 && !helm.some(({ rendered }) => rendered !== undefined)) {
      found.push(
        unknown(
          `what ${helm.length} releases of Helm made was not read: Helm keeps it in Secrets`,
          'allow it with --read-helm-releases: names and kinds are taken from them, and nothing else',
        ),
      )
    }
    return found
  }

  /** The row of an API that the upgrade takes away. */
  private ending({
    kind,
    group,
    version,
  }: Pick<ObjectRef, 'kind' | 'group' | 'version'>): RemovalRow | undefined {
    const row = this.rows.get(`${kind}.${group}/${version}`)
    const removed = row?.removedIn ?? Infinity
    return removed > this.context.from && removed <= this.context.to ? row : undefined
  }

  private blocker(
    level: BlockerLevel,
    ref: ObjectRef,
    row: RemovalRow,
    how: string,
    evidence: string,
  ): Blocker {
    const api = `${row.group}${row.group === '' ? '' : '/'}${row.version} ${row.kind}`
    const minor = minorText(row.removedIn ?? 0)
    return {
      check: apiRemoved.id,
      level,
      subject: { kind: 'object', object: ref },
      minor,
      message: `${api} is not served from ${minor} on, and ${how}`,
      fix:
        row.replacement === undefined
          ? 'nothing takes its place: remove what uses it before the upgrade'
          : `write it as ${row.replacement}`,
      evidence,
      references: [GUIDE],
    }
  }
}

function replacementOf({ replacement }: RemovalRow): string {
  return replacement ?? 'nothing in its place, for it has no successor'
}

function withVersion(ref: ObjectRef, apiVersion: string): Pick<ObjectRef, 'kind' | 'group' | 'version'> {
  const slash = apiVersion.indexOf('/')
  return {
    kind: ref.kind,
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
  }
}

/** Names of resources are plurals in small letters. */
function isResourceOf(resource: string, kind: string): boolean {
  const word = kind.toLowerCase()
  return [word, `${word}s`, `${word}es`, word.replace(/y$/, 'ies')].includes(resource)
}
