import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { Host, KubeObject } from '../model/index.js'
import type { HostFs } from '../sources/index.js'
import { readBinaryFacts, type BinaryFacts } from './binary/binary-facts.js'
import { hashBinary, type Digests } from './binary/hash-binary.js'
import { openBinary } from './binary/open-binary.js'
import { findBinaries, type FoundBinary, type RunningProcess } from './find/find-binaries.js'
import { findImages } from './find/find-images.js'
import { packageRecords, type PackageRecord } from './find/package-lists.js'
import { judgeBinary, type JudgeBasis } from './judge/judge-binary.js'
import { judgeImage } from './judge/judge-image.js'
import type { Verdict } from './judge/verdict.js'
import { projectOf } from './platform-binaries.js'
import { referencesBeside } from './references/read-references.js'
import type { Reference, References } from './references/reference.js'
import type { SignerPolicy } from './sigstore/signed-by.js'
import type { TrustRoot } from './sigstore/trust-root.js'

/** One program or image, with all that is known of it. */
export interface VerifyEntry extends Verdict {
  readonly kind: 'binary' | 'image'
  /** `kubelet`, or the image. */
  readonly name: string
  readonly host?: string
  /** Path of a program; of an image, the container that uses it. */
  readonly place: string
  /** What it says of itself. */
  readonly version?: string
  readonly architecture?: string
  readonly sha256?: string
  readonly sha512?: string
  readonly digest?: string
  readonly processes?: readonly RunningProcess[]
  readonly package?: PackageRecord & { readonly fits: boolean }
}

/** What to verify, and by what. */
export interface VerifyOptions {
  /** Programs that the user named. */
  readonly files: readonly string[]
  /** A bundle for the one file that is named. */
  readonly bundle?: { readonly text: string; readonly from: string }
  readonly hosts: readonly { readonly host: Host; readonly fs: HostFs }[]
  /** Objects whose pods run components. */
  readonly objects: readonly KubeObject[]
  readonly references: References
  readonly policy: SignerPolicy
  readonly root: TrustRoot
  /** Run programs of this machine that do not say their version otherwise. */
  readonly askVersion?: boolean
  readonly onProgress?: (text: string) => void
}

/** Verifies programs and images. Contacts nothing, runs nothing unless `askVersion` says so. */
export async function verifyPlatform(options: VerifyOptions): Promise<VerifyEntry[]> {
  const entries: VerifyEntry[] = []
  for (const file of options.files) entries.push(await verifyNamed(file, options))
  for (const each of options.hosts) entries.push(...(await verifyHost(each, options)))
  for (const image of findImages(options.objects)) {
    const verdict = judgeImage(image, options.references.images)
    entries.push({
      kind: 'image',
      name: image.image,
      place: image.usedBy,
      ...(image.tag === undefined ? {} : { version: image.tag }),
      ...(image.digest === undefined ? {} : { digest: image.digest }),
      ...verdict,
    })
  }
  return entries
}

async function verifyNamed(file: string, options: VerifyOptions): Promise<VerifyEntry> {
  const beside = await referencesBeside(file)
  const name = path.basename(file)
  const given: Reference[] =
    options.bundle === undefined
      ? []
      : [
          {
            name,
            from: options.bundle.from,
            signature: { kind: 'bundle', bundle: options.bundle.text, from: options.bundle.from },
          },
        ]
  const named = beside.length > 0 || options.references.files.some((each) => each.name === name)
  const own: Reference[] = given.length > 0 ? beside.map(({ signature: _, ...rest }) => rest) : beside
  const references = [
    ...given,
    ...own.filter(({ sha256, sha512, signature }) => sha256 ?? sha512 ?? signature),
    ...options.references.files,
  ]
  return verifyBytes({ name, path: file, opens: file, processes: [] }, file, undefined, {
    ...options,
    references,
    named,
  })
}

/** A checksum list may name the same file that lies somewhere else: device and number say so. */
async function sameFile(left: string, right: string): Promise<boolean> {
  try {
    const [one, other] = await Promise.all([stat(left), stat(right)])
    return one.dev === other.dev && one.ino === other.ino
  } catch {
    return false
  }
}

async function verifyHost(
  { host, fs }: VerifyOptions['hosts'][number],
  options: VerifyOptions,
): Promise<VerifyEntry[]> {
  const root = path.resolve(host.root)
  const live = root === '/'
  const onDisk = (place: string): string => path.join(root, place)
  const found = await findBinaries(fs, host, (left, right) =>
    live ? sameFile(onDisk(left), onDisk(right)) : Promise.resolve(false),
  )
  const packages = await packageRecords(
    fs,
    found.map(({ path: place }) => place),
  )
  const entries: VerifyEntry[] = []
  for (const binary of found) {
    if (!live && binary.opens.startsWith('/proc/')) {
      entries.push(
        notOpened(binary, host.name, 'it ran when this copy was made, and no file of it is in the copy'),
      )
      continue
    }
    options.onProgress?.(`reading ${binary.path}`)
    entries.push(
      await verifyBytes(binary, onDisk(binary.opens), host.name, {
        ...options,
        references: options.references.files,
        named: false,
        record: packages.get(binary.path),
        live,
      }),
    )
  }
  return entries
}

