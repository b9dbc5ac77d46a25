import { parseLabelSelector } from '../../access/index.js'

/** Whether a text is a label selector; the empty one is. */
export function isLabelSelector(text: string): boolean {
  return parseLabelSelector(text) !== undefined
}

/**
 * A label selector as kubectl sends it: requirements by their keys, values of lists sorted.
 * Source: apimachinery v0.36.3 pkg/labels/selector.go, parse and Requirement.String.
 */
export function selectorText(selector: string): string {
  return selector
    .split(/,(?![^(]*\))/)
    .map(requirement)
    .filter(({ text }) => text !== '')
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ text }) => text)
    .join(',')
}

function requirement(part: string): { readonly key: string; readonly text: string } {
  const list = /^\s*([^\s=!<>()]+)\s+(in|notin)\s*\(([^)]*)\)\s*$/.exec(part)
  if (list !== null) {
    const [, key = '', operator = '', values = ''] = list
    const sorted = [...new Set(values.split(',').map((each) => each.trim()))].sort()
    return { key, text: `${key} ${operator} (${sorted.join(',')})` }
  }
  const text = part.replace(/\s+/g, '')
  return { key: /^!?([^=!<>]*)/.exec(text)?.[1] ?? '', text }
}
