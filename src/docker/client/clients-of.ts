import { posix } from 'node:path'
import {
  asBoolean,
  asObject,
  asString,
  field,
  isObject,
  known,
  unknown,
  type Fact,
  type Host,
  type HostFile,
  type JsonObject,
  type Origin,
} from '../../model/index.js'
import { homesOf } from './homes.js'
import {
  ENVIRONMENT_FILE,
  environmentAssignments,
  HOME_PROFILES,
  PROFILE_FOLDER,
  profileAssignments,
  SYSTEM_PROFILES,
  type Assignment,
  type ClientVariable,
} from './variables.js'

/** A saved way to a daemon: `docker context create`. */
export interface DockerContext {
  readonly name: string
  /** `tcp://10.0.0.5:2376`, `ssh://...`; undefined where its file could not be read. */
  readonly endpoint: string | undefined
  readonly skipVerify: boolean
  readonly origin: Origin
  /** Certificates and keys that the context keeps, by mode alone. */
  readonly tls: readonly HostFile[]
}

/** Docker's command line as one user, or every user, of a host would run it. */
export interface DockerClient {
  readonly host: Host
  /** `alice`, or `every user` for what the whole host sets. */
  readonly user: string
  readonly folder?: string
  /** Whether a setting comes from files of this user (always, for `every user`). */
  isOwn(origin: Origin): boolean
  /** What a variable is set to; empty when nobody sets it. */
  variable(name: ClientVariable): Fact<string>
  /** config.json, undefined when there is none. */
  readonly config?: Fact<JsonObject>
  readonly contexts: readonly DockerContext[]
  /** Private keys of the client itself: `key.pem` of its folder, and of DOCKER_CERT_PATH. */
  readonly keys: readonly HostFile[]
}

/** The clients of a host: one for what it sets for everybody, one for each user who has files of Docker's client. */
export function dockerClientsOf(host: Host): DockerClient[] {
  const system = [
    ...assignmentsIn(host, ENVIRONMENT_FILE),
    ...SYSTEM_PROFILES.flatMap((file) => assignmentsIn(host, file)),
    ...profileFolder(host).flatMap((file) => assignmentsIn(host, file)),
  ]
  const passwd = host.files.get('/etc/passwd')?.text
  const homes = passwd === undefined ? homesWithoutPasswd(host) : homesOf(passwd)
  const clients: DockerClient[] = []
  if (system.length > 0) clients.push(clientOf(host, 'every user', undefined, [], system))
  for (const { user, path } of homes) {
    const own = HOME_PROFILES.flatMap((name) => assignmentsIn(host, posix.join(path, name)))
    const folder = posix.join(path, '.docker')
    if (own.length > 0 || host.files.has(folder)) clients.push(clientOf(host, user, folder, own, system))
  }
  return clients
}

function clientOf(
  host: Host,
  user: string,
  folder: string | undefined,
  own: readonly Assignment[],
  system: readonly Assignment[],
): DockerClient {
  const all = [...system, ...own]
  const variable = (name: ClientVariable): Fact<string> =>
    factOf(
      host,
      all.findLast((each) => each.name === name),
      name,
    )
  const ownFiles = new Set(own.map(({ file }) => file))
  const elsewhere = variable('DOCKER_CONFIG')
  const place = elsewhere.known && elsewhere.value !== '' ? posix.resolve('/', elsewhere.value) : folder
  const config = place === undefined ? undefined : configOf(host, place, elsewhere)
  return {
    host,
    user,
    ...(folder === undefined ? {} : { folder }),
    isOwn: (origin) =>
      folder === undefined ||
      ('file' in origin && (ownFiles.has(origin.file ?? '') || (origin.file ?? '').startsWith(`${folder}/`))),
    variable,
    ...(config === undefined ? {} : { config }),
    contexts: place === undefined ? [] : contextsIn(host, place),
    keys: keysOf(host, place, variable('DOCKER_CERT_PATH')),
  }
}

function factOf(host: Host, found: Assignment | undefined, name: string): Fact<string> {
  if (found === undefined)
    return known('', { kind: 'default', component: 'docker', detail: `\`${name}\` is set nowhere` })
  const origin: Origin = { kind: 'file', host: host.name, file: found.file, line: found.line, path: [name] }
  if (found.value !== undefined) return known(found.value, origin)
  return unknown('unresolved-variable', `\`${name}\` is set to what only a running shell knows`, origin)
}

function assignmentsIn(host: Host, path: string): Assignment[] {
  const text = host.files.get(path)?.text
  if (text === undefined) return []
  return path === ENVIRONMENT_FILE ? environmentAssignments(text, path) : profileAssignments(text, path)
}

function profileFolder(host: Host): string[] {
  return [...host.files.keys()]
    .filter((path) => path.startsWith(`${PROFILE_FOLDER}/`) && path.endsWith('.sh'))
    .sort()
}

