import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { goProgram } from '../kit/go-program.js'
import { publishedFile, startReleaseServer, type ReleaseServer } from '../kit/release-server.js'
import { sigstoreInstance, type PublishedSignature, type SigstoreInstance } from '../kit/sigstore-instance.js'
import { rampart, rampartBeside } from './run-cli.js'

const KUBELET = goProgram({ version: 'v1.36.2' })
const AT = '/release/v1.36.2/bin/linux/amd64'

describe('rampart verify', () => {
  let folder: string
  let instance: SigstoreInstance
  let signature: PublishedSignature
  let server: ReleaseServer | undefined
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'rampart-verify-cli-'))
    instance = await sigstoreInstance()
    signature = await instance.sign(KUBELET)
    writeFileSync(path.join(folder, 'root.json'), instance.root)
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  afterEach(async () => {
    await server?.close()
    server = undefined
  })
  const file = (name: string, text: string | Buffer): string => {
    const place = path.join(folder, name)
    writeFileSync(place, text)
    return place
  }

  it('fetch, then offline with the manifest: verified; a byte changed: mismatch', async () => {
    server = await startReleaseServer(new Map(publishedFile(`${AT}/kubelet`, KUBELET, signature)), [
      signature.entry,
    ])
    const fetched = await rampartBeside([
      'verify',
      'fetch',
      '1.36.2',
      '--file',
      'kubelet',
      '--base-url',
      server.baseUrl,
      '--rekor-url',
      server.url,
      '--dir',
      folder,
    ])
    expect(fetched).toMatchObject({ code: 0, err: '' })
    expect(fetched.out).toContain('bin/linux/amd64/kubelet   sha256, sha512   signature with log entry')
    await server.close()
    server = undefined
    const manifest = path.join(folder, 'kubernetes-v1.36.2.json')
    const program = file('kubelet', KUBELET)
    const basis = ['--manifest', manifest, '--trust-root', path.join(folder, 'root.json')]
    const good = rampart(['verify', program, ...basis, '--require', 'signature'])
    expect(good.out).toMatch(
      /^verified: kubelet v1\.36\.2 amd64 .*\n {2}signed by krel-staging@k8s-releng-prod\.iam\.gserviceaccount\.com at 20/,
    )
    expect(good.code).toBe(0)
    const bad = rampart([
      'verify',
      file('kubelet', Buffer.concat([KUBELET, Buffer.from('x')])),
      ...basis,
      '-o',
      'json',
    ])
    expect(bad.code).toBe(1)
    expect(JSON.parse(bad.out)).toMatchObject({
      identity: 'krel-staging@k8s-releng-prod.iam.gserviceaccount.com',
      results: [{ name: 'kubelet', state: 'mismatch', fault: 'checksum', version: 'v1.36.2' }],
    })
    const foreign = rampart(['verify', file('kubelet', KUBELET), '--manifest', manifest])
    expect(foreign).toMatchObject({
      code: 1,
      out: expect.stringContaining('not of the authorities that are trusted'),
    })
  })

  it('a public signature is verified with the trust root that comes along', () => {
    const bundle = ['--bundle', 'test/fixtures/sigstore/sigstore-2.0.0.tgz.sigstore.json']
    const who = [
      '--identity',
      'https://github.com/sigstore/sigstore-js/.github/workflows/release.yml@refs/heads/main',
      '--issuer',
      'https://token.actions.githubusercontent.com',
    ]
    const run = rampart([
      'verify',
      'test/fixtures/sigstore/sigstore-2.0.0.tgz',
      ...bundle,
      ...who,
      '--require',
      'signature',
    ])
    expect(run).toMatchObject({ code: 0, out: expect.stringContaining('at 2023-08-18T16:05:35.000Z') })
    expect(rampart(['verify', 'test/fixtures/sigstore/sigstore-2.0.0.tgz', ...bundle])).toMatchObject({
      code: 1,
      out: expect.stringContaining(
        '`https://token.actions.githubusercontent.com` vouches for who signed, not `https://accounts.google.com`',
      ),
    })
  })

  it('exit codes: what is good enough, what cannot be told', () => {
    const program = file('kubelet', KUBELET)
    const sums = file('SHA256SUMS', `${createHash('sha256').update(KUBELET).digest('hex')}  kubelet\n`)
    expect(rampart(['verify', program, '--checksums', sums])).toMatchObject({
      code: 0,
      out: expect.stringContaining('verified by checksum only: kubelet v1.36.2'),
    })
    expect(rampart(['verify', program, '--checksums', sums, '--require', 'signature'])).toMatchObject({
      code: 1,
      out: expect.stringContaining('--require signature: 1 of 1 is not verified by a signature'),
    })
    const none = rampart(['verify', program])
    expect(none).toMatchObject({
      code: 3,
      out: expect.stringContaining('get it: rampart verify fetch v1.36.2 --arch amd64'),
    })
  })

  it.each([
    [['verify'], 2, 'nothing to verify'],
    [['verify', 'a', 'b', '--bundle', 'c'], 2, '--bundle belongs to one program'],
    [['verify', 'a', '--manifest', 'package.json'], 2, 'package.json:1'],
    [['verify', 'a', '--checksums', '/none'], 2, 'cannot read `/none`'],
    [['verify', 'a', '--trust-root', 'package.json'], 2, '`mediaType`'],
    [['verify', 'fetch', '1.36'], 2, 'whole version of Kubernetes'],
    [['verify', 'fetch', 'v1.36.2', '--file', '../../x'], 2, 'It must be a name that is published'],
    [['verify', 'fetch', 'v1.36.2', '--arch', 'amd64/..'], 2, 'It must be a name that is published'],
    [['verify', 'fetch', 'v1.36.2', '--os', ''], 2, 'It must be a name that is published'],
    [['verify', 'fetch', 'v1.36.2', '--base-url', 'dl.k8s.io'], 2, 'It must be an address'],
    [['verify', 'fetch', 'v1.36.2', '--base-url', 'http://127.0.0.1:1'], 3, 'gave no answer'],
  ])('%j', (args, code, message) => {
    const run = rampart(args)
    expect(run.err).toContain(message)
    expect(run.code).toBe(code)
  })

  it('a file that is no manifest is not written over', async () => {
    server = await startReleaseServer(new Map(publishedFile(`${AT}/kubelet`, KUBELET)))
    const target = file('kubernetes-v1.36.2.json', '{"mine": true}')
    const run = await rampartBeside([
      'verify',
      'fetch',
      'v1.36.2',
      '--file',
      'kubelet',
      '--base-url',
      server.baseUrl,
      '--dir',
      folder,
    ])
    expect(run).toMatchObject({ code: 2, err: expect.stringContaining('is there and is no manifest') })
    expect(readFileSync(target, 'utf8')).toBe('{"mine": true}')
  })
})
