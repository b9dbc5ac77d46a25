import type { CompactRule } from '../../access/index.js'
import { visible } from '../../text/index.js'
import { kubectlColumns } from '../kubectl-columns.js'

/** The rights of a subject as `kubectl auth can-i --list` prints them. */
export function renderRules(rules: readonly CompactRule[], headers: boolean): string {
  const rows = rules.map(({ apiGroup, resource, nonResourceURL, resourceName, verbs }) =>
    [
      resource === undefined ? '' : withGroup(resource, apiGroup),
      list(nonResourceURL),
      list(resourceName),
      `[${verbs.join(' ')}]`,
    ].map(visible),
  )
  return kubectlColumns(
    headers ? [['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs'], ...rows] : rows,
  )
}

function list(value: string | undefined): string {
  return value === undefined ? '[]' : `[${value}]`
}

/** `deployments.apps/scale`. Source: kubectl pkg/describe/describe.go, CombineResourceGroup. */
function withGroup(resource: string, group = ''): string {
  const [name = '', ...rest] = resource.split('/')
  return [group === '' ? name : `${name}.${group}`, ...(rest.length === 0 ? [] : [rest.join('/')])].join('/')
}
