import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { goProgram } from '../../test/kit/go-program.js'
import { diskFs, readEstate } from '../sources/index.js'
import { KUBERNETES_FILES } from './sigstore/signed-by.js'
import { publishedTrustRoot } from './sigstore/trust-root.js'
import { verifyPlatform, type VerifyEntry, type VerifyOptions } from './verify-platform.js'

const KUBELET = goProgram({ version: 'v1.36.2' })
const hex = (algorithm: string, bytes: Buffer): string => createHash(algorithm).update(bytes).digest('hex')

describe('a host root folder', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'rampart-verify-'))
    put('/etc/os-release', 'ID=debian\n')
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  function put(place: string, bytes: string | Buffer): void {
    mkdirSync(path.dirname(path.join(root, place)), { recursive: true })
    writeFileSync(path.join(root, place), bytes)
  }
  async function verify(more: Partial<VerifyOptions> = {}): Promise<VerifyEntry[]> {
    const { hosts, objects } = await readEstate({ hostRoots: [root] })
    return verifyPlatform({
      files: [],
      hosts: hosts.map((host) => ({ host, fs: diskFs(host.root) })),
      objects,
      references: { files: [], images: [] },
      policy: KUBERNETES_FILES,
      root: publishedTrustRoot(),
      ...more,
    })
  }
  const reference = {
    name: 'kubelet',
    version: 'v1.36.2',
    sha256: hex('sha256', KUBELET),
    sha512: hex('sha512', KUBELET),
    from: 'list',
  }

  it('programs are found by path, once for all their names, and compared', async () => {
    put('/usr/local/bin/kubelet', KUBELET)
    mkdirSync(path.join(root, 'usr/bin'), { recursive: true })
    symlinkSync('/usr/local/bin/kubelet', path.join(root, 'usr/bin/kubelet'))
    put('/opt/bin/kubeadm', goProgram({ version: 'v1.36.2', tail: 'x' }))
    put('/usr/bin/kubectl', '#!/bin/sh\n')
    const entries = await verify({
      references: {
        files: [
          reference,
          { ...reference, name: 'kubeadm', sha256: 'e'.repeat(64), sha512: 'f'.repeat(128) },
        ],
        images: [],
      },
    })
    expect(entries.map(({ name, place, state, version }) => ({ name, place, state, version }))).toEqual([
      { name: 'kubeadm', place: '/opt/bin/kubeadm', state: 'mismatch', version: 'v1.36.2' },
      { name: 'kubectl', place: '/usr/bin/kubectl', state: 'unknown-version', version: undefined },
      { name: 'kubelet', place: '/usr/local/bin/kubelet', state: 'checksum-only', version: 'v1.36.2' },
    ])
  })

  it('a link out of the root leads nowhere', async () => {
    put('/usr/bin/runc', 'inside')
    symlinkSync('/../../../../../../../../bin/ls', path.join(root, 'usr/bin/kubelet'))
    expect((await verify()).map(({ name }) => name)).toEqual(['runc'])
  })

  it('what dpkg wrote down is weaker evidence when it fits, and a mismatch when it does not', async () => {
    put(
      '/usr/bin/containerd',
      goProgram({ version: '1.6.20~ds1', path: 'github.com/containerd/containerd/cmd/containerd' }),
    )
    put('/usr/sbin/runc', 'changed')
    const containerd = goProgram({
      version: '1.6.20~ds1',
      path: 'github.com/containerd/containerd/cmd/containerd',
    })
    put('/var/lib/dpkg/info/containerd.md5sums', `${hex('md5', containerd)}  usr/bin/containerd\n`)
    put('/var/lib/dpkg/info/runc:amd64.md5sums', `${'0'.repeat(32)}  usr/sbin/runc\n`)
    put(
      '/var/lib/dpkg/status',
      'Package: containerd\nVersion: 1.6.20~ds1-1\n\nPackage: runc\nVersion: 1.1.5\n',
    )
    expect(await verify()).toMatchObject([
      {
        name: 'containerd',
        state: 'no-reference',
        version: '1.6.20~ds1',
        package: { version: '1.6.20~ds1-1', fits: true },
        reason: expect.stringContaining('Weaker evidence'),
      },
      { name: 'runc', state: 'mismatch', fault: 'package-list', package: { package: 'runc', fits: false } },
    ])
  })

  it('a process of a copy is no file', async () => {
    put('/proc/812/cmdline', 'kubelet\0--config=/x\0')
    put('/proc/812/status', 'Name:\tkubelet\nNSpid:\t812\n')
    symlinkSync('/usr/bin/kubelet (deleted)', path.join(root, 'proc/812/exe'))
    expect(await verify()).toMatchObject([
      {
        name: 'kubelet',
        place: '/usr/bin/kubelet',
        state: 'not-checked',
        processes: [{ pid: 812, replaced: true }],
      },
    ])
  })

  it('a named file is compared with what stands beside it', async () => {
    put('/kubelet', KUBELET)
    put('/kubelet.sha256', hex('sha256', KUBELET))
    const file = path.join(root, 'kubelet')
    expect(await verify({ files: [file], hosts: [], objects: [] })).toMatchObject([
      { state: 'checksum-only', version: 'v1.36.2' },
    ])
    put('/kubelet.sha512', 'f'.repeat(128))
    expect(await verify({ files: [file], hosts: [], objects: [] })).toMatchObject([
      { state: 'mismatch', fault: 'contradicting-checksums' },
    ])
    put('/kubelet.sha256', 'e'.repeat(64))
    expect(await verify({ files: [file], hosts: [], objects: [] })).toMatchObject([
      { state: 'mismatch', fault: 'checksum' },
    ])
    expect(await verify({ files: [path.join(root, 'none')], hosts: [], objects: [] })).toMatchObject([
      { state: 'not-checked' },
    ])
  })

  it('a version is asked of a program of this machine alone, and only when the user says so', async () => {
    put('/kubectl', '#!/bin/sh\necho "Client Version: v1.36.2"\n')
    chmodSync(path.join(root, 'kubectl'), 0o755)
    const files = [path.join(root, 'kubectl')]
    expect(await verify({ files, hosts: [], objects: [] })).toMatchObject([{ state: 'unknown-version' }])
    expect(await verify({ files, hosts: [], objects: [], askVersion: true })).toMatchObject([
      { state: 'no-reference', version: 'v1.36.2', command: 'rampart verify fetch v1.36.2' },
    ])
  })
})
