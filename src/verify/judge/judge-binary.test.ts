import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  sigstoreInstance,
  type PublishedSignature,
  type SigstoreInstance,
} from '../../../test/kit/sigstore-instance.js'
import type { Digests } from '../binary/hash-binary.js'
import type { Reference } from '../references/reference.js'
import { KUBERNETES_FILES } from '../sigstore/signed-by.js'
import { readTrustRoot, type TrustRoot } from '../sigstore/trust-root.js'
import { judgeBinary } from './judge-binary.js'
import type { Candidate } from './match-reference.js'

const digestsOf = (text: string): Digests => ({
  sha256: createHash('sha256').update(text).digest('hex'),
  sha512: createHash('sha512').update(text).digest('hex'),
})
const KUBELET = digestsOf('kubelet')
const KUBEADM = digestsOf('kubeadm')
const TAMPERED = digestsOf('kubelEt')

const kubelet = (more: Partial<Candidate> = {}): Candidate => ({
  name: 'kubelet',
  project: 'kubernetes',
  digests: KUBELET,
  version: 'v1.36.2',
  architecture: 'amd64',
  os: 'linux',
  named: false,
  ...more,
})
const published = (more: Partial<Reference> = {}): Reference => ({
  name: 'kubelet',
  version: 'v1.36.2',
  os: 'linux',
  architecture: 'amd64',
  sha256: KUBELET.sha256,
  sha512: KUBELET.sha512,
  from: 'manifest',
  ...more,
})

