import { lookAtHost, lookAtKubeconfig, lookForManifests, lookForPod } from './look.js'
import type { Diagnosis, KubeconfigSeen, NotSeen, Seen, Surroundings } from './seen.js'

type Next = Diagnosis['next'][number]

const COMMANDS = 3

/** Looks around: files and processes of this machine alone. Contacts nobody and runs nothing. */
export async function diagnose(around: Surroundings): Promise<Diagnosis> {
  const kubeconfig = await lookAtKubeconfig(around)
  const pod = lookForPod(around)
  const host = await lookAtHost(around)
  const manifests = lookForManifests(around)
  const seen = [kubeconfig, ...pod, ...host, manifests]
  return { seen, notSeen: notSeen(kubeconfig, pod, around), next: nextCommands(kubeconfig, seen) }
}

function notSeen(kubeconfig: KubeconfigSeen, pod: readonly Seen[], { env }: Surroundings): NotSeen[] {
  const list: NotSeen[] = []
  if (kubeconfig.contexts.length > 0) {
    const clusters =
      kubeconfig.contexts.length === 1
        ? 'the cluster'
        : `the clusters of ${kubeconfig.contexts.length} contexts`
    list.push({ what: clusters, how: 'nothing was contacted; --context NAME does' })
  }
  if (pod.length > 0)
    list.push({ what: 'the cluster of this pod', how: 'nothing was contacted; --current-context does' })
  if (env.DOCKER_HOST !== undefined && env.DOCKER_HOST !== '') {
    list.push({
      what: `the daemon of DOCKER_HOST (${withoutUser(env.DOCKER_HOST)})`,
      how: 'nothing was contacted',
    })
  }
  list.push({ what: 'other nodes and hosts', how: 'give a copy or a mounted disk: --host-root DIR' })
  list.push({ what: 'manifests below this folder and elsewhere', how: 'name files or folders' })
  return list
}

/** The most telling commands first; those that always work fill up. */
function nextCommands(kubeconfig: KubeconfigSeen, seen: readonly Seen[]): Next[] {
  const found = (what: Seen['what']): boolean => seen.some((each) => each.what === what && each.found)
  const context = kubeconfig.current === '' ? kubeconfig.contexts[0] : kubeconfig.current
  const all: (Next | undefined)[] = [
    context === undefined
      ? undefined
      : {
          command: `rampart audit --context ${word(context)}`,
          why: 'the cluster: what is exposed, and every kubelet',
        },
    found('cluster')
      ? { command: 'rampart audit --current-context', why: 'the cluster of this pod' }
      : undefined,
    found('host') || found('docker')
      ? { command: 'rampart audit --host', why: 'this machine: kubelet, control plane, Docker daemon' }
      : undefined,
    found('kubeconfig')
      ? { command: 'rampart kubeconfig lint', why: 'the kubeconfig: what is in it that should not be' }
      : undefined,
    found('manifests') ? { command: 'rampart audit .', why: 'the manifests in this folder' } : undefined,
    {
      command: 'kubectl get all,roles,rolebindings -A -o json | rampart audit -',
      why: 'an export of a cluster',
    },
    { command: 'rampart audit --host-root DIR', why: 'a copy or a mounted disk of a node or Docker host' },
    { command: 'rampart checks list', why: 'what is looked for' },
  ]
  return all.filter((each) => each !== undefined).slice(0, COMMANDS)
}

/** A name as a shell takes it. */
function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** Addresses may carry a password. */
function withoutUser(address: string): string {
  return address.replace(/\/\/[^/@]*@/, '//')
}
