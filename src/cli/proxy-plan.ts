import { statSync } from 'node:fs'
import type { ApiClient } from '../client/index.js'
import { RampartError } from '../model/index.js'
import type {
  Dashboard,
  Filter,
  FilterTexts,
  Policy,
  ProxyOptions,
  Sensitive,
  Session,
} from '../proxy/index.js'
import { nearestWords } from '../text/index.js'
import { inWords } from './durations.js'

/** The options of `rampart proxy` that say what is served and to whom. */
export interface ProxyFlags {
  readonly open?: string
  readonly allow?: string
  readonly methods: string
  readonly compat?: 'kubectl'
  readonly idleTimeout: number
  readonly port?: string
  readonly address: string
  readonly unixSocket?: string
  readonly apiPrefix: string
  readonly www?: string
  readonly wwwPrefix: string
  readonly acceptHosts?: string
  readonly acceptPaths?: string
  readonly rejectPaths?: string
  readonly rejectMethods?: string
  readonly disableFilter?: boolean | string
  readonly appendServerPath?: boolean | string
}

/** What the options ask for; made before anything is contacted, so that wrong usage is told at once. */
export interface ProxyPlan {
  readonly listen: ProxyOptions['listen']
  prepare(client: ApiClient): Promise<ReadyProxy>
}

export interface ReadyProxy {
  readonly policy: ProxyOptions['policy']
  readonly appendServerPath: boolean
  readonly warnings: readonly string[]
  readonly greeting: (address: string) => string
}

const DEFAULT_PORT = '8001'
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

export async function proxyPlan(flags: ProxyFlags): Promise<ProxyPlan> {
  const proxy = await import('../proxy/index.js')
  const listen = listenOn(flags)
  const prefixes = prefixesOf(flags)
  const compat = flags.compat !== undefined
  const disabled = flag(flags.disableFilter, '--disable-filter')
  const append = flag(flags.appendServerPath, '--append-server-path')
  if (disabled && !compat) throw new RampartError('usage', '--disable-filter is for --compat kubectl alone')
  if (compat && (flags.open !== undefined || flags.allow !== undefined)) {
    throw new RampartError('usage', '--open and --allow belong to the safe mode, not to --compat kubectl')
  }
  const given: Partial<FilterTexts> = definedOf(flags)
  const filter = proxy.kubectlFilter({ ...proxy.KUBECTL_DEFAULTS, ...(compat ? {} : OPEN), ...given })
  if (compat) {
    return {
      listen,
      prepare: (client) =>
        Promise.resolve({
          policy: () => ({ prefixes, ...(disabled ? {} : { filter }) }),
          appendServerPath: append,
          warnings: kubectlWarnings(client, {
            disabled,
            append,
            unix: 'unixSocket' in listen,
            www: flags.www,
          }),
          greeting: (address) => `Starting to serve on ${address}\n`,
        }),
    }
  }
  const allow = allowed(flags.allow, proxy.SENSITIVE)
  const methods = methodsOf(flags.methods)
  return {
    listen,
    async prepare(client) {
      const dashboard = flags.open === undefined ? undefined : await proxy.findDashboard(client, flags.open)
      const session = 'unixSocket' in listen ? undefined : new proxy.Session()
      const entryPath = dashboard === undefined ? prefixes.api : `${dashboard.path}/`
      return {
        appendServerPath: flags.appendServerPath === undefined ? true : append,
        warnings: safeWarnings(listen, flags.acceptHosts),
        greeting: (address) => greeting({ address, session, flags, dashboard, allow, methods }),
        policy(port): Policy {
          session?.nameCookie(port)
          return {
            prefixes: dashboard === undefined ? prefixes : { api: '/' },
            filter,
            safe: {
              rules: { methods, allow, ...(dashboard === undefined ? {} : { only: dashboard.path }) },
              ...(session === undefined ? {} : { session }),
              acceptHost: hostCheck(listen, port, flags.acceptHosts === undefined ? undefined : filter),
              entryPath,
            },
          }
        },
      }
    },
  }
}

/** In the safe mode the rules say what passes; patterns narrow it down only when they are given. */
const OPEN: Partial<FilterTexts> = { rejectPaths: '', acceptHosts: '.*' }

function definedOf({
  acceptHosts,
  acceptPaths,
  rejectPaths,
  rejectMethods,
}: ProxyFlags): Partial<FilterTexts> {
  return {
    ...(acceptHosts === undefined ? {} : { acceptHosts }),
    ...(acceptPaths === undefined ? {} : { acceptPaths }),
    ...(rejectPaths === undefined ? {} : { rejectPaths }),
    ...(rejectMethods === undefined ? {} : { rejectMethods }),
  }
}

function listenOn({ port, address, unixSocket }: ProxyFlags): ProxyOptions['listen'] {
  if (unixSocket !== undefined) {
    if (port !== undefined && port !== DEFAULT_PORT) {
      throw new RampartError('usage', 'cannot set --unix-socket and --port at the same time')
    }
    return { unixSocket }
  }
  const number = Number(port ?? DEFAULT_PORT)
  if (!/^\d{1,5}$/.test(port ?? DEFAULT_PORT) || number > 65_535) {
    throw new RampartError('usage', `--port is a number from 0 to 65535, not \`${port ?? ''}\``)
  }
  return { host: address.replace(/^\[(.*)\]$/, '$1'), port: number }
}

