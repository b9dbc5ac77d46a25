import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  GOOGLE,
  KREL,
  sigstoreInstance,
  type PublishedSignature,
  type SigstoreInstance,
} from '../../../test/kit/sigstore-instance.js'
import { KUBERNETES_FILES, type SignerPolicy } from './signed-by.js'
import { publishedTrustRoot, readTrustRoot, type TrustRoot } from './trust-root.js'
import { verifySignature, type SignedFile } from './verify-signature.js'

const signed = (bytes: Buffer): SignedFile => ({
  sha256: createHash('sha256').update(bytes).digest('hex'),
  sha512: createHash('sha512').update(bytes).digest('hex'),
  // eslint-disable-next-line @typescript-eslint/require-await -- files are streamed
  async *stream() {
    for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7)
  },
})

const fixture = (name: string): Buffer => readFileSync(`test/fixtures/sigstore/${name}`)
const json = (name: string): unknown => JSON.parse(fixture(name).toString('utf8'))
const ask = (bundle: unknown, bytes: Buffer, policy: SignerPolicy, root: TrustRoot) =>
  verifySignature({ kind: 'bundle', bundle, from: 'test' }, signed(bytes), policy, root)

describe("signatures that Sigstore's public instance made", () => {
  const root = publishedTrustRoot()
  const BEACON = {
    identity:
      'https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main',
    issuer: 'https://token.actions.githubusercontent.com',
  }
  const SIGSTORE_JS = {
    identity: 'https://github.com/sigstore/sigstore-js/.github/workflows/release.yml@refs/heads/main',
    issuer: 'https://token.actions.githubusercontent.com',
  }

  it('a bundle of a file is verified, with the time of the log', async () => {
    expect(await ask(json('a.txt.sigstore'), fixture('a.txt'), BEACON, root)).toEqual({
      kind: 'verified',
      signer: { ...BEACON, signedAt: 1686853273 },
    })
  })

  it("the provenance that npm publishes for a package is verified for the package's bytes", async () => {
    const bundle = json('sigstore-2.0.0.tgz.sigstore.json')
    expect(await ask(bundle, fixture('sigstore-2.0.0.tgz'), SIGSTORE_JS, root)).toEqual({
      kind: 'verified',
      signer: { ...SIGSTORE_JS, signedAt: 1692374735 },
    })
    expect(await ask(bundle, fixture('a.txt'), SIGSTORE_JS, root)).toMatchObject({
      kind: 'fault',
      fault: 'other-bytes',
    })
  })

  it('.sig and .cert alone are never verified', async () => {
    const pair = {
      kind: 'pair' as const,
      signature: fixture('a.txt.sig').toString(),
      certificate: fixture('a.txt.cert').toString(),
      from: 'a.txt.sig',
    }
    const answer = await verifySignature(pair, signed(fixture('a.txt')), BEACON, root)
    expect(answer).toEqual({
      kind: 'time-not-proven',
      signer: BEACON,
      why: 'a signature and its certificate alone do not say when it was signed',
    })
    const packed = { ...pair, certificate: Buffer.from(pair.certificate).toString('base64') }
    expect(await verifySignature(packed, signed(fixture('a.txt')), BEACON, root)).toEqual(answer)
    const other = await verifySignature(pair, signed(Buffer.from('other')), BEACON, root)
    expect(other).toMatchObject({ kind: 'fault', fault: 'other-bytes' })
  })

  it('are not signatures of Kubernetes', async () => {
    expect(await ask(json('a.txt.sigstore'), fixture('a.txt'), KUBERNETES_FILES, root)).toMatchObject({
      kind: 'fault',
      fault: 'wrong-issuer',
    })
  })
})

