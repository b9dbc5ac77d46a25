import { constants } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { RampartError, type Host, type HostFile } from '../model/index.js'
import { privateKeyFingerprints } from '../pki/index.js'
import { redactHostText } from '../text/index.js'
import { isHostRoot } from './host/index.js'

/** What was found under the paths that were named. */
export interface CertificateFiles {
  /** The files, as those of one host; undefined where none of the paths holds a certificate. */
  readonly host: Host | undefined
  /** Paths with something else in them, for the reader of manifests and hosts. */
  readonly rest: readonly string[]
  /** Paths of which there is nothing, where others held certificates; else they are among the rest. */
  readonly missing: readonly string[]
}

const MOST_BYTES = 1 << 20
const MOST_FILES = 5000
const DEEPEST = 4

/** Names that certificates, their keys and kubeconfigs have in folders. */
const NAMED = /\.(?:crt|cer|cert|pem|key|conf|kubeconfig)$|(?:^|\/)(?:kube)?config$/
const MANIFEST = /\.(?:ya?ml|json)$/

/**
 * Reads certificates, private keys (of which the public half alone is kept) and kubeconfigs. Throws RampartError for a
 * path that is not there or cannot be read.
 */
export async function readCertificateFiles(paths: readonly string[]): Promise<CertificateFiles> {
  const files = new Map<string, HostFile>()
  const rest: string[] = []
  const missing: string[] = []
  for (const name of paths) {
    const found = name === '-' ? undefined : await stat(name).catch(() => undefined)
    if (found === undefined) {
      // Patterns and standard input are the other reader's.
      if (name === '-' || /[*?[{]/.test(name)) rest.push(name)
      else missing.push(name)
      continue
    }
    if (found.isFile()) {
      if (!(await take(files, name, true))) rest.push(name)
    } else if (found.isDirectory() && (await takeFolder(files, name, DEEPEST))) rest.push(name)
  }
  if (files.size === 0) return { host: undefined, rest: [...rest, ...missing], missing: [] }
  return { host: hostOf(files), rest, missing }
}

/** Whether there is something else in the folder: manifests, or a whole host, which is read as one. */
async function takeFolder(files: Map<string, HostFile>, folder: string, depth: number): Promise<boolean> {
  if (await isHostRoot(folder)) return true
  let other = false
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(folder, error)
  })
  for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
    const place = path.join(folder, entry.name)
    if (files.size >= MOST_FILES) break
    if (entry.isDirectory()) other = (depth > 0 && (await takeFolder(files, place, depth - 1))) || other
    else if (entry.isFile() && (NAMED.test(place) || MANIFEST.test(place)))
      other = (!(await take(files, place, false)) && MANIFEST.test(place)) || other
  }
  return other
}

async function take(files: Map<string, HostFile>, name: string, named: boolean): Promise<boolean> {
  const text = await readText(name, named)
  if (text === undefined || !holdsCertificates(text)) return false
  const publicKeys = privateKeyFingerprints(text)
  const place = path.resolve(name)
  files.set(place, {
    path: place,
    type: 'file',
    text: redactHostText(text),
    ...(publicKeys.length === 0 ? {} : { publicKeys }),
  })
  return true
}

/** PEM, or a kubeconfig; an object of Kubernetes that holds PEM is for the reader of manifests. */
function holdsCertificates(text: string): boolean {
  const kind = /^[\s{"']*kind["']?\s*:\s*["']?([A-Za-z]{1,60})|[{,]\s*"kind"\s*:\s*"([A-Za-z]{1,60})"/m.exec(
    text,
  )
  const said = kind?.[1] ?? kind?.[2]
  if (said === 'Config') return /clusters["']?\s*:/.test(text)
  return said === undefined && /-----BEGIN (?:CERTIFICATE|[A-Z ]{0,30}PRIVATE KEY)-----/.test(text)
}

async function readText(name: string, named: boolean): Promise<string | undefined> {
  try {
    const handle = await open(name, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const found = await handle.stat()
      return found.isFile() && found.size <= MOST_BYTES ? await handle.readFile('latin1') : undefined
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (!named) return undefined
    throw unreadable(name, error)
  }
}

function unreadable(name: string, error: unknown): RampartError {
  return new RampartError('unreadable-input', `cannot read \`${name}\`: ${(error as Error).message}`, {
    cause: error,
  })
}

function hostOf(files: ReadonlyMap<string, HostFile>): Host {
  return {
    name: '',
    root: '',
    distribution: 'unknown',
    commands: [],
    files,
    users: new Map(),
    groups: new Map(),
    problems: [],
    processesSeen: false,
  }
}
