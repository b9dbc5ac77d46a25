import { X509Certificate } from 'node:crypto'
import { asString, field, isObject, type JsonObject, type SecretValueFacts } from '../../model/index.js'
import { isPlaceholder } from '../../text/index.js'

/** Values are looked at up to this length; a Secret holds 1 MiB at most. */
const LONGEST = 1024 * 1024

/**
 * What checks need to know of the values of a Secret, learnt when it is read: nothing behind the readers sees them.
 * Undefined for other objects and where there are no values.
 */
export function secretValueFacts(content: JsonObject): Record<string, SecretValueFacts> | undefined {
  if (content.kind !== 'Secret' || content.apiVersion !== 'v1') return undefined
  const type = asString(content.type) ?? ''
  const facts = new Map<string, SecretValueFacts>()
  for (const part of ['data', 'stringData'] as const) {
    const values = field(content, part)
    if (!isObject(values)) continue
    for (const [key, value] of Object.entries(values)) {
      // A value that was redacted before says nothing.
      if (typeof value !== 'string' || value === '[redacted]') continue
      // A value that is encrypted or put in later need not be base64.
      const plain = part === 'stringData' || isPlaceholder(value) ? value : decoded(value)
      facts.set(key, factsOf(plain.slice(0, LONGEST), type, key))
    }
  }
  return facts.size === 0 ? undefined : Object.fromEntries(facts)
}

function decoded(value: string): string {
  return Buffer.from(value, 'base64').toString('latin1')
}

function factsOf(text: string, type: string, key: string): SecretValueFacts {
  const trimmed = text.trim()
  if (trimmed === '') return { kind: 'empty' }
  if (/^(?:ENC\[|\$ANSIBLE_VAULT;|-----BEGIN (?:AGE ENCRYPTED FILE|PGP MESSAGE)-----)/.test(trimmed))
    return { kind: 'encrypted' }
  if (isPlaceholder(trimmed)) return { kind: 'placeholder' }
  if (/^\.dockerconfigjson$|^\.dockercfg$/.test(key) && type.startsWith('kubernetes.io/dockerc')) {
    return { kind: 'value', registries: registriesIn(trimmed, key) }
  }
  const certificate = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]{1,100000}-----END CERTIFICATE-----/.exec(
    text,
  )?.[0]
  const isPublic =
    !/PRIVATE KEY/.test(text) &&
    /-----BEGIN (?:CERTIFICATE|PUBLIC KEY|X509 CRL)|^ssh-(?:rsa|ed25519) /.test(text)
  return { kind: isPublic ? 'public' : 'value', ...(certificate === undefined ? {} : datesOf(certificate)) }
}

function datesOf(pem: string): { notBefore: number; notAfter: number } | undefined {
  try {
    const { validFrom, validTo } = new X509Certificate(pem)
    return { notBefore: Date.parse(validFrom) / 1000, notAfter: Date.parse(validTo) / 1000 }
  } catch {
    return undefined
  }
}

/** Hosts of the registries, without credentials. Source: kubernetes v1.36.2 pkg/credentialprovider/config.go. */
function registriesIn(text: string, key: string): string[] {
  try {
    const config: unknown = JSON.parse(text)
    const auths = key === '.dockercfg' ? config : field(config, 'auths')
    if (!isObject(auths)) return []
    const hosts = Object.keys(auths).map((name) => name.replace(/^https?:\/\//, '').replace(/\/.*$/, ''))
    return [...new Set(hosts)].slice(0, 100).sort()
  } catch {
    return []
  }
}
