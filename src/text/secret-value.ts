import { looksRandom } from './mask.js'

/** What says that a text is a secret: a form that nothing else has, chance behind a telling name, or the name alone. */
export type SecretSign =
  { readonly by: 'form'; readonly what: string } | { readonly by: 'chance' } | { readonly by: 'name' }

/** Longer texts are judged by their first part. A ConfigMap holds 1 MiB at most. */
const LONGEST = 1024 * 1024

/**
 * Forms of credentials that services issue, each with a mark of its own. Names of keys (AWS access key ids), public keys
 * and publishable keys are not among them. Each is linear: bounded, or without nested repetition.
 */
const FORMS: readonly (readonly [string, RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z]{2,20} )*PRIVATE KEY(?: BLOCK)?-----\s+[A-Za-z0-9+/=:,\s-]{40}/],
  ['a private key', /-----BEGIN (?:[A-Z]{2,20} )*PRIVATE KEY-----\\n[A-Za-z0-9+/=]{40}/],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{60,255})\b/],
  ['a GitLab token', /\bgl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|oas)-[\w-]{20,300}/],
  ['a Slack token', /\bxox[abeoprs]-[0-9A-Za-z-]{20,250}/],
  [
    'a Slack webhook',
    /hooks\.slack\.com\/(?:services|workflows)\/[A-Z0-9]{8,12}\/[A-Z0-9]{8,12}\/[A-Za-z0-9]{20,}/,
  ],
  ['a Stripe key', /\b[rs]k_(?:live|test)_[A-Za-z0-9]{20,250}\b/],
  ['a Google API key', /\bAIza[\w-]{35}\b/],
  ['a Google OAuth secret', /\bGOCSPX-[\w-]{28}\b/],
  ['a Vault token', /\bhv[sbr]\.[\w-]{24,300}/],
  ['an npm token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['a PyPI token', /\bpypi-AgE[\w-]{50,400}/],
  ['a Docker Hub token', /\bdckr_(?:pat|oat)_[\w-]{20,100}/],
  ['a DigitalOcean token', /\bdo[opr]_v1_[a-f0-9]{64}\b/],
  ['a Shopify token', /\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}\b/],
  ['a SendGrid key', /\bSG\.[\w-]{20,24}\.[\w-]{39,50}/],
  ['an OpenAI key', /\bsk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,100}T3BlbkFJ[A-Za-z0-9_-]{20,100}/],
  ['an Anthropic key', /\bsk-ant-(?:api|admin|sid)\d{2}-[\w-]{80,120}/],
  ['a Hugging Face token', /\bhf_[A-Za-z]{34}\b/],
  ['a Grafana token', /\bgl(?:sa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}|c_[A-Za-z0-9+/]{32,400}={0,2})/],
  ['a Databricks token', /\bdapi[a-f0-9]{32}\b/],
  ['a New Relic key', /\bNRAK-[A-Z0-9]{27}\b/],
  ['a Mailgun key', /\bkey-[0-9a-f]{32}\b/],
  ['a Telegram token', /\b\d{8,10}:AA[\w-]{33}\b/],
  ['an age key', /\bAGE-SECRET-KEY-1[0-9A-Z]{58}\b/],
  ['an Azure storage key', /\bAccountKey=[A-Za-z0-9+/]{86}==/],
  ['an Azure shared access key', /\bSharedAccessKey=[A-Za-z0-9+/]{43}=/],
  ['a k3s join token', /\bK10[0-9a-f]{64}::[\w-]{1,64}:[0-9a-f]{16,64}/],
  ['a JSON web token', /\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,8000}\.[\w-]{16,2000}/],
  ['registry credentials', /"auth"\s{0,5}:\s{0,5}"[A-Za-z0-9+/]{12,2000}={0,2}"/],
]

