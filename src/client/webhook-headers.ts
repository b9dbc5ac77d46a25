import type { WebhookConnection } from './webhook-kubeconfig.js'

/**
 * The headers of a review. Over a connection that everybody can read no credential is sent.
 * Source: client-go v0.36.2 rest/request.go (Accept), transport/round_trippers.go (the others); tools/clientcmd
 * client_config.go, ClientConfig (no credential without TLS).
 */
export function webhookHeaders(
  connection: WebhookConnection,
  body: string | undefined,
): Record<string, string | string[]> {
  const { url, token, basic, impersonate, compression } = connection
  const headers: Record<string, string | string[]> = {
    accept: 'application/json, */*',
    ...(compression ? { 'accept-encoding': 'gzip' } : {}),
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
  }
  if (url.protocol !== 'https:') return headers
  if (token !== undefined) headers.authorization = `Bearer ${token()}`
  else if (basic !== undefined) headers.authorization = `Basic ${Buffer.from(basic).toString('base64')}`
  return { ...headers, ...impersonate }
}
