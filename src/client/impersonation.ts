import type { Impersonation } from '../kubeconfig/index.js'

const TOKEN = /[!#$&'*+\-.^_`|~0-9A-Za-z]/

/** Headers that ask the server to act for another user. Source: client-go v0.36.2 transport/round_trippers.go. */
export function impersonationHeaders(as: Impersonation | undefined): Record<string, string | string[]> {
  if (as === undefined || as.user === '') return {}
  const headers: Record<string, string | string[]> = { 'Impersonate-User': headerValue(as.user) }
  if (as.uid !== '') headers['Impersonate-Uid'] = headerValue(as.uid)
  if (as.groups.length > 0) headers['Impersonate-Group'] = as.groups.map(headerValue)
  for (const [key, values] of as.extra) {
    headers[`Impersonate-Extra-${escapeKey(key)}`] = values.map(headerValue)
  }
  return headers
}

/** What a header's name cannot hold is percent-encoded, and so is the sign that says it. */
function escapeKey(key: string): string {
  let escaped = ''
  for (const byte of Buffer.from(key)) {
    const sign = String.fromCharCode(byte)
    escaped += TOKEN.test(sign) ? sign : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return escaped
}

/** Headers are bytes: a name in another script goes out as its UTF-8, as Go sends it. */
function headerValue(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}