function homesWithoutPasswd(host: Host): { user: string; path: string }[] {
  const homes = new Map<string, string>()
  for (const path of host.files.keys()) {
    const found = /^(\/root|\/home\/([^/]+))(?:\/|$)/.exec(path)
    if (found?.[1] !== undefined) homes.set(found[1], found[2] ?? 'root')
  }
  return [...homes].map(([path, user]) => ({ user, path }))
}

function configOf(host: Host, folder: string, elsewhere: Fact<string>): Fact<JsonObject> | undefined {
  if (!elsewhere.known) return elsewhere
  const file = host.files.get(posix.join(folder, 'config.json'))
  if (file === undefined) return undefined
  const origin: Origin = { kind: 'file', host: host.name, file: file.path, line: 1 }
  if (file.text === undefined) {
    return unknown('unreadable', `\`${file.path}\` cannot be read: ${file.unreadable ?? 'no text'}`, origin)
  }
  const value = parsed(file.text)
  return value === undefined
    ? unknown('unparsable', `\`${file.path}\` is no JSON mapping`, origin)
    : known(value, origin)
}

/**
 * The contexts below a client's folder; each has a folder named by the hash of its name.
 * Source: docker/cli v28.3.3 cli/context/store/store.go, metadatastore.go, tlsstore.go.
 */
function contextsIn(host: Host, folder: string): DockerContext[] {
  const meta = new RegExp(`^${escaped(folder)}/contexts/meta/([^/]+)/meta\\.json$`)
  return [...host.files.values()].flatMap((file) => {
    const id = meta.exec(file.path)?.[1]
    if (id === undefined) return []
    const content = parsed(file.text ?? '')
    const endpoint = field(field(content, 'Endpoints'), 'docker')
    const tlsFolder = posix.join(folder, 'contexts/tls', id, 'docker')
    const tls = ['ca.pem', 'cert.pem', 'key.pem'].flatMap(
      (name) => host.files.get(posix.join(tlsFolder, name)) ?? [],
    )
    return [
      {
        name: asString(field(content, 'Name')) ?? id.slice(0, 12),
        endpoint: asString(field(endpoint, 'Host')),
        skipVerify: asBoolean(field(endpoint, 'SkipTLSVerify')) === true,
        origin: {
          kind: 'file' as const,
          host: host.name,
          file: file.path,
          line: 1,
          path: ['Endpoints', 'docker'],
        },
        tls,
      },
    ]
  })
}

function keysOf(host: Host, folder: string | undefined, certPath: Fact<string>): HostFile[] {
  const folders = new Set<string>()
  if (folder !== undefined) folders.add(folder)
  if (certPath.known && certPath.value.startsWith('/')) folders.add(posix.resolve(certPath.value))
  return [...folders].flatMap((each) => host.files.get(posix.join(each, 'key.pem')) ?? [])
}

/** A mapping of JSON, or undefined. */
function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? asObject(value) : undefined
  } catch {
    return undefined
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

/** How a client reaches its daemon when no option says otherwise. */
export type Endpoint =
  | {
      readonly kind: 'variable'
      readonly host: string
      readonly origin: Origin
      readonly tls: 'verified' | 'unverified' | 'none'
    }
  | {
      readonly kind: 'context'
      readonly context: DockerContext | undefined
      readonly name: string
      readonly origin: Origin
    }
  | { readonly kind: 'default' }

/**
 * Which daemon it is: DOCKER_HOST, else DOCKER_CONTEXT, else `currentContext` of config.json, else the local one. With
 * DOCKER_HOST the variables decide about TLS: any text of DOCKER_TLS_VERIFY verifies the server, DOCKER_TLS alone
 * verifies nobody.
 * Source: docker/cli v28.3.3 cli/command/cli.go resolveContextName, cli/flags/options.go SetDefaultOptions.
 */
export function endpointOf(client: DockerClient): Fact<Endpoint> {
  const host = client.variable('DOCKER_HOST')
  if (!host.known) return host
  if (host.value !== '') {
    const verify = client.variable('DOCKER_TLS_VERIFY')
    const tls = client.variable('DOCKER_TLS')
    if (!verify.known) return verify
    if (verify.value === '' && !tls.known) return tls
    const mode = verify.value !== '' ? 'verified' : tls.known && tls.value !== '' ? 'unverified' : 'none'
    return known({ kind: 'variable', host: host.value, origin: host.origin, tls: mode }, host.origin)
  }
  const named = client.variable('DOCKER_CONTEXT')
  if (!named.known) return named
  const current = client.config?.known === true ? asString(client.config.value['currentContext']) : undefined
  const name = named.value === '' ? (current ?? '') : named.value
  const origin = named.value === '' ? currentOrigin(client) : named.origin
  if (name === '' || name === 'default') return known({ kind: 'default' }, origin)
  const context = client.contexts.find((each) => each.name === name)
  return known({ kind: 'context', context, name, origin }, origin)
}

function currentOrigin({ config, host }: DockerClient): Origin {
  if (config?.known === true && config.origin.kind === 'file')
    return { ...config.origin, path: ['currentContext'] }
  return { kind: 'default', component: `docker of ${host.name}`, detail: 'the local daemon' }
}
