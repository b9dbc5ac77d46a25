import type { ObjectIndex } from '../../kube/index.js'
import type { Estate, ObjectRef } from '../../model/index.js'
import type { ClusterInventory } from '../inventory/index.js'
import type { UpgradeData } from '../data/index.js'

/**
 * - blocks: with it the upgrade fails, cannot end, or breaks what runs
 * - warns: it can be gone past knowingly
 * - unknown: what would be needed to know was not read
 */
export const BLOCKER_LEVELS = ['blocks', 'warns', 'unknown'] as const
export type BlockerLevel = (typeof BLOCKER_LEVELS)[number]

/** What a blocker is about. */
export type BlockerSubject =
  | { readonly kind: 'object'; readonly object: ObjectRef }
  | { readonly kind: 'node'; readonly node: string }
  | { readonly kind: 'component'; readonly component: string; readonly node: string }
  | { readonly kind: 'cluster' }

/** One thing in the way of an upgrade, with its fix. */
export interface Blocker {
  /** The check that found it: `api-removed`. */
  readonly check: string
  readonly level: BlockerLevel
  readonly subject: BlockerSubject
  /** The minor with which it bites, `1.35`; absent where it does in any upgrade. */
  readonly minor?: string
  /** What is so, one sentence. */
  readonly message: string
  /** What to do, one sentence or a command. */
  readonly fix: string
  /** Where it was seen: a file, a field, a flag, an object. Never a secret. */
  readonly evidence?: string
  readonly references: readonly string[]
}

/** What checks are asked about. */
export interface BlockerContext {
  readonly estate: Estate
  readonly index: ObjectIndex
  readonly inventory: ClusterInventory
  readonly data: UpgradeData
  /** Minors: the API server's now (the oldest), and the one that is wanted. Equal for a patch. */
  readonly from: number
  readonly to: number
  /** Milliseconds since 1970. */
  readonly now: number
}

/** One kind of blocker. */
export interface BlockerCheck {
  /** Also the name of its file: `drain-budgets`. */
  readonly id: string
  /** True when it finds something, one sentence. */
  readonly title: string
  find(context: BlockerContext): readonly Blocker[]
}
