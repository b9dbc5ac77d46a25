import type { ApiGroup } from '../../kube/index.js'
import type { JsonObject } from '../../model/index.js'

/** One part of a list as the server gave it. */
export interface DoorPage {
  readonly kind: string
  readonly apiVersion: string
  readonly items: readonly JsonObject[]
  readonly body: JsonObject
  readonly remaining?: number
  /** What came before is to be thrown away. */
  readonly restarted: boolean
  /** False when the pages are not of one moment. */
  readonly consistent: boolean
}

/**
 * What reading a cluster asks of its API server: GET alone. The client satisfies it; this folder does not know the client.
 * Whatever the server refuses is thrown as an error with the HTTP status in `status`.
 */
export interface ClusterDoor {
  /** How reports name the cluster: the context, or the address. */
  readonly name: string
  list(
    path: string,
    options?: { readonly accept?: string; readonly query?: Readonly<Record<string, string>> },
  ): AsyncIterable<DoorPage>
  /** The lines of an answer that is text. */
  lines(path: string): AsyncIterable<string>
  getJson(path: string, query?: undefined, signal?: AbortSignal): Promise<JsonObject>
  discovery(): Promise<{ readonly groups: readonly ApiGroup[]; readonly unknown: readonly string[] }>
}

/** What to read of a cluster. */
export interface ClusterWish {
  readonly door: ClusterDoor
  /** `access`: what decides access, and no more. `certificates`: what holds certificates, Secrets left out. `kubelets`: the nodes, and what each kubelet says of itself. */
  readonly extent: 'everything' | 'access' | 'certificates' | 'kubelets'
  /** With the extent `kubelets`: these nodes alone. */
  readonly nodes?: readonly string[]
  /** Reads also what the API server says of itself: its version, and deprecated APIs that were asked for. */
  readonly serverFacts?: boolean
  /**
   * Reads the releases of Helm, which are Secrets, for the names and kinds of what they made; nothing else of them is
   * kept. Only where the user allows it.
   */
  readonly helmReleases?: boolean
  /** Kinds that the user says make pods, as `Worker.example.com`: read besides those that are known. */
  readonly podKinds?: readonly string[]
  /** Only this namespace, for those who may not list all of them. */
  readonly namespace?: string
}

/** The HTTP status of an error that the server's own answer caused. */
export function statusOf(error: unknown): number | undefined {
  const status = error instanceof Error ? (error as { status?: unknown }).status : undefined
  return typeof status === 'number' ? status : undefined
}
