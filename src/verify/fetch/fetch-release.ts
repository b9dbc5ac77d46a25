import { RampartError, type JsonObject } from '../../model/index.js'
import type { ManifestFile, ReleaseManifest } from '../references/manifest.js'
import { parseSpdx } from '../references/parse-spdx.js'
import { pemToDer } from '../sigstore/certificate-text.js'
import { httpRequest, type HttpAnswer } from './http-get.js'
import { findLogEntry } from './rekor.js'
import { signedBundle } from '../sigstore/read-bundle.js'

/** What to collect, and where. */
export interface FetchOptions {
  /** `v1.36.2` */
  readonly release: string
  /** `https://dl.k8s.io/release`; files are at BASE/RELEASE/bin/OS/ARCH/NAME. */
  readonly baseUrl: string
  readonly architectures: readonly string[]
  readonly os: string
  readonly names: readonly string[]
  /** Where Sigstore's log is searched; nowhere without it. */
  readonly rekorUrl?: string
  /** Where the SBOM with the images' digests is (URL/RELEASE/release); none is fetched without it. */
  readonly sbomUrl?: string
  readonly timeoutMs: number
  readonly now: Date
  readonly onFile?: (path: string) => void
}

/** What was collected, and what was not there. */
export interface Fetched {
  readonly manifest: ReleaseManifest
  /** Files of which nothing is published under that address. */
  readonly missing: readonly string[]
  /** What is odd, each one sentence. */
  readonly notes: readonly string[]
}

/** Published for every architecture of a Kubernetes server. */
export const RELEASE_BINARIES = [
  'kubelet',
  'kubeadm',
  'kubectl',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kube-proxy',
] as const

const SMALL = 64 * 1024
const SBOM = 64 << 20
const AT_ONCE = 4

/**
 * Collects checksums, signatures and log entries of a release. The programs themselves are not fetched. Throws
 * RampartError when the server does not answer, answers something else, or knows no such release.
 */
export async function fetchRelease(options: FetchOptions): Promise<Fetched> {
  const { release, architectures, os, names } = options
  const paths = architectures.flatMap((architecture) =>
    names.map((name) => `bin/${os}/${architecture}/${name}`),
  )
  const files: ManifestFile[] = []
  const missing: string[] = []
  const notes: string[] = []
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    const batch = paths.slice(at, at + AT_ONCE)
    const answers = await Promise.all(batch.map((path) => fetchFile(path, options, notes)))
    answers.forEach((file, index) => {
      if (file === undefined) missing.push(batch[index] ?? '')
      else files.push(file)
    })
  }
  if (files.length === 0)
    throw new RampartError(
      'no-input',
      `${options.baseUrl} publishes no checksum of ${release} for ${os}/${architectures.join(', ')}: is the version right?`,
    )
  return {
    manifest: {
      kind: 'RampartReleaseManifest',
      version: 1,
      release,
      from: options.baseUrl,
      collected: options.now.toISOString(),
      files,
      images: options.sbomUrl === undefined ? [] : await fetchImages(options.sbomUrl, options),
    },
    missing,
    notes: notes.sort(),
  }
}

async function fetchFile(
  path: string,
  options: FetchOptions,
  notes: string[],
): Promise<ManifestFile | undefined> {
  options.onFile?.(path)
  const base = `${options.baseUrl.replace(/\/+$/, '')}/${options.release}/${path}`
  const [sha256, sha512, signature, certificate] = await Promise.all([
    published(`${base}.sha256`, options),
    published(`${base}.sha512`, options),
    published(`${base}.sig`, options),
    published(`${base}.cert`, options),
  ])
  if (sha256 === undefined && sha512 === undefined) return undefined
  const file = {
    path,
    ...(sha256 === undefined ? {} : { sha256: digest(sha256, 64, `${base}.sha256`) }),
    ...(sha512 === undefined ? {} : { sha512: digest(sha512, 128, `${base}.sha512`) }),
  }
  if (signature === undefined || certificate === undefined) {
    if (signature !== undefined || certificate !== undefined)
      notes.push(
        `${path}: ${signature === undefined ? '.cert without .sig' : '.sig without .cert'} is published: counted as unsigned`,
      )
    return { ...file, signature: { kind: 'none' } }
  }
  const pem = certificatePem(certificate, `${base}.cert`)
  const entry = await logEntryOf(file.sha256, signature, path, options, notes)
  if (entry === undefined)
    return { ...file, signature: { kind: 'pair', signature: signature.trim(), certificate: pem } }
  const bundle = signedBundle({ signature, certificate: pem, digest: file.sha256 ?? '', entry })
  return { ...file, signature: { kind: 'bundle', bundle } }
}

async function logEntryOf(
  sha256: string | undefined,
  signature: string,
  path: string,
  { rekorUrl, timeoutMs }: FetchOptions,
  notes: string[],
): Promise<JsonObject | undefined> {
  if (rekorUrl === undefined || sha256 === undefined) return undefined
  const entry = await findLogEntry(rekorUrl, sha256, signature.trim(), timeoutMs)
  if (entry === undefined)
    notes.push(`${path}: ${rekorUrl} has no entry of its signature, so its signing time stays unproven`)
  return entry
}

/** The text at an address, or undefined where nothing is published. */
async function published(url: string, { timeoutMs }: FetchOptions): Promise<string | undefined> {
  const answer = await httpRequest(new URL(url), { timeoutMs, maxBytes: SMALL })
  // Source: dl.k8s.io is a bucket, which answers 403 or 404 for what it does not have.
  if (answer.status === 404 || answer.status === 403) return undefined
  return textOf(answer, url)
}

function textOf({ status, body }: HttpAnswer, url: string): string {
  if (status !== 200) throw new RampartError('unreachable', `${url} answered with status ${status}`)
  return body.toString('utf8')
}

function digest(text: string, length: number, url: string): string {
  // Mirrors write `DIGEST  NAME`.
  const [first = ''] = text.trim().split(/\s+/)
  const hex = first.toLowerCase()
  if (hex.length !== length || !/^[0-9a-f]+$/.test(hex))
    throw new RampartError(
      'unreadable-input',
      `${url} gave \`${text.trim().slice(0, 40)}\`, which is no checksum: a page for people, or a proxy's?`,
    )
  return hex
}

function certificatePem(text: string, url: string): string {
  try {
    const body =
      pemToDer(text)
        .toString('base64')
        .match(/.{1,64}/g)
        ?.join('\n') ?? ''
    return `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`
  } catch (error) {
    throw new RampartError('unreadable-input', `${url} gave no certificate: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

async function fetchImages(
  sbomUrl: string,
  { release, timeoutMs }: FetchOptions,
): Promise<ReleaseManifest['images']> {
  const url = `${sbomUrl.replace(/\/+$/, '')}/${release}/release`
  const text = textOf(await httpRequest(new URL(url), { timeoutMs: timeoutMs * 4, maxBytes: SBOM }), url)
  return parseSpdx({ file: url, text }).images.map(({ repository, tag, digest: of }) => ({
    name: tag === undefined ? repository : `${repository}:${tag}`,
    digest: of,
  }))
}
