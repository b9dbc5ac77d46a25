import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  cpSync,
  createReadStream,
  linkSync,
  mkdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'

/** The prefix of all images; there is no registry of this name. */
export const REPOSITORY = 'rampart.test'

const CONTROL_PLANE = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kube-proxy', 'etcd']
const IPTABLES = [
  'iptables',
  'iptables-save',
  'iptables-restore',
  'ip6tables',
  'ip6tables-save',
  'ip6tables-restore',
]
/** kubeadm's health check runs it with `-v`, which prints a version and ends. */
const PAUSE = ['sh', '-c', `[ "$0" = -v ] && exit 0; trap 'exit 0' TERM INT; sleep 2147483647 & wait`]
/** Stands for CoreDNS, which is not built here: it answers the probes of its Deployment, and no questions of names. */
const STAND_IN_FOR_COREDNS = [
  'sh',
  '-c',
  'mkdir -p /dev/shm/w && cd /dev/shm/w && echo OK >health && echo OK >ready && httpd -p 8181 -h . && exec httpd -f -p 8080 -h .',
]
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' }

/**
 * Makes an archive, as `docker save` writes it, of the images that kubeadm names (`rampart.test/etcd:3.6.8-0`), from the
 * program that is every component: one layer, and one configuration an image. Gives its path.
 */
export async function makeControlPlaneImages(
  folder: string,
  program: string,
  names: readonly string[],
): Promise<string> {
  const root = path.join(folder, 'rootfs')
  fillRoot(root, program)
  const archive = path.join(folder, 'archive')
  mkdirSync(archive, { recursive: true })
  tar(path.join(archive, 'layer.tar'), root, ['.'])
  const digest = await sha256(path.join(archive, 'layer.tar'))
  const manifest = names.map((tag, index) => {
    const config = {
      architecture: ARCHITECTURES[process.arch] ?? process.arch,
      os: 'linux',
      config: { Env: ['PATH=/usr/local/bin:/usr/sbin:/bin'], WorkingDir: '/', ...entryOf(tag) },
      rootfs: { type: 'layers', diff_ids: [`sha256:${digest}`] },
      history: [{ created: '1970-01-01T00:00:00Z' }],
    }
    writeFileSync(path.join(archive, `${index}.json`), JSON.stringify(config))
    return { Config: `${index}.json`, RepoTags: [tag], Layers: ['layer.tar'] }
  })
  writeFileSync(path.join(archive, 'manifest.json'), JSON.stringify(manifest))
  const configs = names.map((_, index) => `${index}.json`)
  const whole = path.join(folder, 'images.tar')
  tar(whole, archive, [...configs, 'layer.tar', 'manifest.json'])
  rmSync(archive, { recursive: true })
  rmSync(root, { recursive: true })
  return whole
}

function entryOf(tag: string): { Entrypoint?: string[]; Cmd?: string[] } {
  const name = tag.slice(REPOSITORY.length + 1).split(':')[0] ?? ''
  if (name === 'pause') return { Entrypoint: PAUSE }
  if (name === 'coredns') return { Entrypoint: STAND_IN_FOR_COREDNS }
  if (CONTROL_PLANE.includes(name)) return { Cmd: [name] }
  throw new Error(`kubeadm asks for an image that is not made here: ${tag}`)
}

/** busybox, the components by their names, and iptables of this machine with its libraries, for kube-proxy. */
function fillRoot(root: string, program: string): void {
  for (const name of ['bin', 'etc', 'tmp', 'run', 'usr/local/bin', 'usr/sbin'])
    mkdirSync(path.join(root, name), { recursive: true, mode: 0o755 })
  copyFileSync('/bin/busybox', path.join(root, 'bin', 'busybox'))
  for (const name of execFileSync('/bin/busybox', ['--list'], { encoding: 'utf8' }).trim().split('\n'))
    if (name !== 'busybox') symlinkSync('busybox', path.join(root, 'bin', name))
  writeFileSync(
    path.join(root, 'etc', 'passwd'),
    'root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n',
  )
  const bin = path.join(root, 'usr/local/bin')
  linkOrCopy(program, path.join(bin, 'components'))
  // The image of etcd has them too, and a snapshot is taken in its pod.
  for (const name of [...CONTROL_PLANE, 'etcdctl', 'etcdutl']) symlinkSync('components', path.join(bin, name))
  const iptables = realpathSync('/usr/sbin/iptables')
  copyFileSync(iptables, path.join(root, 'usr/sbin', path.basename(iptables)))
  for (const name of IPTABLES) symlinkSync(path.basename(iptables), path.join(root, 'usr/sbin', name))
  const libraries = execFileSync('ldd', [iptables], { encoding: 'utf8' }).match(/\/\S+/g) ?? []
  for (const library of libraries) copyInto(root, library)
  const extensions = libraries
    .map((library) => path.join(path.dirname(realpathSync(library)), 'xtables'))
    .find((each) => each.includes('linux-gnu'))
  if (extensions !== undefined) cpSync(extensions, path.join(root, extensions), { recursive: true })
}

function copyInto(root: string, file: string): void {
  mkdirSync(path.join(root, path.dirname(file)), { recursive: true })
  copyFileSync(file, path.join(root, file))
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    copyFileSync(from, to)
  }
}

function tar(archive: string, from: string, names: readonly string[]): void {
  execFileSync('tar', ['--owner=0', '--group=0', '-cf', archive, '-C', from, ...names])
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
