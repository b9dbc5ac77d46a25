import { hostname } from 'node:os'
import path from 'node:path'
import { configFault, type ConfigPlace } from './config-fault.js'
import { RampartError } from '../../../../model/index.js'

/** What `%` and a letter mean in names of files. */
export interface TokenFacts {
  readonly home: string
  readonly localUser: string
  readonly originalHost: string
  readonly host: string
  readonly port: number
  readonly user: string
  readonly alias: string
  readonly environment: Readonly<Record<string, string | undefined>>
}

/**
 * The path that a configuration means: `~`, `${VARIABLE}`, `%h` and the like.
 * Source: openssh ssh.c, default_client_percent_dollar_expand; ssh_config(5), TOKENS.
 */
export function expandPath(text: string, facts: TokenFacts, at: ConfigPlace | undefined): string {
  const fault = (what: string): RampartError =>
    at === undefined ? new RampartError('usage', what) : configFault(at, what)
  if (/^~[^/]/.test(text)) throw fault(`\`${text}\`: homes of other users are not supported`)
  const below = text.startsWith('~') ? path.join(facts.home, text.slice(1)) : text
  const expanded = below.replace(
    /%(.?)|\$\{([^}]*)\}/gs,
    (whole: string, token: string | undefined, name: string) => {
      if (token === undefined) {
        const value = facts.environment[name]
        if (value === undefined) throw fault(`\`${text}\`: there is no variable ${name}`)
        return value
      }
      const value = valueOf(token, facts)
      if (value === undefined) throw fault(`\`${text}\`: \`${whole}\` is not supported`)
      return value
    },
  )
  return path.resolve(expanded)
}

function valueOf(token: string, facts: TokenFacts): string | undefined {
  const machine = hostname()
  const values: Readonly<Record<string, string>> = {
    '%': '%',
    d: facts.home,
    h: facts.host,
    i: String(process.getuid?.() ?? ''),
    k: facts.alias,
    L: machine.replace(/\..*$/, ''),
    l: machine,
    n: facts.originalHost,
    p: String(facts.port),
    r: facts.user,
    u: facts.localUser,
  }
  return values[token]
}
