import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

/**
 * The manifest of the API server that the real kubeadm makes of a ClusterConfiguration, as at its next upgrade; in a mount
 * namespace of its own, so that it meets no file of this machine.
 */
export async function nextManifest(program: string, configuration: string, folder: string): Promise<string> {
  const config = path.join(folder, 'kubeadm.yaml')
  writeFileSync(
    config,
    `${configuration}---\napiVersion: kubeadm.k8s.io/v1beta4\nkind: InitConfiguration\nlocalAPIEndpoint: {advertiseAddress: 10.0.0.9}\n`,
  )
  const script = [
    'set -e',
    'mkdir -p /etc/kubernetes',
    'mount -t tmpfs rampart /etc/kubernetes',
    '"$0" kubeadm init phase control-plane apiserver --config "$1" >&2',
    'cat /etc/kubernetes/manifests/kube-apiserver.yaml',
  ].join('\n')
  const { stdout } = await promisify(execFile)('unshare', ['--mount', 'sh', '-c', script, program, config])
  return stdout
}
