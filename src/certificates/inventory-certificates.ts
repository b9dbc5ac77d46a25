import type { Estate, Host } from '../model/index.js'
import { ANY_USE, CLIENT_AUTH, SERVER_AUTH } from '../pki/index.js'
import type { CertificateEntry, CertificateFault } from './certificate-entry.js'
import { dateFaults } from './date-faults.js'
import { rolesOf } from './certificate-roles.js'
import { usersByPath, type NamedUser } from './certificate-users.js'
import { allCertificatesOf, unreadCertificates, type FoundCertificate } from './host-certificates.js'
import { keyPairsOf } from './key-pairs.js'
import { certificatesOfObjects } from './object-certificates.js'
import { askPeers } from './peers.js'

/** Every certificate of an estate, with its users and what is wrong with it at `now` (seconds since 1970). Pure. */
export function inventoryCertificates(estate: Estate, now: number): CertificateEntry[] {
  return [
    ...estate.hosts.flatMap((host) => certificatesOf(host, now)),
    ...certificatesOfObjects(estate.objects, now),
  ].sort(
    (left, right) =>
      compare(left.source, right.source) ||
      compare(left.place, right.place) ||
      (left.line ?? 0) - (right.line ?? 0),
  )
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

function certificatesOf(host: Host, now: number): CertificateEntry[] {
  const keys = keyPairsOf(host)
  const read = allCertificatesOf(host).map((certificate) => entryOf(host, certificate, keys, now))
  const unread = unreadCertificates(host).map(({ path, line, why }): CertificateEntry => ({
    source: host.name,
    place: path,
    ...(line === undefined ? {} : { line }),
    kind: 'certificate',
    usedBy: usersByPath(host).get(path) ?? [],
    chain: { kind: 'unknown', why: 'it could not be read' },
    faults: [{ kind: 'unreadable', message: `it ${why}` }],
  }))
  return [...read, ...unread]
}

function entryOf(
  host: Host,
  certificate: FoundCertificate,
  keys: ReturnType<typeof keyPairsOf>,
  now: number,
): CertificateEntry {
  const { file, key: _key, origin, embedded, first, pem, ...facts } = certificate
  const users =
    embedded === undefined
      ? (usersByPath(host).get(file.path) ?? [])
      : usersOfKubeconfig(host, file.path, embedded)
  const serves = rolesOf(host).get(file.path)?.has('server') === true
  const authority = embedded === 'authority' || (facts.ca && embedded !== 'client' && !serves)
  // Of a chain the first is shown, and the others lead from it to the authority.
  const shown = !authority && first
  const pair = shown
    ? keys.find(
        (each) => each.certificate === file.path && (embedded === undefined || each.key === file.path),
      )
    : undefined
  const peers = shown ? askPeers(host, pem, users, embedded === 'client' ? file.path : undefined) : undefined
  const faults = [
    ...dateFaults(facts.notBefore, facts.notAfter, now),
    ...(shown ? useFaults(host, certificate) : []),
    ...(peers?.faults ?? []),
    ...(pair?.fits === false
      ? [{ kind: 'key' as const, message: `the private key in ${pair.key} is not its own` }]
      : []),
  ]
  return {
    source: host.name,
    place: file.path,
    ...(origin.kind === 'file' && origin.line !== undefined ? { line: origin.line } : {}),
    kind: authority ? 'authority' : 'certificate',
    facts,
    notBefore: facts.notBefore,
    notAfter: facts.notAfter,
    usedBy: users.map(({ by, as }) => ({ by, as })),
    ...(pair === undefined ? {} : { key: { path: pair.key, fits: pair.fits } }),
    chain: peers?.chain ?? {
      kind: 'unknown',
      why: authority ? 'it is trusted itself' : 'it leads from another one to its authority',
    },
    faults,
  }
}

function usersOfKubeconfig(host: Host, path: string, embedded: 'client' | 'authority'): NamedUser[] {
  const as = embedded === 'client' ? 'client-certificate-data' : 'certificate-authority-data'
  const users = usersByPath(host).get(path) ?? []
  const components = users.filter(({ setting }) => /kubeconfig$/.test(setting))
  if (components.length > 0)
    return components.map((user) => ({ ...user, as: `${user.as}, ${as}`, setting: as }))
  return [{ by: 'who holds this kubeconfig', as, component: '', setting: as }]
}

/** Uses that the certificate does not allow. Source: Go crypto/x509 verify.go: without the extension any use is allowed. */
function useFaults(host: Host, { uses, file, embedded, ca }: FoundCertificate): CertificateFault[] {
  const roles =
    embedded === 'client' ? new Set(['client']) : (rolesOf(host).get(file.path) ?? new Set<string>())
  if (ca && roles.has('server'))
    return [
      {
        kind: 'use',
        message: 'it serves, and is a certificate authority: whoever takes its key can sign more',
      },
    ]
  if (uses === undefined || uses.length === 0 || uses.includes(ANY_USE)) return []
  return [
    ...(roles.has('server') && !uses.includes(SERVER_AUTH)
      ? [
          {
            kind: 'use' as const,
            message: 'it is used by a server, and its extendedKeyUsage is not for servers',
          },
        ]
      : []),
    ...(roles.has('client') && !uses.includes(CLIENT_AUTH)
      ? [
          {
            kind: 'use' as const,
            message: 'it is used by a client, and its extendedKeyUsage is not for clients',
          },
        ]
      : []),
  ]
}