describe('what can be wrong with a signature', () => {
  const BYTES = Buffer.from('the bytes of a kubelet')
  let instance: SigstoreInstance
  let root: TrustRoot
  let good: PublishedSignature

  beforeAll(async () => {
    instance = await sigstoreInstance()
    root = readTrustRoot(instance.root, 'root.json')
    good = await instance.sign(BYTES)
  })

  it('a good bundle is verified, in each of its forms', async () => {
    const verified = { kind: 'verified', signer: { identity: KREL, issuer: GOOGLE } }
    expect(await ask(good.bundle, BYTES, KUBERNETES_FILES, root)).toMatchObject(verified)
    const [entry] = Object.values(good.entry)
    const rekorBundle = {
      SignedEntryTimestamp: entry?.verification.signedEntryTimestamp,
      Payload: {
        body: entry?.body,
        integratedTime: entry?.integratedTime,
        logIndex: entry?.logIndex,
        logID: entry?.logID,
      },
    }
    const cosign = {
      base64Signature: good.signature,
      cert: Buffer.from(good.certificate).toString('base64'),
      rekorBundle,
    }
    expect(await ask(cosign, BYTES, KUBERNETES_FILES, root)).toMatchObject(verified)
    expect(await ask(rekorBundle, BYTES, KUBERNETES_FILES, root)).toMatchObject(verified)
  })

  interface Row {
    readonly name: string
    readonly bytes?: Buffer
    readonly policy?: SignerPolicy
    readonly bundle?: () => Promise<unknown>
    readonly expected: object
  }
  const changed = (change: (bundle: PublishedSignature['bundle']) => void) => (): Promise<unknown> => {
    const copy = structuredClone(good.bundle)
    change(copy)
    return Promise.resolve(copy)
  }
  const rows: Row[] = [
    {
      name: 'a tampered byte',
      bytes: Buffer.from('the bytes of a kubelEt'),
      expected: { fault: 'other-bytes' },
    },
    {
      name: "a tampered byte, and the bundle's digest made to fit",
      bytes: Buffer.from('the bytes of a kubelEt'),
      bundle: changed(({ messageSignature }) => {
        messageSignature.messageDigest.digest = createHash('sha256')
          .update('the bytes of a kubelEt')
          .digest('base64')
      }),
      expected: { kind: 'fault' },
    },
    {
      name: 'another identity',
      bundle: async () => (await instance.sign(BYTES, { identity: 'someone@example.com' })).bundle,
      expected: { fault: 'wrong-identity', signer: { identity: 'someone@example.com' } },
    },
    {
      name: 'an identity that only contains the expected one',
      bundle: async () => (await instance.sign(BYTES, { identity: `${KREL}.example.com` })).bundle,
      expected: { fault: 'wrong-identity' },
    },
    {
      name: 'an identity that the expected one as a pattern would fit',
      bundle: async () => (await instance.sign(BYTES, { identity: KREL.replaceAll('.', 'x') })).bundle,
      expected: { fault: 'wrong-identity' },
    },
    {
      name: 'another issuer',
      bundle: async () => (await instance.sign(BYTES, { issuer: 'https://github.com/login/oauth' })).bundle,
      expected: { fault: 'wrong-issuer', signer: { issuer: 'https://github.com/login/oauth' } },
    },
    {
      name: 'a certificate of another instance',
      bundle: async () => (await (await sigstoreInstance()).sign(BYTES)).bundle,
      expected: { fault: 'foreign-certificate' },
    },
    {
      name: 'a certificate that had ended when it was signed',
      bundle: async () => (await instance.sign(BYTES, { minutesLater: 20 })).bundle,
      expected: { fault: 'expired-certificate' },
    },
    {
      name: 'a promise of another entry',
      bundle: async () => {
        const other = await instance.sign(Buffer.from('other'))
        return changed(({ verificationMaterial: { tlogEntries } }) => {
          const [entry] = tlogEntries
          if (entry)
            entry.inclusionPromise = other.bundle.verificationMaterial.tlogEntries[0]?.inclusionPromise
        })()
      },
      expected: { fault: 'log-entry' },
    },
    {
      name: "the log's entry of another file",
      bundle: async () => {
        const other = await instance.sign(Buffer.from('other'))
        return changed(({ verificationMaterial }) => {
          verificationMaterial.tlogEntries = other.bundle.verificationMaterial.tlogEntries
        })()
      },
      expected: { fault: 'log-entry' },
    },
    {
      name: 'no signed time',
      bundle: changed(({ verificationMaterial: { tlogEntries } }) => {
        delete tlogEntries[0]?.inclusionPromise
      }),
      expected: { kind: 'time-not-proven' },
    },
    {
      name: 'no entry of the log',
      bundle: changed(({ verificationMaterial }) => {
        verificationMaterial.tlogEntries = []
      }),
      expected: { kind: 'time-not-proven' },
    },
    {
      name: 'no signature',
      bundle: changed(({ messageSignature }) => {
        messageSignature.signature = ''
      }),
      expected: { fault: 'damaged-bundle' },
    },
    {
      name: 'half a certificate',
      bundle: changed(({ verificationMaterial: { certificate } }) => {
        certificate.rawBytes = certificate.rawBytes.slice(0, 400)
      }),
      expected: { fault: 'damaged-bundle' },
    },
    {
      name: 'a public key',
      bundle: changed((bundle) => {
        Object.assign(bundle.verificationMaterial, { certificate: undefined, publicKey: { hint: 'key' } })
      }),
      expected: { fault: 'unsupported-key' },
    },
    {
      name: 'a bundle that is cut off',
      bundle: () => Promise.resolve(JSON.stringify(good.bundle).slice(0, 900)),
      expected: { fault: 'damaged-bundle', why: 'it is cut off: its JSON does not end' },
    },
    { name: 'a list', bundle: () => Promise.resolve([]), expected: { fault: 'damaged-bundle' } },
    { name: 'an empty object', bundle: () => Promise.resolve({}), expected: { fault: 'damaged-bundle' } },
    {
      name: "cosign's form without an entry",
      bundle: () =>
        Promise.resolve({
          base64Signature: good.signature,
          cert: '',
          rekorBundle: { SignedEntryTimestamp: '', Payload: {} },
        }),
      expected: { fault: 'damaged-bundle' },
    },
  ]

  it.each(rows)('$name', async ({ bytes = BYTES, policy = KUBERNETES_FILES, bundle, expected }) => {
    const given = bundle === undefined ? good.bundle : await bundle()
    const answer = await ask(given, bytes, policy, root)
    expect(answer.kind).not.toBe('verified')
    expect(answer).toMatchObject(expected)
  })

  it('a signature of the public instance is foreign to the root of another one', async () => {
    expect(await ask(json('a.txt.sigstore'), fixture('a.txt'), KUBERNETES_FILES, root)).toMatchObject({
      fault: 'foreign-certificate',
    })
  })

  it.each([
    ['{', /not JSON/],
    ['{}', /mediaType/],
    [
      JSON.stringify({ mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1' }),
      /no certificate authority/,
    ],
  ])('a trust root that is none: %s', (text, message) => {
    expect(() => readTrustRoot(text, 'root.json')).toThrow(message)
  })
})
