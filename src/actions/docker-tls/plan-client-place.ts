import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { RampartError } from '../../model/index.js'
import type { ClientPlace, TlsEndpoint } from './inventory.js'
import { tcpWord } from './plan-addresses.js'

/** The files of a client, wherever they are. */
export interface ClientFiles {
  readonly ca: string
  readonly cert: string
  readonly key: string
  /** The description of a context. */
  readonly meta?: { readonly path: string; readonly text: string }
  /** Permission bits: contexts as Docker writes them, folders as its documentation has it. */
  readonly modes: { readonly cert: number; readonly key: number }
  /** Folders that have to be there, outermost first. */
  readonly folders: readonly { readonly path: string; readonly mode: number }[]
}

/** Source: docker/cli v28.2.2 cli/context/store/store.go, restrictedNamePattern. */
const CONTEXT_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$/

/**
 * Where a client's files go. A context's folders are named by the SHA-256 of its name.
 * Source: docker/cli v28.2.2 cli/context/store/{metadatastore,tlsstore}.go.
 */
export function clientFiles(place: ClientPlace, endpoint: TlsEndpoint): ClientFiles {
  if (place.kind === 'folder') {
    const at = (name: string): string => posix.join(place.path, name)
    return {
      ca: at('ca.pem'),
      cert: at('cert.pem'),
      key: at('key.pem'),
      modes: { cert: 0o444, key: 0o400 },
      folders: [{ path: place.path, mode: 0o700 }],
    }
  }
  const id = createHash('sha256').update(place.name).digest('hex')
  const contexts = posix.join(place.folder, 'contexts')
  const [meta, tls] = [posix.join(contexts, 'meta'), posix.join(contexts, 'tls')]
  const files = posix.join(tls, id, 'docker')
  const content = {
    Name: place.name,
    Metadata: { Description: 'mutual TLS, made by rampart docker setup-tls' },
    Endpoints: { docker: { Host: tcpWord(endpoint), SkipTLSVerify: false } },
  }
  return {
    ca: posix.join(files, 'ca.pem'),
    cert: posix.join(files, 'cert.pem'),
    key: posix.join(files, 'key.pem'),
    meta: { path: posix.join(meta, id, 'meta.json'), text: JSON.stringify(content) },
    modes: { cert: 0o600, key: 0o600 },
    folders: [
      { path: place.folder, mode: 0o700 },
      { path: contexts, mode: 0o755 },
      { path: meta, mode: 0o755 },
      { path: posix.join(meta, id), mode: 0o755 },
      { path: tls, mode: 0o700 },
      { path: posix.join(tls, id), mode: 0o700 },
      { path: files, mode: 0o700 },
    ],
  }
}

/** A context's name that Docker takes; `default` is its own. */
export function contextName(name: string): string {
  if (name !== 'default' && CONTEXT_NAME.test(name)) return name
  throw new RampartError(
    'usage',
    `\`${name}\` is no name of a docker context (letters, digits, \`_.+-\`, at least two; not \`default\`)`,
  )
}

/** Who a certificate is for: it stands in its subject, so that authorization plugins and logs see one person each. */
export function clientName(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9@._-]{0,63}$/.test(name) && name !== 'server') return name
  throw new RampartError(
    'usage',
    `\`${name}\` is no name for a client (letters, digits, \`@._-\`, at most 64; not \`server\`)`,
  )
}