interface BytesOptions extends Omit<VerifyOptions, 'references'> {
  readonly references: readonly Reference[]
  readonly named: boolean
  readonly record?: PackageRecord | undefined
  readonly live?: boolean
}

async function verifyBytes(
  binary: FoundBinary,
  disk: string,
  host: string | undefined,
  options: BytesOptions,
): Promise<VerifyEntry> {
  const { record, named, references, policy, root } = options
  let opened
  try {
    // Only the kernel's own link to the file that runs is followed; all others were followed before, inside the root.
    opened = await openBinary(disk, { follow: host === undefined || /^\/proc\/\d+\/exe$/.test(disk) })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return notOpened(binary, host, `it cannot be read: ${code === 'EACCES' ? 'permission denied' : message}`)
  }
  try {
    const file = opened
    const digests = await hashBinary(file, record !== undefined)
    const facts = await readBinaryFacts(file)
    const version = facts.version ?? (await askedVersion(disk, binary.name, options))
    const basis: JudgeBasis = { references, policy, root }
    const candidate = {
      name: binary.name,
      project: projectOf(binary.name),
      digests,
      named,
      ...(version === undefined ? {} : { version }),
      ...(facts.architecture === undefined ? {} : { architecture: facts.architecture }),
      ...(facts.os === undefined ? {} : { os: facts.os }),
    }
    const verdict = await judgeBinary(candidate, () => file.stream(), basis)
    return entryOf(
      binary,
      host,
      digests,
      { ...facts, ...(version === undefined ? {} : { version }) },
      withPackage(verdict, record, digests),
      record,
    )
  } catch (error) {
    return notOpened(binary, host, `reading it failed: ${(error as Error).message}`)
  } finally {
    await opened.close()
  }
}

function entryOf(
  { name, path: place, processes }: FoundBinary,
  host: string | undefined,
  digests: Digests,
  { version, architecture }: BinaryFacts,
  verdict: Verdict,
  record: PackageRecord | undefined,
): VerifyEntry {
  return {
    kind: 'binary',
    name,
    place,
    ...(host === undefined ? {} : { host }),
    ...(version === undefined ? {} : { version }),
    ...(architecture === undefined ? {} : { architecture }),
    sha256: digests.sha256,
    sha512: digests.sha512,
    ...(processes.length === 0 ? {} : { processes }),
    ...(record === undefined ? {} : { package: { ...record, fits: record.md5 === digests.md5 } }),
    ...verdict,
  }
}

function notOpened(
  { name, path: place, processes }: FoundBinary,
  host: string | undefined,
  reason: string,
): VerifyEntry {
  return {
    kind: 'binary',
    name,
    place,
    ...(host === undefined ? {} : { host }),
    ...(processes.length === 0 ? {} : { processes }),
    state: 'not-checked',
    reason,
  }
}

/** dpkg's own list says little when it fits, and much when it does not. */
function withPackage(verdict: Verdict, record: PackageRecord | undefined, digests: Digests): Verdict {
  if (record === undefined || (verdict.state !== 'no-reference' && verdict.state !== 'unknown-version'))
    return verdict
  const label = `${record.package}${record.version === undefined ? '' : ` ${record.version}`}`
  if (record.md5 === digests.md5)
    return {
      ...verdict,
      reason: `${verdict.reason}. Weaker evidence: dpkg's list of package ${label} has its md5, on the same disk`,
    }
  return {
    state: 'mismatch',
    fault: 'package-list',
    reason: `it is not what package ${label} brought: dpkg's list has another md5`,
    reference: `/var/lib/dpkg/info/${record.package}.md5sums`,
  }
}

/** How each program is asked. */
const ASK: Readonly<Record<string, readonly string[]>> = {
  kubectl: ['version', '--client=true'],
  kubeadm: ['version', '-o', 'short'],
}

async function askedVersion(disk: string, name: string, options: BytesOptions): Promise<string | undefined> {
  if (options.askVersion !== true || (options.live !== true && options.hosts.length > 0)) return undefined
  const args = Object.hasOwn(ASK, name) ? (ASK[name] ?? []) : ['--version']
  return new Promise((resolve) => {
    execFile(
      disk,
      [...args],
      { timeout: 10_000, maxBuffer: 64 * 1024, env: { PATH: '/usr/bin:/bin' } },
      (_, out) => resolve(/\bv?\d+\.\d+\.\d+[\w.+~-]{0,60}/.exec(out)?.[0]),
    )
  })
}
