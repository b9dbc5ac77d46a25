/** What stands in place of a secret in every line that is shown. */
export const MASK = '********'

/** Words at the end of a key that say that its value is a secret; `passwordFile`, `secretName` do not end so. */
const SECRET_KEY =
  /(?:pass(?:word|wd|phrase)?|pwd|secret|token|bearer|credentials?|auth|api[-_.]?key|access[-_.]?key|account[-_.]?key|private[-_.]?key|encryption[-_.]?key|signing[-_.]?key|secret[-_.]?key|key[-_.]data|dsn|connection[-_.]?string|cookie|salt|pin)s?(?:[-_.]?(?:value|data|base64|b64))?$/i

/** Whether a key, flag or variable is named like one that holds a secret. */
export function isSecretKey(key: string): boolean {
  return key.length <= 200 && SECRET_KEY.test(key)
}

/** Values that are never secrets, whatever their key: switches, numbers, absolute paths, templates, masks. */
const HARMLESS =
  /^(?:true|false|yes|no|on|off|null|~|none|-?\d{1,9}|\/[\w./-]*|\{\{.*|\$\(.*|\$\{?\w+\}?|\[\]|\{\}|\[redacted(?:-token)?\]|\*+)$/i

/** Credentials of an Authorization header. */
const CREDENTIALS = /(?<=\b(?:Bearer|Basic)\s{1,5})[\w+/=.~-]{6,}/g

/** The password in a URL. */
const URL_PASSWORD = /(?<=:\/\/[^\s/:@]{0,100}:)[^\s/@]+(?=@)/g

/** Forms that are secrets wherever they stand. Each is linear: bounded or without nested repetition. */
export const SECRET_SHAPES: readonly RegExp[] = [
  /\beyJ[\w-]{8,1000}\.[\w-]{8,}(?:\.[\w-]*)?/g, // JSON web tokens
  /\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g, // AWS access key ids
  /\b(?:gh[pousr]|glpat|xox[abeprs]|sk|pk|rk|hvs|npm|dop_v1|shpat)[-_][\w-]{10,}/g, // tokens of well-known services
  /\bAIza[\w-]{20,}/g, // Google API keys
  /\b[a-z0-9]{6}\.[a-z0-9]{16}\b/g, // kubeadm bootstrap tokens
  /\bK10[0-9a-f]{20,}::\S{1,400}/g, // k3s and rke2 join tokens
  CREDENTIALS,
  URL_PASSWORD,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----.*/g,
]

/** Long runs of base64 or hex. Digests (`sha256:...`) and dashed ids are not among them. */
const LONG_RUN = /(?<![\w:+/=.@-])[A-Za-z0-9+/_-]{32,}={0,2}(?![\w+/=])/g

/**
 * A line with everything that may be a secret masked: values behind keys named like secrets, known token forms,
 * long random runs. What is shown too little is harmless; what is shown too much is not.
 */
export function maskLine(line: string): string {
  return maskText(maskKeyed(line))
}

/** Shapes that look backwards are slow to look for; a text that has none of these signs has none of the shape. */
const SIGNS: ReadonlyMap<RegExp, RegExp> = new Map([
  [CREDENTIALS, /B(?:earer|asic)/],
  [URL_PASSWORD, /:\/\//],
])

/** As `maskLine`, for sentences: `key: value` is left alone, `key=value` and token forms are masked. */
export function maskText(text: string): string {
  let masked = text.includes('=') ? maskPairs(text) : text
  for (const shape of SECRET_SHAPES) {
    if (SIGNS.get(shape)?.test(masked) !== false) masked = masked.replace(shape, MASK)
  }
  return masked.replace(LONG_RUN, (run) => (looksRandom(run) ? MASK : run))
}

function maskPairs(text: string): string {
  return text.replace(
    /(--?)?([A-Za-z_][\w.-]{0,100})=("[^"]*"|'[^']*'|[^\s"',;&]+)/g,
    (whole, dashes: string | undefined, key: string, value: string) =>
      isSecretKey(key) && !HARMLESS.test(unquote(value)) ? `${dashes ?? ''}${key}=${MASK}` : whole,
  )
}

/** Whether a run of signs looks drawn at random: mixed kinds of signs, and not a path or dashed words. */
export function looksRandom(run: string): boolean {
  if (run.length < 16) return false
  const words = run.split(/[-_/]/)
  if (words.length > 2 && words.every((word) => word.length < 16)) return false
  const digits = /\d/.test(run)
  const lower = /[a-z]/.test(run)
  const upper = /[A-Z]/.test(run)
  return digits ? lower || upper : lower && upper && run.length >= 40
}

/** Masks `key: value` and `"key": "value"` of YAML, JSON and INI lines; several on one line too. */
function maskKeyed(line: string): string {
  return line.replace(
    /(["']?)([A-Za-z_][\w./-]{0,150})\1(\s{0,20}:\s{1,20}|\s{0,5}:(?=["']))("(?:[^"\\]|\\.)*"|'[^']*'|[^\s{[&*#|>][^#,}\]]*)/g,
    (whole, quote: string, key: string, colon: string, value: string) =>
      isSecretKey(key) && !HARMLESS.test(unquote(value.trim()))
        ? `${quote}${key}${quote}${colon}${MASK}`
        : whole,
  )
}

function unquote(value: string): string {
  return /^(["']).*\1$/.test(value) ? value.slice(1, -1) : value
}
