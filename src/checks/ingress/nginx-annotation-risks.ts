/** Annotations that write text into the configuration of the server. Source: ingress-nginx docs, "Annotations Scope and Risk". */
export const CRITICAL: ReadonlySet<string> = new Set([
  'configuration-snippet',
  'server-snippet',
  'stream-snippet',
  'auth-snippet',
  'modsecurity-snippet',
])

export const HIGH: ReadonlySet<string> = new Set([
  'server-alias',
  'auth-url',
  'auth-signin',
  'auth-tls-match-cn',
  'auth-tls-error-page',
  'mirror-target',
  'mirror-host',
  'modsecurity-transaction-id',
  'proxy-ssl-name',
  'upstream-hash-by',
])

/** Signs by which a value leaves its place in the configuration. */
export const BREAKS_OUT = /[\n\r"'`{};#]/
