import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ClusterUnavailable } from '../cluster/start-cluster.js'
import { provideComponents } from '../cluster/components.js'
import { rampart } from '../cli/run-cli.js'

interface Entry {
  readonly name: string
  readonly place: string
  readonly version?: string
  readonly architecture?: string
  readonly sha256?: string
  readonly sha512?: string
  readonly state: string
  readonly processes?: readonly { readonly pid: number; readonly replaced: boolean }[]
}

/** What each program of this machine prints of itself; the first word with a dot and a digit is its version. */
const PEERS: readonly [path: string, args: readonly string[]][] = [
  ['/usr/bin/containerd', ['--version']],
  ['/usr/sbin/dockerd', ['--version']],
  ['/usr/sbin/runc', ['--version']],
  ['/usr/bin/docker', ['--version']],
]
const here = PEERS.filter(([program]) => existsSync(program))
for (const [program] of PEERS)
  if (!existsSync(program)) console.warn(`verify.test.ts: ${program} is not here`)
const KUBECTL = process.env['KUBECTL']
if (KUBECTL === undefined) console.warn('verify.test.ts: no kubectl here')

const firstVersion = (text: string): string => /v?\d+\.\d+\.\d+[\w.+~-]*/.exec(text)?.[0] ?? ''
const resultsOf = (args: readonly string[]): Entry[] =>
  (JSON.parse(rampart([...args, '-o', 'json']).out) as { results: Entry[] }).results

describe('the programs of this machine', () => {
  let entries: Entry[] = []
  let folder = ''
  let running: ChildProcess | undefined
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'rampart-e2e-verify-'))
    // A kubelet whose file is replaced while it runs: its process goes on with the old one.
    const program = path.join(folder, 'kubelet')
    copyFileSync('/bin/sleep', program)
    running = spawn(program, ['600'], { stdio: 'ignore' })
    rmSync(program)
    writeFileSync(program, 'another program')
    entries = resultsOf(['verify', '--host'])
  })
  afterAll(() => {
    running?.kill()
    rmSync(folder, { recursive: true, force: true })
  })

  it.each(here)('%s: the version that it prints, read without running it', (program, args) => {
    const entry = entries.find(({ place }) => place === program)
    expect(entry?.version).toBe(firstVersion(execFileSync(program, [...args], { encoding: 'utf8' })))
    const bytes = readFileSync(program)
    expect(entry?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    expect(entry?.sha512).toBe(createHash('sha512').update(bytes).digest('hex'))
    // Debian builds its own: nothing upstream is compared with them.
    expect(entry?.state).toBe('no-reference')
  })

  it('a running program whose file was replaced is hashed as it runs', () => {
    const entry = entries.find(({ processes }) => processes?.some(({ pid }) => pid === running?.pid))
    expect(entry).toMatchObject({
      name: 'kubelet',
      place: path.join(folder, 'kubelet'),
      sha256: createHash('sha256').update(readFileSync('/bin/sleep')).digest('hex'),
      processes: [{ pid: running?.pid, replaced: true }],
    })
  })

  it.skipIf(KUBECTL === undefined)(
    'kubectl as it is published: its own version, and the checksum that sha256sum writes',
    () => {
      const kubectl = path.join(folder, 'kubectl')
      copyFileSync(realpathSync(KUBECTL ?? ''), kubectl)
      const said = JSON.parse(
        execFileSync(KUBECTL ?? '', ['version', '--client', '-o', 'json'], { encoding: 'utf8' }),
      ) as { clientVersion: { gitVersion: string; platform: string } }
      writeFileSync(path.join(folder, 'SHA256SUMS'), execFileSync('sha256sum', ['kubectl'], { cwd: folder }))
      const [entry] = resultsOf(['verify', kubectl, '--checksums', path.join(folder, 'SHA256SUMS')])
      expect(entry).toMatchObject({ state: 'checksum-only', version: said.clientVersion.gitVersion })
      expect(`linux/${entry?.architecture ?? ''}`).toBe(said.clientVersion.platform)
    },
  )
})

