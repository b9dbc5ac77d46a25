import { posix } from 'node:path'
import { RampartError } from '../../model/index.js'
import {
  AUTHORITY_FILES,
  type PlanContext,
  type PlannedCertificate,
  type PlannedFile,
} from './docker-tls-plan.js'
import type { ClientPlace, TlsEndpoint } from './inventory.js'
import type { ClientFiles } from './plan-client-place.js'

/** The files that dockerd reads. */
export function serverFiles(folder: string): {
  readonly ca: string
  readonly cert: string
  readonly key: string
} {
  const at = (name: string): string => posix.join(folder, name)
  return { ca: at('ca.pem'), cert: at('server-cert.pem'), key: at('server-key.pem') }
}

export function authorityFileList(folder: string, encrypted: boolean): PlannedFile[] {
  const { cert, key } = AUTHORITY_FILES
  return [
    {
      path: posix.join(folder, key),
      mode: 0o400,
      what: `the authority's key${encrypted ? ', encrypted' : ''}`,
      holds: { kind: 'key', of: 'authority' },
    },
    {
      path: posix.join(folder, cert),
      mode: 0o444,
      what: "the authority's certificate",
      holds: { kind: 'certificate', of: 'authority' },
    },
  ]
}

export function serverFileList(folder: string): PlannedFile[] {
  const { ca, cert, key } = serverFiles(folder)
  return [
    {
      path: ca,
      mode: 0o444,
      what: "the authority's certificate, by which dockerd judges clients",
      holds: { kind: 'certificate', of: 'authority' },
    },
    ...serverPair(cert, key),
  ]
}

export function serverPair(cert: string, key: string): PlannedFile[] {
  return [
    { path: cert, mode: 0o444, what: "dockerd's certificate", holds: { kind: 'certificate', of: 'server' } },
    { path: key, mode: 0o400, what: "dockerd's key", holds: { kind: 'key', of: 'server' } },
  ]
}

export function clientFileList(client: ClientFiles, name: string): PlannedFile[] {
  const of = `client ${name}`
  return [
    {
      path: client.ca,
      mode: client.modes.cert,
      what: "the authority's certificate, by which the client judges dockerd",
      holds: { kind: 'certificate', of: 'authority' },
    },
    {
      path: client.cert,
      mode: client.modes.cert,
      what: `the certificate of ${name}`,
      holds: { kind: 'certificate', of },
    },
    { path: client.key, mode: client.modes.key, what: `the key of ${name}`, holds: { kind: 'key', of } },
    ...(client.meta === undefined
      ? []
      : [
          {
            path: client.meta.path,
            mode: 0o644,
            what: 'the docker context',
            holds: { kind: 'text' as const, text: client.meta.text },
          },
        ]),
  ]
}

export function inventoryFile(folder: string): PlannedFile {
  return {
    path: posix.join(folder, AUTHORITY_FILES.inventory),
    mode: 0o600,
    what: 'what was made, without keys',
    holds: { kind: 'inventory' },
  }
}

/** Files of others stay as they are: a certificate folder may hold those of another daemon. */
export function refuseForeign({ ownerOf }: PlanContext, files: readonly PlannedFile[]): void {
  const foreign = files.filter(({ path }) => ownerOf(path) === 'foreign').map(({ path }) => path)
  if (foreign.length === 0) return
  throw new RampartError(
    'not-allowed',
    `${foreign.join(', ')} ${foreign.length === 1 ? 'is' : 'are'} there already and not made by Rampart: name another folder (--cert-dir, --ca-dir, --client-dir, --context), or move what is there away. Nothing was changed.`,
  )
}

export function authorityCertificate({ lives, keyType }: PlanContext, hostname: string): PlannedCertificate {
  return {
    id: 'authority',
    name: `Docker clients of ${hostname}`.slice(0, 64),
    use: 'authority',
    days: lives.authority,
    keyType,
    names: [],
  }
}

/** The certificate of dockerd itself, for every name and address that clients use. */
export function serverCertificate(
  context: PlanContext,
  names: PlannedCertificate['names'],
): PlannedCertificate {
  return {
    id: 'server',
    name: 'server',
    use: 'server',
    days: context.lives.server,
    keyType: context.keyType,
    names,
  }
}

export function clientCertificate(
  { lives, keyType }: PlanContext,
  name: string,
  place: ClientPlace,
): PlannedCertificate {
  return { id: `client ${name}`, name, use: 'client', days: lives.client, keyType, names: [], place }
}

/** How the client is used, in commands. */
export function clientUse(place: ClientPlace, host: TlsEndpoint): string[] {
  if (place.kind === 'context') return [`docker --context ${place.name} info`]
  const address = host.address.includes(':') ? `[${host.address}]` : host.address
  return [
    `DOCKER_HOST=tcp://${address}:${host.port} DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=${place.path} docker info`,
  ]
}
