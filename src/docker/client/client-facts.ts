import { versionNumbers } from '../releases.js'

/** What Docker's command line does from one version on (`since`), or until one (`before`). */
export interface ClientFact {
  readonly id: string
  readonly since?: string
  readonly before?: string
  readonly text: string
  /** The file of docker/cli that was compared between the versions. */
  readonly source: string
}

/**
 * Facts about Docker's client that changed between versions. Compared in the sources of docker/cli v20.10.27, v23.0.6,
 * v24.0.9, v25.0.0, v26.1.5, v27.5.1, v28.0.0, v28.1.1, v28.2.2, v28.5.2 and v29.0.0, and tried with 20.10.24 and 28.2.2.
 */
export const CLIENT_FACTS = [
  {
    id: 'tls-on-local-socket',
    before: '28.2',
    text: 'with TLS switched on it takes the path of a unix:// socket for the name of a host, and does not reach it',
    source: 'cli/context/docker/load.go, ClientOpts, isSocket',
  },
  {
    id: 'encrypted-key',
    since: '23.0',
    text: 'it refuses a private key that is encrypted',
    source: 'cli/context/docker/load.go, tlsConfig',
  },
  {
    id: 'ssh-path',
    since: '24.0',
    text: 'it takes a path behind the host of an ssh:// address, that of the socket there',
    source: 'cli/connhelper/ssh/ssh.go, ParseURL',
  },
] as const satisfies readonly ClientFact[]

export type ClientFactId = (typeof CLIENT_FACTS)[number]['id']

/** Whether a fact holds for a version (`28.2.2`); undefined where the version is not known. */
export function clientFactHolds(id: ClientFactId, version: string | undefined): boolean | undefined {
  const numbers = version === undefined ? undefined : versionNumbers(version)
  if (numbers === undefined) return undefined
  const fact: ClientFact | undefined = CLIENT_FACTS.find((each) => each.id === id)
  if (fact?.since !== undefined && isBefore(numbers, fact.since)) return false
  return fact?.before === undefined || isBefore(numbers, fact.before)
}

function isBefore([major, minor]: readonly [number, number, number], version: string): boolean {
  const [otherMajor = 0, otherMinor = 0] = version.split('.').map(Number)
  return major < otherMajor || (major === otherMajor && minor < otherMinor)
}
