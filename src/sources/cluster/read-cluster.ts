import {
  identityOf,
  type KubeObject,
  type Problem,
  type SourceSummary,
  type TextSlice,
  type UnreadList,
} from '../../model/index.js'
import { statusOf, type ClusterDoor, type ClusterWish } from './cluster-door.js'
import { kubeletConfigs } from './kubelet-configz.js'
import { helmReleases } from './helm-releases.js'
import { listKind, listPath, objectOf } from './list-kind.js'
import { clusterTexts } from './object-text.js'
import { serverFacts } from './server-facts.js'
import { NODES, wantedLists, type WantedList } from './wanted-kinds.js'

export interface ClusterRead {
  readonly objects: readonly KubeObject[]
  readonly problems: readonly Problem[]
  readonly summary: SourceSummary
  readonly readSlice: (slice: TextSlice) => string | undefined
}

/** Without these, too much of a cluster is missing to call it whole. */
const NEEDED = [
  '/Namespace',
  '/Pod',
  '/ServiceAccount',
  ...['RoleBinding', 'ClusterRoleBinding'].map(rbacKind),
]
/** Lists that are read at the same time; a page of each is held. */
const AT_ONCE = 4

/**
 * Reads a running cluster: every list that checks and engines need, and what each kubelet says of its own
 * configuration. Asks with GET alone. What the server refuses is recorded, and reading goes on; a server that is gone,
 * and one that does not know who asks, end it.
 */
export async function readCluster(
  wish: ClusterWish,
  onProgress: (text: string) => void = () => undefined,
): Promise<ClusterRead> {
  const { door, namespace } = wish
  const reading = new Reading(door, namespace, onProgress)
  if (wish.extent === 'kubelets') {
    await reading.kubelets(await reading.nodes(wish.nodes))
    return reading.end()
  }
  onProgress(`asking ${door.name} what it serves`)
  const { groups, unknown } = await door.discovery()
  await reading.lists(wantedLists(groups, wish))
  for (const groupVersion of unknown) reading.unknownGroup(groupVersion)
  if (wish.serverFacts === true) await reading.serverFacts()
  if (wish.helmReleases === true) await reading.helmReleases()
  if (wish.extent === 'everything' && namespace === undefined) await reading.kubelets(reading.nodeNames())
  return reading.end()
}

class Reading {
  private readonly objects: KubeObject[] = []
  private readonly problems: Problem[] = []
  private readonly kinds: string[] = []
  private readonly unread: UnreadList[] = []

  constructor(
    private readonly door: ClusterDoor,
    private readonly namespace: string | undefined,
    private readonly onProgress: (text: string) => void,
  ) {}

  async lists(wanted: readonly WantedList[]): Promise<void> {
    const next = wanted.values()
    const worker = async (): Promise<void> => {
      for (const each of next) await this.list(each)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
  }

  private async list(wanted: WantedList): Promise<void> {
    const path = listPath(wanted, this.namespace)
    const kind = `${wanted.group}/${wanted.kind}`
    try {
      const { objects, consistent } = await listKind(this.door, wanted, this.namespace, (read, all) =>
        this.onProgress(`reading ${wanted.resource} (${read} of ${all})`),
      )
      for (const object of objects) this.objects.push(object)
      if (this.namespace === undefined && consistent) this.kinds.push(kind)
      if (!consistent) {
        this.problem(
          path,
          'the list expired twice while it was read: its parts are not of one moment',
          'warning',
        )
      }
    } catch (error) {
      const status = statusOf(error)
      if (status === undefined || status === 401) throw error
      // Between discovery and this question the definition was taken away: there is nothing to miss.
      if (status === 404) return
      this.unread.push({ kind, detail: (error as Error).message })
      this.problem(path, (error as Error).message, 'error')
    }
  }

  /** An extension server that is down may serve kinds that nobody knows of now. */
  unknownGroup(groupVersion: string): void {
    const message = `what the server serves of ${groupVersion} could not be asked: what is in it is not known`
    this.problem(`/apis/${groupVersion}`, message, 'warning')
  }

  /** Reads the named nodes, or all of them; gives their names. */
  async nodes(named: readonly string[] | undefined): Promise<string[]> {
    if (named === undefined) {
      await this.list(NODES)
      return this.nodeNames()
    }
    const names = [...new Set(named)].sort()
    for (const name of names) await this.node(`${listPath(NODES)}/${encodeURIComponent(name)}`)
    return names
  }

  /** Who may not see the node itself may still be let to its kubelet. */
  private async node(path: string): Promise<void> {
    try {
      this.objects.push(objectOf(await this.door.getJson(path), NODES))
    } catch (error) {
      if (statusOf(error) !== 403) throw error
      this.problem(path, (error as Error).message, 'warning')
    }
  }

  nodeNames(): string[] {
    return this.objects
      .filter(({ ref }) => ref.kind === 'Node' && ref.group === '')
      .map(({ ref }) => ref.name)
      .sort()
  }

  async kubelets(nodes: readonly string[]): Promise<void> {
    const configs = await kubeletConfigs(this.door, nodes, (done) =>
      this.onProgress(`asking kubelets for their configuration (${done} of ${nodes.length})`),
    )
    for (const object of configs) {
      this.objects.push(object)
      const { unread } = object.content
      if (typeof unread === 'string') this.problem(object.slice.file, unread, 'error')
    }
  }

  async serverFacts(): Promise<void> {
    this.onProgress(`asking ${this.door.name} which deprecated APIs are used`)
    const facts = await serverFacts(this.door)
    this.objects.push(facts)
    const { unread } = facts.content
    if (typeof unread === 'string') this.problem(facts.slice.file, unread, 'warning')
  }

  /** The names of what Helm made are put to the Secrets that are known already, whose values stay unread. */
  async helmReleases(): Promise<void> {
    try {
      const releases = await helmReleases(this.door, this.namespace, (read) =>
        this.onProgress(`reading releases of Helm (${read})`),
      )
      const known = new Set(releases.map(({ ref }) => identityOf(ref)))
      const others = this.objects.filter(({ ref }) => ref.kind !== 'Secret' || !known.has(identityOf(ref)))
      this.objects.length = 0
      for (const object of [...others, ...releases]) this.objects.push(object)
    } catch (error) {
      const status = statusOf(error)
      if (status === undefined || status === 401) throw error
      this.problem('/api/v1/secrets', (error as Error).message, 'error')
    }
  }

  end(): ClusterRead {
    const { objects, problems, kinds, unread } = this
    return {
      objects,
      problems,
      summary: {
        kind: 'cluster',
        name:
          this.namespace === undefined ? this.door.name : `${this.door.name}, namespace ${this.namespace}`,
        objects: objects.length,
        files: 0,
        complete: NEEDED.every((kind) => kinds.includes(kind)),
        kinds: kinds.sort(),
        ...(unread.length === 0 ? {} : { unread: unread.sort((a, b) => (a.kind < b.kind ? -1 : 1)) }),
      },
      readSlice: clusterTexts(objects),
    }
  }

  private problem(file: string, message: string, level: Problem['level']): void {
    this.problems.push({ code: 'unreadable', message, level, place: { file } })
  }
}

function rbacKind(kind: string): string {
  return `rbac.authorization.k8s.io/${kind}`
}
