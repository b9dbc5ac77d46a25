import type { SelectorRequirement } from '../attributes.js'

/**
 * The requirements of a field selector as a query writes it (`spec.nodeName=a,metadata.name!=b`); undefined where it
 * cannot be parsed. A backslash takes the meaning from a comma, an equals sign or another backslash.
 * Source: kubernetes v1.36.2 apimachinery pkg/fields/selector.go, ParseSelector.
 */
export function parseFieldSelector(selector: string): SelectorRequirement[] | undefined {
  const requirements: SelectorRequirement[] = []
  for (const term of splitTerms(selector).sort()) {
    if (term === '') continue
    const [, key, sign, raw] = /^([^]*?)(!=|==|=)([^]*)$/.exec(term) ?? []
    const value = raw === undefined ? undefined : unescapeValue(raw)
    if (key === undefined || value === undefined) return undefined
    // Nothing compared with nothing is no requirement.
    if (key === '' && value === '') continue
    requirements.push({ key, operator: sign === '!=' ? 'NotIn' : 'In', values: [value] })
  }
  return requirements
}

/** A comma behind a backslash divides nothing; the backslash stays. */
function splitTerms(selector: string): string[] {
  const terms: string[] = []
  let term = ''
  for (const [part] of selector.matchAll(/\\[^]?|[^\\]/gu)) {
    if (part === ',') {
      terms.push(term)
      term = ''
    } else term += part
  }
  return [...terms, term]
}

function unescapeValue(raw: string): string | undefined {
  if (!/^(?:\\[\\,=]|[^\\,=])*$/.test(raw)) return undefined
  return raw.replace(/\\([^])/g, '$1')
}
