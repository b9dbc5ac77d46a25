import type { ConnectConfig } from 'ssh2'
import { HostRefused } from './host-transport.js'
import type { SshOptions } from './ssh-options.js'

/** Of several keys the server shows the first that both sides name: one that is known, where one is. */
export function algorithmsOf(
  { algorithms = {} }: SshOptions,
  types: readonly string[],
  name: string,
): NonNullable<ConnectConfig['algorithms']> {
  const limits = Object.entries(algorithms).map(([kind, { only, without }]) => [
    kind,
    { remove: [...(without ?? []).map(exactly), ...(only === undefined ? [] : [noneOf(only)])] },
  ])
  const wanted = serverKeyAlgorithms(types).filter((type) => {
    const { only, without = [] } = algorithms.serverHostKey ?? {}
    return (
      (only === undefined || !noneOf(only).test(type)) && !without.some((each) => exactly(each).test(type))
    )
  })
  if (types.length > 0 && wanted.length === 0)
    throw new HostRefused(
      `${name}: its known keys are ${types.join(', ')}, and HostKeyAlgorithms allows none of them`,
    )
  return {
    ...(Object.fromEntries(limits) as object),
    ...(wanted.length === 0 ? {} : { serverHostKey: wanted as ServerHostKeys }),
  }
}

type ServerHostKeys = Extract<
  NonNullable<NonNullable<ConnectConfig['algorithms']>['serverHostKey']>,
  unknown[]
>

/** A pattern of ssh, which knows `*` and `?`, as an expression. */
function exactly(pattern: string): RegExp {
  return new RegExp(`^${expressionOf(pattern)}$`)
}

function noneOf(patterns: readonly string[]): RegExp {
  return new RegExp(`^(?!(?:${patterns.map(expressionOf).join('|')})$)`)
}

function expressionOf(pattern: string): string {
  return pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.')
}

/** RSA keys are offered under the names of their signatures. Source: RFC 8332. */
function serverKeyAlgorithms(types: readonly string[]): string[] {
  return types.flatMap((type) => (type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256'] : [type]))
}
