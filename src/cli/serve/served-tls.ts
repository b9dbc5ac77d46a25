import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { RampartError } from '../../model/index.js'
import type { ServerTls } from '../../serve/index.js'
import { isLoopback } from './addresses.js'

export interface TlsOptions {
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly clientCa?: string
  readonly insecureLoopback?: boolean
}

/** Mutual TLS, unless the user says otherwise for a loopback address. Throws where the files do not do for it. */
export function tlsOf(options: TlsOptions, host: string): ServerTls | undefined {
  const { tlsCert, tlsKey, clientCa, insecureLoopback } = options
  if (insecureLoopback === true && !isLoopback(host)) {
    throw new RampartError('usage', `--insecure-loopback serves loopback addresses only, and ${host} is none`)
  }
  if (tlsCert === undefined && tlsKey === undefined && insecureLoopback === true) return undefined
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new RampartError(
      'usage',
      'name --tls-cert and --tls-key, or serve a loopback address with --insecure-loopback',
    )
  }
  if (clientCa === undefined && insecureLoopback !== true) {
    throw new RampartError('usage', 'name --client-ca: without it anybody may ask what anybody may do')
  }
  const tls: ServerTls = {
    cert: readPem(tlsCert),
    key: readPem(tlsKey),
    clientCa: clientCa === undefined ? undefined : readPem(clientCa),
  }
  check('--tls-cert and --tls-key', `\`${tlsCert}\` and \`${tlsKey}\``, { cert: tls.cert, key: tls.key })
  if (clientCa !== undefined) checkAuthorities(clientCa, tls.clientCa ?? '')
  return tls
}

/** OpenSSL takes a file without certificates for an empty list, and then nobody could ask. */
function checkAuthorities(file: string, pem: string): void {
  if (!pem.includes('-----BEGIN CERTIFICATE-----'))
    throw new RampartError('unreadable-input', `--client-ca: \`${file}\` holds no certificate (PEM)`)
  check('--client-ca', `\`${file}\``, { ca: pem })
}

function check(option: string, files: string, given: { cert?: string; key?: string; ca?: string }): void {
  try {
    createSecureContext(given)
  } catch (error) {
    const message = `${option}: ${files} cannot be used for TLS: ${(error as Error).message}`
    throw new RampartError('unreadable-input', message, { cause: error })
  }
}

function readPem(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new RampartError('unreadable-input', `cannot read \`${file}\`: ${(error as Error).message}`, {
      cause: error,
    })
  }
}
