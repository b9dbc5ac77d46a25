import { RE2JS } from 're2js'
import { RampartError } from '../model/index.js'

/** The flags of kubectl proxy that say what passes; each a list of patterns with commas between. */
export interface FilterTexts {
  readonly acceptPaths: string
  readonly rejectPaths: string
  readonly acceptHosts: string
  readonly rejectMethods: string
}

/** Source: kubectl v0.36.2 pkg/proxy/proxy_server.go. */
export const KUBECTL_DEFAULTS: FilterTexts = {
  acceptPaths: '^.*',
  rejectPaths: '^/api/.*/pods/.*/exec,^/api/.*/pods/.*/attach',
  acceptHosts: String.raw`^localhost$,^127\.0\.0\.1$,^\[::1\]$`,
  rejectMethods: '^$',
}

export interface Filter {
  accepts(method: string, path: string, hostHeader: string): boolean
  acceptsHost(hostHeader: string): boolean
}

/** The filter of kubectl proxy. Throws RampartError for patterns that RE2 does not read. */
export function kubectlFilter(texts: FilterTexts): Filter {
  const acceptPaths = patterns('--accept-paths', texts.acceptPaths)
  const rejectPaths = patterns('--reject-paths', texts.rejectPaths)
  const acceptHosts = patterns('--accept-hosts', texts.acceptHosts)
  const rejectMethods = patterns('--reject-methods', texts.rejectMethods)
  const acceptsHost = (header: string): boolean => matches(acceptHosts, hostOf(header))
  return {
    acceptsHost,
    accepts: (method, path, header) =>
      !matches(rejectPaths, path) &&
      !matches(rejectMethods, method) &&
      matches(acceptPaths, path) &&
      acceptsHost(header),
  }
}

/** Every comma divides, even one within a pattern. */
function patterns(flag: string, text: string): RE2JS[] {
  if (text === '') return []
  return text.split(',').map((each) => {
    try {
      return RE2JS.compile(each)
    } catch (error) {
      throw new RampartError(
        'usage',
        `${flag}: \`${each}\` is no regular expression: ${(error as Error).message}`,
      )
    }
  })
}

function matches(list: readonly RE2JS[], text: string): boolean {
  return list.some((each) => each.matcher(text).find())
}

/** Go's net.SplitHostPort, or the header as it is where that fails: `[::1]` keeps its brackets. */
export function hostOf(header: string): string {
  const found = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:[\]]*)$/.exec(header)
  return found === null ? header : (found[1] ?? found[2] ?? '')
}