describe('the states of a program', () => {
  let instance: SigstoreInstance
  let root: TrustRoot
  let good: PublishedSignature
  beforeAll(async () => {
    instance = await sigstoreInstance()
    root = readTrustRoot(instance.root, 'root.json')
    good = await instance.sign(Buffer.from('kubelet'))
  })
  const bundleOf = (bundle: unknown): Partial<Reference> => ({
    signature: { kind: 'bundle', bundle, from: 'bundle' },
  })

  interface Row {
    readonly name: string
    readonly candidate: Candidate
    readonly references: () => readonly Reference[] | Promise<readonly Reference[]>
    readonly bytes?: string
    readonly expected: object
  }
  const rows: Row[] = [
    {
      name: 'verified: signature, log, identity, bytes',
      candidate: kubelet(),
      references: () => [published(bundleOf(good.bundle))],
      expected: {
        state: 'verified',
        provenVersion: 'v1.36.2',
        signer: { identity: KUBERNETES_FILES.identity },
      },
    },
    {
      name: 'verified by a bundle beside the file, without any checksum',
      candidate: kubelet({ named: true }),
      references: () => [
        {
          name: 'kubelet',
          from: 'kubelet.sigstore.json',
          signature: { kind: 'bundle', bundle: good.bundle, from: 'kubelet.sigstore.json' },
        },
      ],
      expected: { state: 'verified', reference: 'kubelet.sigstore.json' },
    },
    {
      name: 'verified by checksum only',
      candidate: kubelet(),
      references: () => [published()],
      expected: { state: 'checksum-only', provenVersion: 'v1.36.2' },
    },
    {
      name: 'checksum only, by sha512 alone',
      candidate: kubelet(),
      references: () => [published({ sha256: undefined })],
      expected: {
        state: 'checksum-only',
        reason: expect.stringContaining('its sha512 is that of kubelet v1.36.2'),
      },
    },
    {
      name: 'unsigned: looked for, and none is published',
      candidate: kubelet(),
      references: () => [published({ signature: { kind: 'absent', from: 'manifest' } })],
      expected: { state: 'unsigned' },
    },
    {
      name: 'signature valid, signing time not proven',
      candidate: kubelet(),
      references: () => [
        published({
          signature: {
            kind: 'pair',
            signature: good.signature,
            certificate: good.certificate,
            from: 'kubelet.sig',
          },
        }),
      ],
      expected: { state: 'time-not-proven', reference: 'kubelet.sig' },
    },
    {
      name: 'mismatch: a tampered byte',
      candidate: kubelet({ digests: TAMPERED }),
      references: () => [published(bundleOf(good.bundle))],
      expected: {
        state: 'mismatch',
        fault: 'checksum',
        reason: expect.stringContaining('these are not the published bytes'),
      },
    },
    {
      name: 'mismatch: a tampered byte, beside its bundle',
      candidate: kubelet({ digests: TAMPERED, named: true }),
      bytes: 'kubelEt',
      references: () => [
        { name: 'kubelet', from: 'b', signature: { kind: 'bundle', bundle: good.bundle, from: 'b' } },
      ],
      expected: { state: 'mismatch', fault: 'other-bytes' },
    },
    {
      name: 'mismatch: swapped checksums',
      candidate: kubelet(),
      references: () => [published({ ...KUBEADM }), published({ name: 'kubeadm', ...KUBEADM })],
      expected: { state: 'mismatch', fault: 'swapped-checksum' },
    },
    {
      name: 'mismatch: swapped checksums, of two programs that are both there',
      candidate: kubelet(),
      references: () => [published({ ...KUBEADM }), published({ name: 'kubeadm', ...KUBELET })],
      expected: {
        state: 'mismatch',
        fault: 'other-file',
        reason: expect.stringContaining('its bytes are those of kubeadm'),
      },
    },
    {
      name: 'mismatch: one digest fits and the other does not',
      candidate: kubelet(),
      references: () => [published({ sha512: KUBEADM.sha512 })],
      expected: { state: 'mismatch', fault: 'contradicting-checksums' },
    },
    {
      name: 'mismatch: two lists that contradict each other',
      candidate: kubelet(),
      references: () => [published(), published({ ...KUBEADM, from: 'other list' })],
      expected: {
        state: 'mismatch',
        fault: 'contradicting-checksums',
        reason: expect.stringContaining('other list'),
      },
    },
    {
      name: 'mismatch: another program under this name',
      candidate: kubelet({ digests: KUBEADM }),
      references: () => [published(), published({ name: 'kubeadm', ...KUBEADM })],
      expected: { state: 'mismatch', fault: 'other-file' },
    },
    {
      name: 'mismatch: the right bytes, signed by somebody else',
      candidate: kubelet(),
      references: async () => [
        published(
          bundleOf((await instance.sign(Buffer.from('kubelet'), { identity: 'me@example.com' })).bundle),
        ),
      ],
      expected: { state: 'mismatch', fault: 'wrong-identity', signer: { identity: 'me@example.com' } },
    },
    {
      name: 'mismatch: the right bytes, a foreign certificate',
      candidate: kubelet(),
      references: async () => [
        published(bundleOf((await (await sigstoreInstance()).sign(Buffer.from('kubelet'))).bundle)),
      ],
      expected: { state: 'mismatch', fault: 'foreign-certificate' },
    },
    {
      name: 'mismatch: the right bytes, an ended certificate',
      candidate: kubelet(),
      references: async () => [
        published(bundleOf((await instance.sign(Buffer.from('kubelet'), { minutesLater: 30 })).bundle)),
      ],
      expected: { state: 'mismatch', fault: 'expired-certificate' },
    },
    {
      name: 'not checked: a bundle that is cut off; the checksum is still told',
      candidate: kubelet(),
      references: () => [published(bundleOf(JSON.stringify(good.bundle).slice(0, 500)))],
      expected: {
        state: 'not-checked',
        fault: 'damaged-bundle',
        reason: expect.stringMatching(/cut off.*its checksum is that of kubelet v1\.36\.2/),
      },
    },
    {
      name: 'no reference, with the command',
      candidate: kubelet({ version: 'v1.35.1', architecture: 'arm64', digests: TAMPERED }),
      references: () => [published()],
      expected: { state: 'no-reference', command: 'rampart verify fetch v1.35.1 --arch arm64' },
    },
    {
      name: 'no reference: the CHANGELOG covers archives alone',
      candidate: kubelet(),
      references: () => [
        published({
          name: 'kubernetes-server-linux-amd64.tar.gz',
          ...KUBEADM,
          covers: 'archive',
          from: 'CHANGELOG-1.36.md:7',
        }),
      ],
      expected: {
        state: 'no-reference',
        reason: expect.stringContaining('cover its archives, not the programs in them'),
      },
    },
    {
      name: 'an archive itself is compared with the CHANGELOG',
      candidate: kubelet({
        name: 'kubernetes-server-linux-amd64.tar.gz',
        project: undefined,
        digests: KUBEADM,
        named: true,
      }),
      references: () => [
        published({ name: 'kubernetes-server-linux-amd64.tar.gz', ...KUBEADM, covers: 'archive' }),
      ],
      expected: { state: 'checksum-only' },
    },
    {
      name: 'another architecture is no mismatch',
      candidate: kubelet({ architecture: 'arm64', digests: TAMPERED }),
      references: () => [published()],
      expected: { state: 'no-reference' },
    },
    ...['v1.36.2+k3s1', 'v1.36.2-eks-a5565ad', 'v1.36.2-gke.100', 'v1.36.2+rke2r1', 'v1.36.2-dirty'].map(
      (version) => ({
        name: `a vendor's build is never a mismatch: ${version}`,
        candidate: kubelet({ version, digests: TAMPERED }),
        references: () => [published(), published({ version: undefined })],
        expected: { state: 'no-reference', reason: expect.stringContaining('distribution or vendor') },
      }),
    ),
    {
      name: "a vendor's build whose own checksum the user named",
      candidate: kubelet({ version: 'v1.36.2+k3s1', digests: TAMPERED, named: true }),
      references: () => [{ name: 'kubelet', from: 'kubelet.sha256', sha256: KUBELET.sha256 }],
      expected: { state: 'mismatch', fault: 'checksum' },
    },
    {
      name: 'unknown version, and none of the known bytes',
      candidate: kubelet({ version: undefined, digests: TAMPERED }),
      references: () => [published()],
      expected: {
        state: 'unknown-version',
        reason: expect.stringContaining('none of the 1 builds of kubelet'),
      },
    },
    {
      name: 'unknown version, and nothing to compare with',
      candidate: kubelet({ version: undefined }),
      references: () => [],
      expected: { state: 'unknown-version' },
    },
    {
      name: 'a version that cannot be read is proven by the bytes',
      candidate: kubelet({ version: undefined }),
      references: () => [published()],
      expected: { state: 'checksum-only', provenVersion: 'v1.36.2' },
    },
    {
      name: 'a version that the program makes up does not matter once the bytes fit',
      candidate: kubelet({ version: 'v9.9.9' }),
      references: () => [published()],
      expected: { state: 'checksum-only', provenVersion: 'v1.36.2' },
    },
    {
      name: 'a file under a name of its own is what its bytes say',
      candidate: kubelet({ name: 'kubelet-1.36', project: undefined }),
      references: () => [published()],
      expected: { state: 'checksum-only' },
    },
    {
      name: 'containerd: no command, but what to name',
      candidate: kubelet({ name: 'containerd', project: 'containerd', version: '2.1.0' }),
      references: () => [],
      expected: { state: 'no-reference', reason: expect.stringContaining('--checksums') },
    },
  ]

  it.each(rows)('$name', async ({ candidate, references, bytes = 'kubelet', expected }) => {
    // eslint-disable-next-line @typescript-eslint/require-await -- files are streamed
    const stream = async function* (): AsyncGenerator<Buffer> {
      yield Buffer.from(bytes)
    }
    const basis = { references: await references(), policy: KUBERNETES_FILES, root }
    expect(await judgeBinary(candidate, stream, basis)).toMatchObject(expected)
  })
})
