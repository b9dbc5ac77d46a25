import type { Host } from '../../model/index.js'
import type { FileChange, Restart } from './fix-plan.js'

interface NotedPlan {
  readonly hosts: readonly Host[]
  readonly files: readonly FileChange[]
  /** Restarts that the plan does not do. */
  readonly later: readonly Restart[]
}

/** What a reader of the plan should know before. */
export function planNotes({ hosts, files, later }: NotedPlan): string[] {
  return [...files.flatMap((file) => rewritten(file, hosts)), ...later.map(laterWords)]
}

/** Source: kubernetes v1.36.2 cmd/kubeadm/app/phases/upgrade: manifests and the kubelet's configuration are made anew. */
function rewritten({ host, path }: FileChange, hosts: readonly Host[]): string[] {
  if (hosts.find(({ name }) => name === host)?.distribution !== 'kubeadm') return []
  if (path === '/var/lib/kubelet/config.yaml')
    return [
      `kubeadm upgrade writes ${path} of ${host ?? ''} again from ConfigMap kube-system/kubelet-config: change that too.`,
    ]
  const manifest = /^\/etc\/kubernetes\/manifests\/([\w-]+)\.yaml$/.exec(path)
  return manifest === null
    ? []
    : [
        `kubeadm upgrade writes ${path} of ${host ?? ''} again: give extraArgs of ${manifest[1] ?? ''} in ConfigMap kube-system/kubeadm-config too.`,
      ]
}

function laterWords(restart: Restart): string {
  return `${restart.name} of ${restart.host} is not restarted here; the change is in force once it starts anew (${restart.words}).`
}
