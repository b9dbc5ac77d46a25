import type { Host } from './host.js'
import type { KubeObject, TextSlice } from './object.js'
import type { Problem } from './problem.js'

/** Gives the text behind a slice back, or undefined when the source keeps none (a snapshot). */
export interface TextProvider {
  read(slice: TextSlice): string | undefined
}

/** A list of a cluster that could not be read: what is in it is unknown. */
export interface UnreadList {
  /** `group/Kind`, as `/Secret`. */
  readonly kind: string
  /** Why, in one sentence. */
  readonly detail: string
}

/** What was read, for the coverage line of each report. */
export interface SourceSummary {
  readonly kind: 'manifests' | 'export' | 'host' | 'snapshot' | 'cluster' | 'docker' | 'probe'
  readonly name: string
  readonly objects: number
  readonly files: number
  /** A source that holds whole lists of a cluster: absence in it is evidence. */
  readonly complete: boolean
  /** `group/Kind` of each list that was read whole (`/Pod`): only of these is absence known. */
  readonly kinds?: readonly string[]
  /** The lists of a cluster that were asked for and not given. */
  readonly unread?: readonly UnreadList[]
}

/** Everything that was read: the only input of evaluators and checks. */
export interface Estate {
  readonly objects: readonly KubeObject[]
  readonly hosts: readonly Host[]
  readonly sources: readonly SourceSummary[]
  readonly problems: readonly Problem[]
  readonly texts: TextProvider
}
