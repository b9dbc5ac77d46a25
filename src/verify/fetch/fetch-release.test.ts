import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  publishedFile,
  startReleaseServer,
  type ReleaseServer,
  type Served,
} from '../../../test/kit/release-server.js'
import {
  sigstoreInstance,
  type PublishedSignature,
  type SigstoreInstance,
} from '../../../test/kit/sigstore-instance.js'
import { KUBERNETES_FILES } from '../sigstore/signed-by.js'
import { readTrustRoot } from '../sigstore/trust-root.js'
import { judgeBinary } from '../judge/judge-binary.js'
import { parseManifest, writeManifest } from '../references/manifest.js'
import { hashBinary } from '../binary/hash-binary.js'
import { fetchRelease, type FetchOptions } from './fetch-release.js'

const BYTES = Buffer.from('the bytes of a kubelet')
const AT = '/release/v1.36.2/bin/linux/amd64'

describe('collecting a release', () => {
  let instance: SigstoreInstance
  let signature: PublishedSignature
  let server: ReleaseServer | undefined
  beforeAll(async () => {
    instance = await sigstoreInstance()
    signature = await instance.sign(BYTES)
  })
  afterEach(async () => {
    await server?.close()
    server = undefined
  })

  const options = (more: Partial<FetchOptions> = {}): FetchOptions => ({
    release: 'v1.36.2',
    baseUrl: server?.baseUrl ?? '',
    architectures: ['amd64'],
    os: 'linux',
    names: ['kubelet'],
    timeoutMs: 5000,
    now: new Date(0),
    ...more,
  })
  const start = async (served: Served, log: readonly PublishedSignature[] = []): Promise<void> => {
    server = await startReleaseServer(
      served,
      log.map(({ entry }) => entry),
    )
  }
  /** What a kubelet of these bytes is by a manifest that went over the disk. */
  const judged = async (manifest: Parameters<typeof writeManifest>[0]): Promise<string> => {
    // eslint-disable-next-line @typescript-eslint/require-await -- files are streamed
    const stream = async function* (): AsyncGenerator<Buffer> {
      yield BYTES
    }
    const { files } = parseManifest(writeManifest(manifest), 'manifest.json')
    const candidate = {
      name: 'kubelet',
      project: 'kubernetes' as const,
      digests: await hashBinary({ stream }),
      named: false,
    }
    const basis = {
      references: files,
      policy: KUBERNETES_FILES,
      root: readTrustRoot(instance.root, 'root.json'),
    }
    return (await judgeBinary(candidate, stream, basis)).state
  }

  it('without the log: the signing time stays unproven; nothing but the named address is asked', async () => {
    await start(new Map(publishedFile(`${AT}/kubelet`, BYTES, signature)))
    const { manifest, missing, notes } = await fetchRelease(options())
    expect(await judged(manifest)).toBe('time-not-proven')
    expect({ missing, notes }).toEqual({ missing: [], notes: [] })
    expect([...(server?.asked ?? [])].sort()).toEqual(
      ['.cert', '.sha256', '.sha512', '.sig'].map((end) => `GET ${AT}/kubelet${end}`),
    )
  })

  it('with the log: verified offline', async () => {
    const others = await Promise.all(['a', 'b'].map(() => instance.sign(BYTES)))
    await start(new Map(publishedFile(`${AT}/kubelet`, BYTES, signature)), [...others, signature])
    const { manifest } = await fetchRelease(options({ rekorUrl: server?.url ?? '' }))
    expect(await judged(manifest)).toBe('verified')
  })

  it('a log without the entry is told', async () => {
    await start(new Map(publishedFile(`${AT}/kubelet`, BYTES, signature)), [await instance.sign(BYTES)])
    const { manifest, notes } = await fetchRelease(options({ rekorUrl: server?.url ?? '' }))
    expect(await judged(manifest)).toBe('time-not-proven')
    expect(notes).toEqual([expect.stringContaining('has no entry of its signature')])
  })

  it('a release without signatures, and a program that it does not have', async () => {
    await start(new Map(publishedFile(`${AT}/kubelet`, BYTES)))
    const { manifest, missing } = await fetchRelease(options({ names: ['kubelet', 'kube-dns'] }))
    expect(await judged(manifest)).toBe('unsigned')
    expect(missing).toEqual(['bin/linux/amd64/kube-dns'])
  })

  it('half a signature counts as none, and is told', async () => {
    const served = new Map(publishedFile(`${AT}/kubelet`, BYTES, signature))
    served.delete(`${AT}/kubelet.cert`)
    await start(served)
    const { manifest, notes } = await fetchRelease(options())
    expect(await judged(manifest)).toBe('unsigned')
    expect(notes).toEqual(['bin/linux/amd64/kubelet: .sig without .cert is published: counted as unsigned'])
  })

  it('images of the SBOM, from the host that is named for it', async () => {
    const sbom = `SPDXVersion: SPDX-2.3\nPackageName: registry.k8s.io/kube-proxy-amd64:v1.36.2\nPackageChecksum: SHA256: ${'d'.repeat(64)}\n`
    await start(new Map([...publishedFile(`${AT}/kubelet`, BYTES), ['/sbom/v1.36.2/release', sbom]]))
    const { manifest } = await fetchRelease(options({ sbomUrl: `${server?.url ?? ''}/sbom/` }))
    expect(manifest.images).toEqual([
      { name: 'registry.k8s.io/kube-proxy-amd64:v1.36.2', digest: `sha256:${'d'.repeat(64)}` },
    ])
  })

  it('a redirect to the same host is followed', async () => {
    const moved = publishedFile(`${AT}/kubelet`, BYTES).map(
      ([path]) => [path, { status: 302, location: `/cdn${path}` }] as const,
    )
    const files = publishedFile(`/cdn${AT}/kubelet`, BYTES)
    await start(new Map<string, string | { status: number; location: string }>([...moved, ...files]))
    expect(await judged((await fetchRelease(options())).manifest)).toBe('unsigned')
  })

  it('a redirect to another host is not', async () => {
    await start(
      new Map([[`${AT}/kubelet.sha256`, { status: 302, location: 'http://localhost:1/kubelet.sha256' }]]),
    )
    await expect(fetchRelease(options())).rejects.toThrow('sends on to localhost:1, which you did not name')
  })

  const failures: [string, Served, RegExp][] = [
    [
      'an unknown release',
      new Map(),
      /publishes no checksum of v1\.36\.2 for linux\/amd64: is the version right\?/,
    ],
    [
      'a page for people',
      new Map([[`${AT}/kubelet.sha256`, '<html>log in</html>']]),
      /gave `<html>log in<\/html>`, which is no checksum/,
    ],
    ['a server that fails', new Map([[`${AT}/kubelet.sha256`, { status: 503 }]]), /answered with status 503/],
    [
      'no certificate',
      new Map([
        ...publishedFile(`${AT}/kubelet`, BYTES),
        [`${AT}/kubelet.sig`, 'c2ln'],
        [`${AT}/kubelet.cert`, 'bm8='],
      ]),
      /kubelet\.cert gave no certificate/,
    ],
    [
      'far too much',
      new Map([[`${AT}/kubelet.sha256`, 'a'.repeat(100_000)]]),
      /it is larger than 65536 bytes/,
    ],
  ]
  it.each(failures)('%s', async (_, served, message) => {
    await start(served)
    await expect(fetchRelease(options())).rejects.toThrow(message)
  })

  it('a server that is not there', async () => {
    await expect(fetchRelease(options({ baseUrl: 'http://127.0.0.1:1/release' }))).rejects.toThrow(
      'gave no answer',
    )
  })

  it('a log that is none', async () => {
    await start(
      new Map<string, string>([
        ...publishedFile(`${AT}/kubelet`, BYTES, signature),
        ['/x/api/v1/index/retrieve', 'no'],
      ]),
    )
    await expect(fetchRelease(options({ rekorUrl: `${server?.url ?? ''}/x` }))).rejects.toThrow(
      'is it a Rekor server?',
    )
    await expect(fetchRelease(options({ rekorUrl: `${server?.url ?? ''}/y` }))).rejects.toThrow(
      'answered with status 404',
    )
  })
})
