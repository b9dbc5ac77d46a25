import type { Edit, Severity, Target } from '../../model/index.js'

/** The format of saved plans; another one is refused. */
export const PLAN_FORMAT = 'rampart/fix-plan/v1'

/** A host whose files are changed. `root` is an absolute folder of this machine; `/` is this machine itself. */
export interface PlannedHost {
  readonly name: string
  readonly root: string
  /** Whether its services run on this machine and start anew; its processes were looked at. */
  readonly live: boolean
}

/** What a file holds afterwards: the edits that make it out of what it holds now, or all of its text. */
export type FileContent = { readonly edits: readonly Edit[] } | { readonly text: string }

/** One file and all that is changed in it. */
export interface FileChange {
  /** The host that it belongs to; absent for files that the user named themselves. */
  readonly host?: string
  /** Absolute: on the host, or on this machine where there is no host. */
  readonly path: string
  /** Where links lead inside of the host's root, where that is another path. */
  readonly real?: string
  /** SHA-256 (hex) of what it holds when the plan is made, or `absent`. */
  readonly before: string
  /** SHA-256 (hex) of what it holds afterwards. */
  readonly after: string
  readonly content: FileContent
  /** Permission bits of a file that is made anew; a file that is there keeps its own. */
  readonly mode?: number
  /** Folders on the way to a new file that are made, outermost first. */
  readonly folders?: readonly string[]
  /** Unified diff with secrets masked, for people. */
  readonly diff: string
  readonly checks: readonly string[]
}

/** Permission bits and numeric owners of a file or folder. */
export interface Access {
  readonly mode: number
  readonly uid: number
  readonly gid: number
}

/** A file or folder that gets other permission bits or another owner. */
export interface ModeChange {
  readonly host: string
  readonly path: string
  readonly real?: string
  readonly before: Access
  readonly after: Access
  readonly checks: readonly string[]
}

/**
 * What has to start anew, once, after all files of its host are written.
 * - unit: through systemd
 * - static-pod: the kubelet sees that the manifest changed
 * - command: what the user named instead
 * - by-hand: Rampart does not know how
 */
export type Restart = {
  readonly host: string
  /** What the user calls it in `--restart-command NAME=...`: kubelet, docker, kube-apiserver ... */
  readonly name: string
  /** The program whose process has to be a new one. */
  readonly component: string
  /** What is done, or who does it. */
  readonly words: string
  readonly checks: readonly string[]
} & (
  | {
      readonly kind: 'unit'
      readonly units: readonly string[]
      readonly verb: 'restart' | 'try-restart' | 'reload'
      readonly daemonReload: boolean
    }
  | { readonly kind: 'static-pod'; readonly file: string }
  | { readonly kind: 'command'; readonly argv: readonly string[] }
  | { readonly kind: 'by-hand' }
)

/** A finding that is gone when the plan was carried out. */
export interface Mended {
  readonly check: string
  readonly target: Target
  readonly title: string
  readonly message: string
  readonly severity: Severity
  readonly fingerprint: string
  /** The change in words. */
  readonly text: string
  readonly breaks?: string
  readonly verify?: string
}

/** Why a finding is not mended by a plan. */
export type AdviceReason =
  'no-fix' | 'by-hand' | 'not-met' | 'not-known' | 'not-named' | 'conflict' | 'refused' | 'not-a-file'

/** A finding that is left to people. */
export interface Advice {
  readonly check: string
  readonly target: Target
  readonly severity: Severity
  readonly message: string
  readonly text: string
  readonly commands: readonly string[]
  readonly reason: AdviceReason
  /** Why, in one sentence. */
  readonly why: string
}

/** What was asked, so that a later process can ask the same again. */
export interface PlanSubject {
  readonly hosts: readonly PlannedHost[]
  /** Files and folders besides hosts, absolute. */
  readonly paths: readonly string[]
  /** The configuration that was in force, absolute; absent where there was none. */
  readonly config?: string
  /** Checks of the user's own: files and folders, absolute. */
  readonly userChecks: readonly string[]
  /** The checks that were asked, where the user named them. */
  readonly checks?: readonly string[]
}

/** Everything that a fix will do and leave; holds no secret. */
export interface FixPlan {
  readonly format: typeof PLAN_FORMAT
  /** First characters of the SHA-256 of all the rest: the same input gives the same id. */
  readonly id: string
  /** The version of Rampart that made it. */
  readonly rampart: string
  readonly subject: PlanSubject
  readonly files: readonly FileChange[]
  readonly modes: readonly ModeChange[]
  readonly restarts: readonly Restart[]
  readonly mends: readonly Mended[]
  readonly advice: readonly Advice[]
  /** Digests of all findings and open questions before: what is not among them afterwards is new. */
  readonly known: readonly string[]
  /** What kubeadm and the like write again, and other things to know before. */
  readonly notes: readonly string[]
}