function prefixesOf({ apiPrefix, www, wwwPrefix }: ProxyFlags): Policy['prefixes'] {
  const [api, files] = [apiPrefix, wwwPrefix].map((prefix) =>
    prefix.endsWith('/') ? prefix : `${prefix}/`,
  ) as [string, string]
  if (!api.startsWith('/')) throw new RampartError('usage', '--api-prefix begins with a slash')
  if (www === undefined) return { api }
  if (!files.startsWith('/')) throw new RampartError('usage', '--www-prefix begins with a slash')
  if (files === api) throw new RampartError('usage', '--www-prefix and --api-prefix are the same')
  return { api, static: files }
}

/** `--flag`, `--flag=true`, `--flag=false`, as kubectl takes them. */
function flag(value: boolean | string | undefined, name: string): boolean {
  if (value === undefined || typeof value === 'boolean') return value ?? false
  if (/^(1|t|true)$/i.test(value)) return true
  if (/^(0|f|false)$/i.test(value)) return false
  throw new RampartError('usage', `${name} is true or false, not \`${value}\``)
}

function allowed(text: string | undefined, known: readonly Sensitive[]): ReadonlySet<Sensitive> {
  const words = (text ?? '').split(',').filter((each) => each !== '')
  for (const word of words) {
    if ((known as readonly string[]).includes(word)) continue
    const near = nearestWords(word, known)
    const hint =
      near.length > 0 ? `; did you mean ${near.join(' or ')}?` : `; it is one of ${known.join(', ')}`
    throw new RampartError('usage', `--allow: \`${word}\` is nothing that is kept back${hint}`)
  }
  return new Set(words as Sensitive[])
}

function methodsOf(text: string): ReadonlySet<string> | 'all' {
  if (text === 'all') return 'all'
  const words = text.toUpperCase().split(',')
  const wrong = words.find((word) => !METHODS.includes(word))
  if (wrong !== undefined) {
    throw new RampartError('usage', `--methods: \`${wrong}\` is none of ${METHODS.join(', ')}, or all`)
  }
  return new Set(words)
}

/** The names of the address that is listened on, with its port; and what --accept-hosts says. */
function hostCheck(listen: ProxyOptions['listen'], port: number, filter: Filter | undefined) {
  if ('unixSocket' in listen) return () => true
  const { host } = listen
  const own = host.includes(':') ? `[${host}]` : host
  const names = new Set([own, ...(isLoopback(host) ? ['localhost', '127.0.0.1', '[::1]'] : [])])
  const hosts = new Set(
    [...names].flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])),
  )
  return (given: string): boolean => hosts.has(given) || filter?.acceptsHost(given) === true
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

function safeWarnings(listen: ProxyOptions['listen'], acceptHosts: string | undefined): string[] {
  if ('unixSocket' in listen || isLoopback(listen.host)) return []
  const warnings = [
    `${listen.host} is reached by other machines, without TLS: the session can be read on the way`,
  ]
  if (acceptHosts === undefined && /^(0\.0\.0\.0|::)$/.test(listen.host)) {
    warnings.push(`no host is accepted but ${listen.host} itself: name others with --accept-hosts`)
  }
  return warnings
}

interface Circumstances {
  readonly disabled: boolean
  readonly append: boolean
  readonly unix: boolean
  readonly www: string | undefined
}

/** Source: kubectl v0.36.2 pkg/cmd/proxy/proxy.go, Complete and Validate. */
function kubectlWarnings({ transport }: ApiClient, { disabled, append, unix, www }: Circumstances): string[] {
  const warnings: string[] = []
  const { pathname } = transport.base
  if (!append && pathname !== '/' && pathname !== '') {
    warnings.push(
      `Your kube context contains a server path ${pathname}, use --append-server-path to automatically append the path to each request`,
    )
  }
  if (disabled && !unix) {
    warnings.push('Request filter disabled, your proxy is vulnerable to XSRF attacks, please be cautious')
  }
  if (www !== undefined && statSync(www, { throwIfNoEntry: false })?.isDirectory() !== true) {
    warnings.push(`Static file directory ${www} is not a directory`)
  }
  return warnings
}

interface Greeting {
  readonly address: string
  readonly session: Session | undefined
  readonly flags: ProxyFlags
  readonly dashboard: Dashboard | undefined
  readonly allow: ReadonlySet<Sensitive>
  readonly methods: ReadonlySet<string> | 'all'
}

function greeting({ address, session, flags, dashboard, allow, methods }: Greeting): string {
  const passes = methods === 'all' ? 'every method' : [...methods].join(', ')
  const what =
    dashboard === undefined ? 'the API' : `${flags.open ?? ''} (port ${dashboard.port}, ${dashboard.scheme})`
  const kept = ['secrets', 'tokens', 'exec', 'attach', 'portforward', 'proxy'].filter(
    (each) => !allow.has(each as Sensitive),
  )
  const ends = flags.idleTimeout === 0 ? '' : `; ends after ${inWords(flags.idleTimeout)} without a request`
  const but = dashboard === undefined && kept.length > 0 ? `, but no ${kept.join(', ')}` : ''
  const rules = `Passes ${passes} to ${what}${but}${ends}.\n`
  if (session === undefined) {
    return `Starting to serve on ${address}\n${rules}Programs: curl --unix-socket ${address} http://localhost/version\n`
  }
  const path = dashboard === undefined ? 'version' : ''
  return (
    `Starting to serve on ${address}\n${rules}` +
    `Open (once): http://${address}/${session.entry ?? ''}\n` +
    `Programs: curl -H 'Rampart-Session: ${session.secret}' http://${address}/${path}\n`
  )
}
