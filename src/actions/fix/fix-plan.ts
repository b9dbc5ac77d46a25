import type { Edit, JsonObject, ObjectRef, Severity, Target } from '../../model/index.js'

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

export interface Owner {
  readonly uid: number
  readonly gid: number
}

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
  /** Numeric owner of a file that is made anew, where its folder is not root's. */
  readonly owner?: Owner
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
  | 'no-fix'
  | 'by-hand'
  | 'not-met'
  | 'not-known'
  | 'not-named'
  | 'conflict'
  | 'refused'
  | 'not-a-file'
  /** A controller or tool writes it again. */
  | 'managed'

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

/** One object of a cluster and what is changed in it. */
export interface ObjectChange {
  readonly ref: ObjectRef
  /** Its own path on the server. */
  readonly path: string
  readonly uid: string
  /** Digest of what was read of it for the plan; see `objectDigest`. */
  readonly before: string
  readonly resourceVersion: string
  /** A merge patch. */
  readonly patch: JsonObject
  /** Unified diff of what the server made of it in a dry run, with secrets masked. */
  readonly diff: string
  /** Why it is changed, where no finding is about it. */
  readonly words?: string
  readonly checks: readonly string[]
}

/** A cluster: its name for people, and the address by which a later run knows that it is the same. */
export interface PlannedCluster {
  readonly name: string
  readonly server: string
}

/** Where a change has to stand as well to outlast the next upgrade of kubeadm. */
export interface PlannedLasting {
  readonly configMap: string
  /** Whether it is among the objects that the plan changes. */
  readonly changed: boolean
  /** Whether it says so already. */
  readonly says: boolean
  /** What is written again, and when. */
  readonly rewritten: readonly string[]
  readonly left: readonly string[]
  /** The change by hand, where the plan does not make it. */
  readonly commands: readonly string[]
  /** The document with the change, where it was read. */
  readonly document?: string
  /** The same for one host, for `kubeadm upgrade --patches FOLDER`. */
  readonly patches: readonly { readonly file: string; readonly text: string }[]
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
  /** The cluster that was read, and whose objects may be changed. */
  readonly cluster?: PlannedCluster
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
  /** Objects of the cluster that are patched. */
  readonly objects: readonly ObjectChange[]
  readonly lasting: readonly PlannedLasting[]
  readonly mends: readonly Mended[]
  readonly advice: readonly Advice[]
  /** Digests of all findings and open questions before: what is not among them afterwards is new. */
  readonly known: readonly string[]
  /** What kubeadm and the like write again, and other things to know before. */
  readonly notes: readonly string[]
}