/** A user and a password in a URL or in the address of a database driver. */
const URL_PASSWORD = /\b[a-z][a-z0-9+.-]{1,30}:\/\/[^\s/:@'"]{0,100}:([^\s/@'"]{1,200})@[\w.[$({-]/gi
const DRIVER_PASSWORD = /^[\w.-]{1,60}:([^\s@:/]{1,200})@(?:tcp|unix)\(/

/** What stands where a secret is to be put, and what is none. */
const PLACEHOLDERS: readonly RegExp[] = [
  /^$/,
  // Substituted by a shell, a template engine, a deployment tool or Kubernetes itself.
  /^["']?\$/,
  /\$\{[^}]{0,200}\}|\$\([^)]{0,200}\)|\{\{[^}]{0,200}\}\}|<%|%\([A-Za-z_]\w{0,60}\)s/,
  /^<[^>]{1,200}>$/,
  /^%[A-Za-z_]\w{0,60}%$/,
  /^__\w{1,100}__$|^@@?\w{1,100}@@?$/,
  // References that another tool resolves.
  /^(?:ref\+[a-z0-9]+|vault|op|awssm|awsps|gcpsm|azurekeyvault|sops|env|file|secretref|secretkeyref|arn:aws[a-z-]*|projects)[:/]/i,
  /^ENC\[/,
  // Words for "put yours here".
  /^(?:x{3,}|\*+|\.{3,}|-+|_+|0+|todo|tbd|none|null|nil|undefined|empty|unset|redacted|\[redacted\]|n\/a|example|sample|dummy|placeholder|string|value|secret|password|passwd|token)$/i,
  /^(?:your|my|the|some|enter|insert|put|add|set|replace|change|fill|use|provide)[-_ .](?:.*[-_ .])?(?:here|me|this|value|password|passwd|secret|token|key|it|in|with)?[-_.!]*$/i,
  /\b(?:replace|fill|insert)[-_ ]?(?:me|this|in|here|with)\b|placeholder|[-_ ](?:goes[-_ ])?here$/i,
]

const SWITCH =
  /^(?:true|false|yes|no|on|off|enabled?|disabled?|always|never|optional|required?|auto|default)$/i

/** Whether a text stands for a secret that is put in later, or refers to it. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim()
  return text.length <= 400 && PLACEHOLDERS.some((form) => form.test(text))
}

/** What says that the value under a name is a secret, or undefined. The name may be empty. */
export function secretSign(name: string, value: string): SecretSign | undefined {
  const text = unquoted(value.trim())
  if (text === '' || isPlaceholder(text) || SWITCH.test(text)) return undefined
  const form = formOf(text)
  if (form !== undefined) return { by: 'form', what: form }
  const strength = nameStrength(name)
  if (strength === 'none' || /\s/.test(text) || isNoSecret(name, text)) return undefined
  if (isChance(text)) return { by: 'chance' }
  return strength === 'strong' || mixesSigns(text) ? { by: 'name' } : undefined
}

/** The form of a credential that stands somewhere in a text, in words. */
export function formOf(text: string): string | undefined {
  const part = text.length > LONGEST ? text.slice(0, LONGEST) : text
  const found = FORMS.find(([, form]) => form.test(part))
  if (found !== undefined) return found[0]
  const passwords = [...part.matchAll(URL_PASSWORD)].map(([, password = '']) => password)
  const driver = DRIVER_PASSWORD.exec(part)?.[1]
  if (driver !== undefined) passwords.push(driver)
  const real = passwords.some((password) => !isPlaceholder(password) && !/^[*x]+$/i.test(password))
  return real ? 'a password in an address' : undefined
}

const STRONG = /(?:password|passwd|passphrase|passwort)s?$/
const STRONG_WORDS = new Set(['pwd', 'pass'])
const WEAK =
  /(?:token|secret|apikey|secretkey|accesskey|privatekey|signingkey|encryptionkey|authkey|credential)s?$/
const KEYS_OF = new Set([
  'api',
  'access',
  'secret',
  'private',
  'signing',
  'encryption',
  'encrypt',
  'decryption',
  'master',
  'account',
  'storage',
  'shared',
  'service',
  'auth',
  'admin',
  'root',
  'jwt',
  'session',
  'cookie',
  'hmac',
  'consumer',
  'webhook',
  'license',
  'licence',
  'aes',
  'app',
])
/** What stands behind the telling word and says nothing. */
const TAIL = new Set(['value', 'plain', 'plaintext', 'data', 'b64', 'base64', 'string', 'text'])
/** Words in front that turn a name into a setting about passwords. */
const ABOUT =
  /^(?:no|not|allow|disable|enable|enabled|require|required|requires|use|has|is|show|hide|reset|forgot|update|rotate|skip|check|verify|validate|generate|create|with|min|max|empty|ignore|public)$/

/** How much a name says: a password is one; a token, secret or key may be the name of one. */
function nameStrength(name: string): 'strong' | 'weak' | 'none' {
  if (name.length > 200) return 'none'
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !/^\d+$/.test(word))
  while (words.length > 1 && TAIL.has(words.at(-1) ?? '')) words.pop()
  const last = words.at(-1) ?? ''
  const before = words.at(-2) ?? ''
  if (words.slice(0, -1).some((word) => ABOUT.test(word))) return 'none'
  if (STRONG.test(last) || (STRONG_WORDS.has(last) && before !== '' && before !== 'proxy')) return 'strong'
  if (WEAK.test(last) || ((last === 'key' || last === 'keys') && KEYS_OF.has(before))) return 'weak'
  return 'none'
}

