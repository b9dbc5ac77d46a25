import type {
  AnyCheck,
  AuditSettings,
  ComponentSubject,
  HostSubject,
  ObjectSubject,
  Subjects,
  WorkloadSubject,
} from '../checks/index.js'
import {
  apiserversOf,
  controllerManagersOf,
  dockerdsOf,
  kubeletsOf,
  etcdsOf,
  kubeProxiesOf,
  schedulersOf,
  type ComponentView,
} from '../effective/index.js'
import { indexObjects, type ObjectIndex } from '../kube/index.js'
import type { Estate, KubeObject, Target } from '../model/index.js'
import { containersOf, dockerClientSubjects } from './containers.js'
import { containerdSubjects, crioSubjects } from './container-runtimes.js'
import { workloadsOf } from './workloads.js'

/** A subject with what a finding about it names as its target. */
export interface Targeted<Kind extends keyof Subjects> {
  readonly subject: Subjects[Kind]
  readonly target: Target
}

/** What one check may be asked about, or a part of it. */
export type SubjectList = readonly Targeted<keyof Subjects>[]

/** Subjects of an estate by kind; each list is made once, when a check first asks for it. */
export interface SubjectSource {
  readonly index: ObjectIndex
  /** The lists whose members a check is asked about: the same lists for all checks that take them. */
  of(check: AnyCheck): readonly SubjectList[]
}

/** What a run of the audit brings besides the estate. */
export interface SubjectOptions {
  /** Seconds since 1970. */
  readonly now: number
  readonly settings: AuditSettings
  readonly exceptions: readonly Targeted<'exception'>[]
  /** Targets that are judged; all of them where it is not given. */
  readonly judges?: ((target: Target) => boolean) | undefined
}

/** Prepares the subjects of an estate. Lists are made once and are the same list for every check that takes them. */
export function subjectsOf(
  estate: Estate,
  { now, settings, exceptions, judges }: SubjectOptions,
): SubjectSource {
  const all = allSubjects(estate, { now, settings, exceptions })
  if (judges === undefined) return all
  const judged = new Map<SubjectList, SubjectList>()
  return {
    index: all.index,
    of: (check) =>
      all.of(check).map((list) => {
        let kept = judged.get(list)
        if (kept === undefined) {
          kept = list.filter(({ target }) => judges(target))
          judged.set(list, kept)
        }
        return kept
      }),
  }
}

function allSubjects(estate: Estate, { now, settings, exceptions }: SubjectOptions): SubjectSource {
  const index = indexObjects(estate)
  const kubelets = once(() => kubeletsOf(estate).map((view) => component(view, estate, index, now)))
  const dockerds = once(() => dockerdsOf(estate).map((view) => component(view, estate, index, now)))
  const apiservers = once(() => apiserversOf(estate).map((view) => component(view, estate, index, now)))
  const controllerManagers = once(() =>
    controllerManagersOf(estate).map((view) => component(view, estate, index, now)),
  )
  const etcds = once(() => etcdsOf(estate).map((view) => component(view, estate, index, now)))
  const kubeProxies = once(() => kubeProxiesOf(estate).map((view) => component(view, estate, index, now)))
  const schedulers = once(() => schedulersOf(estate).map((view) => component(view, estate, index, now)))
  const workloads = once(() => workloadsOf(estate, index, settings).map(workload))
  const hosts = once(() =>
    estate.hosts.map((host): Targeted<'host'> => {
      const subject: HostSubject = { host, estate, now }
      return { subject, target: { kind: 'host', host: host.name } }
    }),
  )
  const containers = once(() => containersOf(estate, index))
  const dockerClients = once(() => dockerClientSubjects(estate))
  const containerds = once(() => containerdSubjects(estate, index, now))
  const crios = once(() => crioSubjects(estate))
  const whole = once((): Targeted<'estate'>[] => [
    { subject: { estate, index, now }, target: { kind: 'estate' } },
  ])
  const everything = once(() => targetsOf(index.all, { estate, index, now, settings }))
  const byKind = new Map<string, SubjectList>()
  const ofKind = (kind: string): SubjectList => {
    let list = byKind.get(kind)
    if (list === undefined) byKind.set(kind, (list = objects(kind, { estate, index, now, settings })))
    return list
  }
  return {
    index,
    of: (check) => {
      switch (check.appliesTo) {
        case 'kubelet':
          return [kubelets()]
        case 'dockerd':
          return [dockerds()]
        case 'apiserver':
          return [apiservers()]
        case 'controller-manager':
          return [controllerManagers()]
        case 'scheduler':
          return [schedulers()]
        case 'etcd':
          return [etcds()]
        case 'kube-proxy':
          return [kubeProxies()]
        case 'workload':
          return [workloads()]
        case 'host':
          return [hosts()]
        case 'estate':
          return [whole()]
        case 'container':
          return [containers()]
        case 'exception':
          return [exceptions]
        case 'docker-client':
          return [dockerClients()]
        case 'containerd':
          return [containerds()]
        case 'crio':
          return [crios()]
        case 'object':
          // Kinds of a user's check are patterns: it says itself which objects concern it.
          if (check.own !== undefined) return [everything()]
          return (check.kinds ?? []).map(ofKind)
      }
    },
  }
}

function component<View extends ComponentView>(
  view: View,
  estate: Estate,
  index: ObjectIndex,
  now: number,
): { subject: View & ComponentSubject; target: Target } {
  return {
    subject: { ...view, estate, index, now },
    target: { kind: 'component', component: view.config.component, host: view.host },
  }
}

function workload(subject: WorkloadSubject): Targeted<'workload'> {
  return { subject, target: { kind: 'object', object: subject.owner } }
}

function objects(kind: string, rest: Omit<ObjectSubject, 'object'>): Targeted<'object'>[] {
  const dot = kind.indexOf('.')
  const [name, group] = dot < 0 ? [kind, ''] : [kind.slice(0, dot), kind.slice(dot + 1)]
  return targetsOf(rest.index.ofKind(group, name), rest)
}

function targetsOf(list: readonly KubeObject[], rest: Omit<ObjectSubject, 'object'>): Targeted<'object'>[] {
  return list.map((object) => {
    const subject: ObjectSubject = { object, ...rest }
    return { subject, target: { kind: 'object', object: object.ref } }
  })
}

function once<T>(make: () => T): () => T {
  let value: { readonly made: T } | undefined
  return () => (value ??= { made: make() }).made
}
