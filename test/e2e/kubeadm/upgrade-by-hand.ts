import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { ADMIN, IGNORED, ready, seconds } from './install-hardened.js'
import { NODE_NAME } from './machine-script.js'
import type { Machine } from './machine.js'

/** The upgrade as the documentation of kubeadm has it, with the patches of the hardened configuration. */
export async function upgradeByHand(
  machine: Machine,
  kubectl: string,
  to: string,
  say: (line: string) => void,
): Promise<void> {
  const number = to.slice(1)
  install(machine, 'kubeadm', number)
  const started = Date.now()
  const apply = ['kubeadm', 'upgrade', 'apply', to, '--yes', '--patches', '/etc/kubernetes/patches', IGNORED]
  writeFileSync(path.join(machine.folder, 'upgrade.log'), machine.must(apply))
  say(`kubeadm upgrade apply ${to}: ${seconds(started)}`)
  machine.must([kubectl, '--kubeconfig', ADMIN, 'drain', NODE_NAME, '--ignore-daemonsets'])
  install(machine, 'kubelet', number)
  machine.must(['systemctl', 'daemon-reload'])
  machine.must(['systemctl', 'restart', 'kubelet'])
  machine.must([kubectl, '--kubeconfig', ADMIN, 'uncordon', NODE_NAME])
  await ready(machine, kubectl, to)
}

function install(machine: Machine, name: string, number: string): void {
  machine.must(['apt-mark', 'unhold', name])
  machine.must(['apt-get', 'install', '-y', `${name}=${number}-*`])
  machine.must(['apt-mark', 'hold', name])
}
