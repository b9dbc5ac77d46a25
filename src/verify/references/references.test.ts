import { describe, expect, it } from 'vitest'
import { RampartError } from '../../model/index.js'
import { parseManifest, writeManifest, type ReleaseManifest } from './manifest.js'
import { parseChecksums } from './parse-checksums.js'

const A = 'a'.repeat(64)
const B = 'b'.repeat(128)
const parse = (text: string, file = 'list'): unknown => parseChecksums({ file, text })

describe('lists of checksums', () => {
  const rows: [string, string, string, object[]][] = [
    [
      'a bare digest, as dl.k8s.io gives it',
      'kubelet.sha256',
      A,
      [{ name: 'kubelet', sha256: A, from: 'kubelet.sha256:1' }],
    ],
    [
      'with a line end and capitals',
      'x/kubectl.sha512',
      `${B.toUpperCase()}\r\n`,
      [{ name: 'kubectl', sha512: B, from: 'x/kubectl.sha512:1' }],
    ],
    [
      'GNU, both signs before the name',
      'SHA256SUMS',
      `${A}  kubelet\n${A} *bin/linux/arm64/kubeadm\n`,
      [
        { name: 'kubelet', sha256: A, from: 'SHA256SUMS:1' },
        { name: 'kubeadm', os: 'linux', architecture: 'arm64', sha256: A, from: 'SHA256SUMS:2' },
      ],
    ],
    ['BSD', 'SUMS', `SHA512 (kubelet) = ${B}\n`, [{ name: 'kubelet', sha512: B, from: 'SUMS:1' }]],
    [
      'two digests of one file are one entry',
      'SUMS',
      `# comment\n${A}  kubelet\n\nSHA512 (kubelet) = ${B}\n`,
      [{ name: 'kubelet', sha256: A, sha512: B, from: 'SUMS:2' }],
    ],
    [
      'a name with a line break',
      'SUMS',
      `\\${A}  odd\\nname\n${A}  b`,
      [
        { name: 'odd\nname', sha256: A, from: 'SUMS:1' },
        { name: 'b', sha256: A, from: 'SUMS:2' },
      ],
    ],
    [
      'a release of dl.k8s.io by path',
      'SUMS',
      `${A}  ./release/v1.36.2/bin/linux/amd64/kubelet\n${A}  x`,
      [
        {
          name: 'kubelet',
          version: 'v1.36.2',
          os: 'linux',
          architecture: 'amd64',
          sha256: A,
          from: 'SUMS:1',
        },
        { name: 'x', sha256: A, from: 'SUMS:2' },
      ],
    ],
    [
      'a Kubernetes CHANGELOG: digests with and without backticks, of the release above them',
      'CHANGELOG-1.36.md',
      `# v1.36.1\n\n## Downloads for v1.36.1\n\nfilename | sha512 hash\n-------- | -----------\n[kubernetes-server-linux-amd64.tar.gz](https://dl.k8s.io/v1.36.1/kubernetes-server-linux-amd64.tar.gz) | \`${B}\`\n\n# v1.36.0\n\n| [kubernetes.tar.gz](https://dl.k8s.io/v1.36.0/kubernetes.tar.gz) | ${B} |\n`,
      [
        {
          name: 'kubernetes-server-linux-amd64.tar.gz',
          version: 'v1.36.1',
          os: 'linux',
          architecture: 'amd64',
          sha512: B,
          from: 'CHANGELOG-1.36.md:7',
          covers: 'archive',
        },
        {
          name: 'kubernetes.tar.gz',
          version: 'v1.36.0',
          sha512: B,
          from: 'CHANGELOG-1.36.md:11',
          covers: 'archive',
        },
      ],
    ],
  ]
  it.each(rows)('%s', (_, file, text, expected) => {
    expect(parse(text, file)).toEqual({ files: expected, images: [] })
  })

  it('an SPDX document, as tags and as JSON', () => {
    const tags = `SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\n\nPackageName: registry.k8s.io/kube-apiserver-amd64:v1.36.2\nPackageChecksum: SHA256: ${A}\n\nFileName: bin/linux/amd64/kubelet\nFileChecksum: SHA1: ${'c'.repeat(40)}\nFileChecksum: SHA256: ${A}\nFileChecksum: SHA512: ${B}\n`
    const expected = {
      files: [
        { name: 'kubelet', os: 'linux', architecture: 'amd64', version: 'v1.36.2', sha256: A, sha512: B },
      ],
      images: [{ repository: 'registry.k8s.io/kube-apiserver-amd64', tag: 'v1.36.2', digest: `sha256:${A}` }],
    }
    expect(parse(tags, 'release.spdx')).toMatchObject(expected)
    const json = {
      spdxVersion: 'SPDX-2.3',
      files: [
        {
          fileName: 'bin/linux/amd64/kubelet',
          checksums: [
            { algorithm: 'SHA256', checksumValue: A },
            { algorithm: 'SHA512', checksumValue: B },
          ],
        },
      ],
      packages: [
        {
          name: 'registry.k8s.io/kube-apiserver-amd64:v1.36.2',
          checksums: [{ algorithm: 'SHA256', checksumValue: A }],
        },
      ],
    }
    expect(parse(JSON.stringify(json), 'release.spdx.json')).toMatchObject(expected)
  })

  it.each([
    ['', 'empty:1: it is empty'],
    ['<html>no</html>', 'empty:1: `<html>no</html>` is no line'],
    [`${A}  kubelet\n${A.slice(1)}  kubeadm`, 'empty:2: '],
    [`SHA512 (kubelet) = ${A}\n${A}  x`, 'empty:1: a checksum of 32 bytes is no SHA512'],
    ['SPDXVersion: SPDX-2.3\n', 'without any checksum'],
    ['{"spdxVersion": "SPDX-2.3"', 'not the JSON that it begins as'],
  ])('bad input names its place: %s', (text, message) => {
    expect(() => parse(text, 'empty')).toThrow(RampartError)
    expect(() => parse(text, 'empty')).toThrow(message)
  })

  it('a bare digest of another length than its name promises', () => {
    expect(() => parse(A, 'kubelet.sha512')).toThrow(
      'kubelet.sha512:1: it holds 32 bytes, where its name promises 64',
    )
  })
})

