import type { ChainConfig } from '../../access/index.js'
import { placeText } from './chain-errors.js'

/** `Node, RBAC`; webhooks by their own names. */
function authorizerNames({ authorizers }: ChainConfig): string {
  return authorizers.map((each) => (each.type === 'Webhook' ? `Webhook ${each.name}` : each.type)).join(', ')
}

/** Which chain answers, and who says so. */
export function chainLine(config: ChainConfig): string {
  const { detail, place } = config.origin
  const at = place === undefined || detail === place.file ? '' : `, ${placeText(place)}`
  return `the chain is ${authorizerNames(config)} (${detail}${at})`
}

/** The chain as JSON: its authorizers in order, and where it came from. */
export function chainJson({ authorizers, origin }: ChainConfig): Record<string, unknown> {
  const { kind, detail, place } = origin
  return {
    authorizers: authorizers.map(({ name, type }) => ({ name, type })),
    origin: { kind, detail, ...place },
  }
}