/** Paths, addresses, names of objects, durations and code: what a setting about secrets holds. */
function isNoSecret(name: string, text: string): boolean {
  return (
    text.length < 4 ||
    text.length > 4096 ||
    /^(?:\.{0,2}\/|~\/|[A-Za-z]:\\|file:|https?:|[a-z][a-z0-9+.-]*:\/\/)/.test(text) ||
    /[()[\]{}<>;|`]/.test(text) ||
    // Access key ids of AWS name a key.
    /^(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}$/.test(text) ||
    /^(?:sha(?:1|224|256|384|512)|md5|bcrypt|argon2\w*|pbkdf2\w*)[:$-]/.test(text) ||
    /^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-|-----BEGIN (?:PUBLIC KEY|CERTIFICATE|RSA PUBLIC))/.test(text) ||
    /^pk_(?:live|test)_/.test(text) ||
    /^\d+(?:\.\d+)?(?:ns|us|ms|s|m|h|d|w|y|k|Ki|Mi|Gi|%)$/.test(text) ||
    /^-?\d{1,3}$/.test(text) ||
    // Members of a program's objects, and names of hosts and files.
    /^[A-Za-z_]\w*(?:\.[A-Za-z_][\w-]*)+$/.test(text) ||
    /^[\w.-]+\.(?:key|pem|crt|cert|p12|pfx|jks|txt|json|ya?ml|env|conf|ini|sh|py|js|ts|go|rb|php|html?)$/i.test(
      text,
    ) ||
    saysTheSame(name, text)
  )
}

/** `password: Password`, `token: access_token`, `secret: my-secret`: the name again. */
function saysTheSame(name: string, text: string): boolean {
  const letters = (part: string): string => part.toLowerCase().replace(/[^a-z]/g, '')
  const value = letters(text)
  if (/\d/.test(text) || value === '') return false
  return letters(name).endsWith(value) || /^[a-z-_]*(?:token|secret|credentials?|apikey)s?$/i.test(text)
}

/** Letters and digits without the shape of words: `s3cr3tvalue`, not `my-token-v2`. */
function mixesSigns(text: string): boolean {
  if (text.length < 8 || !/[A-Za-z]/.test(text) || !/\d/.test(text)) return false
  return !isNamed(text)
}

/** Words, versions and counters joined by dashes, dots or underscores: names of objects. */
function isNamed(text: string): boolean {
  const parts = text.split(/[-_.:/@]/)
  return (
    parts.length > 1 &&
    parts.every((part) => /^(?:[A-Za-z]*|v?\d{1,4}|[A-Za-z]+\d{1,2}|\d{1,2}[a-z]+)$/.test(part))
  )
}

/** Bits of entropy for each sign that chance has and words have not. Measured over texts of the same length. */
function isChance(text: string): boolean {
  if (text.length < 16 || isNamed(text)) return false
  const hex = /^[0-9a-f]+$/i.test(text.replaceAll('-', ''))
  return hex ? /\d/.test(text) && entropy(text) >= 2.8 : entropy(text) >= 3.3 && looksRandom(text)
}

/** Shannon entropy, in bits for each sign. */
function entropy(text: string): number {
  const counts = new Map<string, number>()
  for (const sign of text) counts.set(sign, (counts.get(sign) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

/** `key: value`, `key = value` and `"key": "value",` on a line of their own, as configuration files hold them. */
const PAIR =
  /^\s{0,100}(?:export\s+|-\s+)?["']?([A-Za-z_][\w.-]{0,100})["']?\s{0,20}[:=]\s{0,20}(\S.{0,2000}?)\s{0,20},?\s{0,20}$/

export interface SecretLine {
  /** Counted from 1. */
  readonly line: number
  readonly name: string
  readonly value: string
  readonly sign: SecretSign
}

/** The secrets that a text of many lines holds: by name where a line is a pair, by form in whatever line. */
export function secretLines(text: string): SecretLine[] {
  const found: SecretLine[] = []
  const lines = text.slice(0, LONGEST).split('\n')
  for (const [index, line] of lines.entries()) {
    if (line.length > 8192 || /^\s*(?:#|\/\/|;|--\s|\*|<!--)/.test(line)) continue
    const [, name = '', value = ''] = PAIR.exec(line) ?? []
    const sign = name === '' ? signOfForm(line) : secretSign(name, withoutComment(value))
    if (sign !== undefined) {
      found.push({ line: index + 1, name, value: name === '' ? line : unquoted(withoutComment(value)), sign })
    }
  }
  // A private key stands on many lines.
  const whole = found.length === 0 ? signOfForm(text) : undefined
  return whole === undefined ? found : [{ line: 1, name: '', value: text, sign: whole }]
}

function signOfForm(text: string): SecretSign | undefined {
  const what = formOf(text)
  return what === undefined ? undefined : { by: 'form', what }
}

function withoutComment(value: string): string {
  return /^["']/.test(value) ? value : value.replace(/\s+#.*$/, '')
}

function unquoted(value: string): string {
  return /^(["']).*\1$/s.test(value) ? value.slice(1, -1) : value
}
