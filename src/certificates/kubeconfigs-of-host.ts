import { posix } from 'node:path'
import { asList, asObject, asString, type Host, type JsonValue } from '../model/index.js'
import { readYaml } from '../text/index.js'

/** The first cluster and user of a kubeconfig: what its components use. */
export interface HostKubeconfig {
  readonly path: string
  /** Host name or address of the server, and the name that its certificate must have where that is another. */
  readonly serverName: string | undefined
  /** PEM of what it trusts; undefined where it names none or the file was not read. */
  readonly authority: string | undefined
  /** Its client certificate as PEM, embedded or from a file. */
  readonly client: { readonly pem: string; readonly path: string } | undefined
  /** A component of this host names it. */
  readonly component: string | undefined
}

const MOST_BYTES = 1 << 20

/** Kubeconfigs of a host with what they trust and show. */
export function kubeconfigsOfHost(host: Host): HostKubeconfig[] {
  return [...host.files.values()].flatMap(({ path, text }) => {
    if (text === undefined || text.length > MOST_BYTES || !/(?:^|[\s"'{,])clusters["']?\s*:/.test(text))
      return []
    const { value } = readYaml(text)
    const { clusters, users, contexts, 'current-context': current } = asObject(value)
    const context = asObject(named(contexts, asString(current), 'context'))
    const cluster = asObject(named(clusters, asString(context.cluster), 'cluster'))
    const user = asObject(named(users, asString(context.user), 'user'))
    const server = asString(cluster.server)
    if (server === undefined) return []
    return [
      {
        path,
        serverName: asString(cluster['tls-server-name']) ?? hostOf(server),
        authority: pemOf(host, path, cluster['certificate-authority-data'], cluster['certificate-authority'])
          ?.pem,
        client: pemOf(host, path, user['client-certificate-data'], user['client-certificate']),
        component: componentOf(host, path),
      },
    ]
  })
}

function named(list: JsonValue | undefined, name: string | undefined, key: string): JsonValue | undefined {
  const all = asList(list).map(asObject)
  return (all.find((each) => each.name === name) ?? all[0])?.[key]
}

function hostOf(server: string): string | undefined {
  try {
    return new URL(server).hostname
  } catch {
    return undefined
  }
}

/** Data before the file. Source: client-go v0.36.2 tools/clientcmd/client_config.go. */
function pemOf(
  host: Host,
  path: string,
  data: JsonValue | undefined,
  file: JsonValue | undefined,
): { readonly pem: string; readonly path: string } | undefined {
  if (typeof data === 'string' && data !== '')
    return { pem: Buffer.from(data, 'base64').toString('latin1'), path }
  if (typeof file !== 'string' || file === '') return undefined
  const whole = posix.resolve(posix.dirname(path), file)
  const text = host.files.get(whole)?.text
  return text === undefined ? undefined : { pem: text, path: whole }
}

function componentOf({ commands }: Host, path: string): string | undefined {
  return commands.find(({ args }) => args.some(({ value }) => value === path || value.endsWith(`=${path}`)))
    ?.component
}
