import type {
  Estate,
  EstateInput,
  Fact,
  FilePlace,
  Fix,
  Host,
  KubeObject,
  ObjectRef,
  Origin,
  Reach,
  Severity,
  Unknown,
} from '../model/index.js'
import type { Container, ObjectIndex, PodTemplate, RequestLog } from '../kube/index.js'
import type { DockerClient, DockerContainer } from '../docker/index.js'
import type { Containerd, Crio } from '../runtimes/index.js'
import type { ComponentView, DockerdView } from '../effective/index.js'

/** What a user says about their own estate, for checks that cannot know it. */
export interface AuditSettings {
  /** Where images may come from: registry hosts, or repositories of one (`registry.example/team`). */
  readonly trustedRegistries?: readonly string[]
  /** Namespaces whose pods run code that nobody has read. */
  readonly untrustedNamespaces?: readonly string[]
  /** What the audit logs of the API servers show of who used which rights. */
  readonly auditLog?: RequestLog
}

/** A pod template in the object that holds it; `owner` is the top of that object's owner references. */
export interface WorkloadSubject {
  readonly object: KubeObject
  readonly owner: ObjectRef
  readonly template: PodTemplate
  readonly containers: readonly Container[]
  readonly index: ObjectIndex
  readonly settings: AuditSettings
}

/** What a subject is judged at: dates are compared with this, never with the clock of the machine. */
export interface Timed {
  /** Seconds since 1970. */
  readonly now: number
}

export interface ObjectSubject extends Timed {
  readonly object: KubeObject
  readonly estate: Estate
  readonly index: ObjectIndex
  readonly settings: AuditSettings
}

export interface EstateSubject extends Timed {
  readonly estate: Estate
  readonly index: ObjectIndex
}

export interface HostSubject extends Timed {
  readonly host: Host
  readonly estate: Estate
}

export interface ComponentSubject extends ComponentView, Timed {
  readonly estate: Estate
  readonly index: ObjectIndex
}

export interface DockerdSubject extends DockerdView, Timed {
  readonly estate: Estate
  readonly index: ObjectIndex
}

/** A container of a Docker daemon. */
export interface ContainerSubject {
  readonly container: DockerContainer
  /** What `docker info` says of its daemon, where that was read with it. */
  readonly daemon?: KubeObject
  /** The daemon's settings, where its host was read. */
  readonly dockerd?: DockerdView
  readonly estate: Estate
}

/** An exception to checks: of the configuration, or an annotation of an object. */
export interface ExceptionSubject extends Timed {
  /** The check as it is written: an id or a pattern. */
  readonly check: string
  /** What it covers, in words. */
  readonly covers: string
  /** Its last day, as `2027-01-31`; undefined where it says none that can be read. */
  readonly until: string | undefined
  readonly origin: Origin
  /** Why it cannot be taken, a sentence each: it accepts nothing then. */
  readonly faults: readonly string[]
}

/** Docker's command line as a user of a host runs it. */
export interface DockerClientSubject {
  readonly client: DockerClient
  readonly estate: Estate
}

/** A containerd of a host. */
export interface ContainerdSubject extends Timed {
  readonly containerd: Containerd
  readonly version: Fact<string>
  /** The kubelet of the same host, where one was seen. */
  readonly kubelet?: ComponentView
  readonly estate: Estate
}

/** CRI-O of a host. */
export interface CrioSubject {
  readonly crio: Crio
  readonly estate: Estate
}

/** What a check is asked about, by the word in `appliesTo`. */
export interface Subjects {
  kubelet: ComponentSubject
  dockerd: DockerdSubject
  apiserver: ComponentSubject
  'controller-manager': ComponentSubject
  scheduler: ComponentSubject
  etcd: ComponentSubject
  'kube-proxy': ComponentSubject
  workload: WorkloadSubject
  object: ObjectSubject
  host: HostSubject
  estate: EstateSubject
  container: ContainerSubject
  exception: ExceptionSubject
  containerd: ContainerdSubject
  'docker-client': DockerClientSubject
  crio: CrioSubject
}

/** One place that shows the fault. `key` names it for fingerprints where the origin's own path would not do. */
export interface EvidenceInput {
  readonly origin: Origin
  readonly message: string
  readonly key?: string
}

export interface FailOptions {
  /** What is wrong here, one sentence; the check's title otherwise. */
  readonly message?: string
  readonly severity?: Severity
  readonly because?: string
  readonly reach?: Reach
  readonly fix?: Fix
}

/** Collects a check's answers for one subject. Several failures of one subject become one finding, worst severity first. */
export interface Report {
  fail(evidence: EvidenceInput | readonly EvidenceInput[], options?: FailOptions): void
  /** The question cannot be answered; never a pass. */
  unknown(fact: Unknown): void
  notApplicable(detail: string): void
}

/** A small estate, with what its owner says about it. */
export interface Example extends EstateInput {
  readonly settings?: AuditSettings
}

export interface Check<Kind extends keyof Subjects> {
  /** File name without ending, for ever; a renamed check keeps its old id in `aliases`. */
  readonly id: string
  readonly aliases?: readonly string[]
  readonly title: string
  readonly severity: Severity
  /** Why this severity, and what moves it. */
  readonly because: string
  readonly reach: Reach
  readonly appliesTo: Kind
  /** For `appliesTo: 'object'`: group and kind, as `Secret` or `RoleBinding.rbac.authorization.k8s.io`. */
  readonly kinds?: readonly string[]
  /**
   * False for a check that an audit asks only when it is named, or when a setting that it needs is given; `manifests` for
   * one that is asked of manifests alone, where what it finds can still be mended before it reaches a cluster.
   */
  readonly byDefault?: false | 'manifests'
  /** The setting without which it has nothing to compare with. */
  readonly needs?: keyof AuditSettings
  /** Where a check that a user wrote stands; Rampart's own have none. */
  readonly own?: FilePlace
  /** Whether a subject is any of its business; all are unless given. */
  readonly concerns?: (subject: Subjects[Kind]) => boolean
  readonly why: string
  readonly references: readonly string[]
  readonly evaluate: (subject: Subjects[Kind], report: Report) => void
  /** Shown on the check's page and run by its test: `bad` fails, `good` does not. */
  readonly examples: { readonly bad: Example; readonly good: Example }
}

/** A check of any kind; `appliesTo` tells which. */
export type AnyCheck = { [Kind in keyof Subjects]: Check<Kind> }[keyof Subjects]

/** Types a check; nothing else happens here. */
export function defineCheck<Kind extends keyof Subjects>(check: Check<Kind>): Check<Kind> {
  return check
}