describe('the certificates that kubeadm makes', () => {
  const PHASES = ['certs all', 'kubeconfig all', 'control-plane all', 'etcd local']
  let root = ''
  let absent: string | undefined
  beforeAll(async () => {
    if (process.getuid?.() !== 0) {
      absent = 'only root may change the root folder of kubeadm'
      return
    }
    try {
      const { program } = await provideComponents((line) => console.error(line))
      root = mkdtempSync(path.join(tmpdir(), 'rampart-e2e-certs-'))
      for (const folder of ['etc/kubernetes', 'usr/bin', 'var/lib/kubelet', 'tmp', 'dev'])
        mkdirSync(path.join(root, folder), { recursive: true })
      copyFileSync(program, path.join(root, 'usr/bin/kubeadm'))
      writeFileSync(path.join(root, 'kubeadm.yaml'), CONFIGURATION)
      writeFileSync(path.join(root, 'var/lib/kubelet/config.yaml'), KUBELET)
      for (const phase of PHASES)
        await promisify(execFile)('chroot', [
          root,
          '/usr/bin/kubeadm',
          'init',
          'phase',
          ...phase.split(' '),
          '--config',
          '/kubeadm.yaml',
        ])
      rmSync(path.join(root, 'usr/bin/kubeadm'))
    } catch (error) {
      if (!(error instanceof ClusterUnavailable)) throw error
      absent = error.message
    }
    if (absent !== undefined) console.warn(`the certificates of kubeadm are not looked at: ${absent}`)
  }, 600_000)
  afterAll(() => {
    if (root !== '') rmSync(root, { recursive: true, force: true })
  })

  interface Certificate {
    readonly place: string
    readonly kind: string
    readonly usedBy: readonly { readonly by: string; readonly as: string }[]
    readonly chain: { readonly kind: string }
    readonly faults: readonly { readonly kind: string }[]
    readonly key?: { readonly fits: boolean }
  }
  const read = (): Certificate[] =>
    (JSON.parse(rampart(['certs', '--host-root', root, '-o', 'json']).out) as { certificates: Certificate[] })
      .certificates

  it('are all found, used, accepted, and their own', ({ skip }) => {
    if (absent !== undefined) skip(absent)
    const certificates = read()
    const leaves = certificates.filter(({ kind }) => kind === 'certificate')
    expect(certificates.flatMap(({ faults }) => faults)).toEqual([])
    expect(leaves).toHaveLength(12)
    expect(leaves.filter(({ key }) => key?.fits !== true)).toEqual([])
    // The client for etcd's health is used by hand alone.
    expect(leaves.filter(({ chain }) => chain.kind !== 'fits').map(({ place }) => place)).toEqual([
      '/etc/kubernetes/pki/etcd/healthcheck-client.crt',
    ])
  })

  it('are told as kubeadm tells them when one is swapped for another', ({ skip }) => {
    if (absent !== undefined) skip(absent)
    const pki = path.join(root, 'etc/kubernetes/pki')
    copyFileSync(path.join(pki, 'apiserver.crt'), path.join(pki, 'apiserver-etcd-client.crt'))
    const swapped = read().find(({ place }) => place.endsWith('/apiserver-etcd-client.crt'))
    expect(swapped?.faults.map(({ kind }) => kind)).toEqual(['use', 'chain', 'key'])
  })
})

const CONFIGURATION = `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint: {advertiseAddress: 10.0.0.1, bindPort: 6443}
nodeRegistration: {name: cp-1, criSocket: unix:///run/containerd/containerd.sock}
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.36.3
controlPlaneEndpoint: api.example.com:6443
`

const KUBELET = `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication:
  x509:
    clientCAFile: /etc/kubernetes/pki/ca.crt
`
