import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Components } from '../../cluster/components.js'
import { rampart } from './rampart.js'

const SHAPES = [
  ['single'],
  ['stacked'],
  ['external', '--etcd-endpoint', 'https://10.0.0.5:2379', '--etcd-endpoint', 'https://10.0.0.6:2379'],
] as const
/** What later kubeadms say of the configuration that versions before 1.31 read. */
const OLD_API = /^W.* your configuration file uses a deprecated API spec: "kubeadm\.k8s\.io\/v1beta3"/

/** Asks the real kubeadm of each version whether it takes what Rampart writes for each topology; gives the line about it. */
export function validateConfigurations(folder: string, versions: readonly Components[]): string {
  let asked = 0
  for (const components of versions) {
    const own = components.version('kubelet')
    for (const [topology, ...more] of SHAPES) {
      for (const join of ['token', 'file']) {
        asked += validate(components, own, path.join(folder, `config-${own}-${topology}-${join}`), [
          ...['--topology', topology, '--join', join, ...more],
        ])
      }
      // No kubeadm of before 1.31 is built here; later ones read its configuration too, of a version that they can install.
      asked += validate(components, 'v1.30.14', path.join(folder, `config-old-${own}-${topology}`), [
        ...['--topology', topology, ...more],
      ])
    }
  }
  return `kubeadm config validate: ${asked} of ${asked} files are taken by ${versions.map(({ version }) => version('kubelet')).join(' and ')}`
}

function validate(
  { program, version }: Components,
  of: string,
  out: string,
  args: readonly string[],
): number {
  rampart(
    ...['kubeadm', 'config', '--hardened', '--kubernetes-version', of],
    ...['--control-plane-endpoint', 'api.example.org:6443', '--advertise-address', '10.0.0.1'],
    ...[...args, '--out', out],
  )
  const below = path.join(out, 'etc/kubernetes/kubeadm')
  const discovery = path.join(out, 'discovery.conf')
  writeFileSync(discovery, '')
  const names = readdirSync(below)
  for (const name of names) {
    const file = path.join(below, name)
    const text = readFileSync(file, 'utf8')
      .replace('/etc/kubernetes/kubeadm/discovery.conf', discovery)
      .replace(/^kubernetesVersion: .*$/m, `kubernetesVersion: ${version('kubelet')}`)
    writeFileSync(file, text)
    const { status, stderr } = spawnSync(program, ['kubeadm', 'config', 'validate', '--config', file], {
      encoding: 'utf8',
    })
    // A field that kubeadm does not know is a warning, and has no effect.
    const said = stderr.split('\n').filter((line) => line !== '' && !OLD_API.test(line))
    if (status !== 0 || said.length > 0)
      throw new Error(
        `kubeadm ${version('kubelet')} does not take ${path.relative(out, file)} of ${of} (${args.join(' ')}):\n${said.join('\n')}`,
      )
  }
  return names.length
}
