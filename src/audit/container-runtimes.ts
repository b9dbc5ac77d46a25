import type { ContainerdSubject, CrioSubject } from '../checks/index.js'
import { kubeletsOf } from '../effective/index.js'
import type { ObjectIndex } from '../kube/index.js'
import { asString, known, valueAt, type Estate, type Fact, type Host, type Target } from '../model/index.js'
import { containerdsOf, containerdVersionOf, crioOf } from '../runtimes/index.js'

const RUNTIME_VERSION = ['status', 'nodeInfo', 'containerRuntimeVersion']

/** The containerds of all hosts, each with the kubelet beside it. */
export function containerdSubjects(
  estate: Estate,
  index: ObjectIndex,
  now: number,
): { readonly subject: ContainerdSubject; readonly target: Target }[] {
  const found = estate.hosts.flatMap((host) => containerdsOf(host))
  if (found.length === 0) return []
  const kubelets = new Map(kubeletsOf(estate).map((view) => [view.host, view]))
  return found.map((containerd) => {
    const { host } = containerd
    const kubelet = kubelets.get(host.name)
    const subject: ContainerdSubject = {
      containerd,
      version: versionOf(host, index),
      ...(kubelet === undefined ? {} : { kubelet }),
      estate,
      now,
    }
    return { subject, target: { kind: 'component', component: 'containerd', host: host.name } }
  })
}

/** CRI-O of all hosts that have it. */
export function crioSubjects(estate: Estate): { readonly subject: CrioSubject; readonly target: Target }[] {
  return estate.hosts.flatMap((host) => {
    const crio = crioOf(host)
    if (crio === undefined) return []
    return [
      {
        subject: { crio, estate },
        target: { kind: 'component' as const, component: 'crio', host: host.name },
      },
    ]
  })
}

/** What the Node says runs; else what is installed. Never from running a program. */
function versionOf(host: Host, index: ObjectIndex): Fact<string> {
  const node = index.get('', 'Node', '', host.name)
  const version = /^containerd:\/\/(\d.*)$/.exec(asString(valueAt(node?.content, RUNTIME_VERSION)) ?? '')?.[1]
  if (node === undefined || version === undefined) return containerdVersionOf(host)
  return known(version, { kind: 'object', object: node, path: RUNTIME_VERSION })
}