describe('a manifest', () => {
  const manifest: ReleaseManifest = {
    kind: 'RampartReleaseManifest',
    version: 1,
    release: 'v1.36.2',
    from: 'https://dl.k8s.io/release',
    collected: '2026-11-26T00:00:00.000Z',
    files: [
      {
        path: 'bin/linux/amd64/kubelet',
        sha256: A,
        sha512: B,
        signature: { kind: 'pair', signature: 's', certificate: 'c' },
      },
      { path: 'bin/linux/amd64/kubeadm', sha256: A, signature: { kind: 'none' } },
      { path: 'bin/linux/amd64/kubectl', sha512: B },
    ],
    images: [{ name: 'registry.k8s.io/kube-proxy-amd64:v1.36.2', digest: `sha256:${A}` }],
  }

  it('is read as it was written', () => {
    const { files, images } = parseManifest(writeManifest(manifest), 'm.json')
    expect(files).toMatchObject([
      {
        name: 'kubelet',
        version: 'v1.36.2',
        os: 'linux',
        architecture: 'amd64',
        sha256: A,
        sha512: B,
        signature: { kind: 'pair' },
      },
      { name: 'kubeadm', signature: { kind: 'absent' } },
      { name: 'kubectl', sha512: B },
    ])
    expect(files[2]?.signature).toBeUndefined()
    expect(images).toEqual([
      {
        repository: 'registry.k8s.io/kube-proxy-amd64',
        tag: 'v1.36.2',
        digest: `sha256:${A}`,
        from: 'm.json (registry.k8s.io/kube-proxy-amd64:v1.36.2)',
      },
    ])
  })

  it.each([
    [writeManifest(manifest).slice(0, 300), 'perhaps cut off'],
    ['[]', '`kind`'],
    [JSON.stringify({ ...manifest, version: 2 }), '`version` is 2'],
    [JSON.stringify({ ...manifest, release: undefined }), '`release` is missing'],
    [JSON.stringify({ ...manifest, files: [{}] }), '`files[0].path`'],
    [JSON.stringify({ ...manifest, files: [{ path: 'x' }] }), '`files[0]` has no checksum'],
    [JSON.stringify({ ...manifest, files: [{ path: 'x', sha256: A.toUpperCase() }] }), '`files[0].sha256`'],
    [
      JSON.stringify({ ...manifest, files: [{ path: 'x', sha256: A, signature: { kind: 'pair' } }] }),
      '`files[0].signature`',
    ],
    [JSON.stringify({ ...manifest, images: [{ name: 'x', digest: 'sha1:1' }] }), '`images[0]`'],
  ])('bad input names its place: %#', (text, message) => {
    expect(() => parseManifest(text, 'm.json')).toThrow(message)
  })
})
