const MAX_NAME = 63
const MAX_PREFIX = 253

/** Whether a text is a label or taint key: a name with an optional DNS prefix. Source: k8s.io/apimachinery IsQualifiedName. */
export function isQualifiedName(text: string): boolean {
  const parts = text.split('/')
  const name = parts.at(-1) ?? ''
  if (parts.length > 2 || !isLabelWord(name)) return false
  return parts.length === 1 || isDnsSubdomain(parts[0] ?? '')
}

/** Whether a text is a label value; the empty text is one. Source: k8s.io/apimachinery IsValidLabelValue. */
export function isLabelValue(text: string): boolean {
  return text === '' || isLabelWord(text)
}

function isLabelWord(text: string): boolean {
  return text.length <= MAX_NAME && /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(text)
}

/** Whether a text is a DNS subdomain in small letters. Source: k8s.io/apimachinery IsDNS1123Subdomain. */
export function isDnsSubdomain(text: string): boolean {
  if (text.length > MAX_PREFIX) return false
  return text.split('.').every((part) => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(part))
}
