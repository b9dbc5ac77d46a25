import type { ChainDecision, WebhookOutcomes } from '../../access/index.js'
import { visible } from '../../text/index.js'
import { grantJson, type GrantPlaces } from './grant-text.js'

/** What each answer of a webhook that was not asked leads to, one a line; those of later webhooks stand below it. */
export function outcomeLines({ outcomes }: ChainDecision): string[] {
  if (outcomes === undefined) return []
  const { failurePolicy, ifNoOpinion, ifFailed } = outcomes
  return [
    'it allows: yes',
    'it denies: no',
    ...leadsTo('it has no opinion', ifNoOpinion),
    ...leadsTo(`it fails (failurePolicy ${failurePolicy})`, ifFailed),
  ]
}

function leadsTo(outcome: string, decision: ChainDecision): string[] {
  const { verdict, reason, error } = decision
  if (verdict === 'unknown') {
    return [`${outcome}: ${reason}`, ...outcomeLines(decision).map((line) => `  ${line}`)]
  }
  if (verdict === 'allow') return [`${outcome}: yes`]
  // Source: kubernetes v1.36.2 apiserver pkg/endpoints/filters/authorization.go: a refusal beside an error is one.
  const failed = error === undefined ? '' : `, the request ends with HTTP status 500 (${visible(error)})`
  return [`${outcome}: no${reason === '' ? '' : ` - ${visible(reason.replaceAll('\n', '; '))}`}${failed}`]
}

/** The same as JSON. */
export function outcomesJson(outcomes: WebhookOutcomes, places: GrantPlaces): Record<string, unknown> {
  const decisionJson = ({ grant, outcomes: later, ...rest }: ChainDecision): Record<string, unknown> => ({
    ...rest,
    ...(grant === undefined ? {} : { grant: grantJson(grant, places) }),
    ...(later === undefined ? {} : { outcomes: outcomesJson(later, places) }),
  })
  const { ifNoOpinion, ifFailed, ...rest } = outcomes
  return { ...rest, ifNoOpinion: decisionJson(ifNoOpinion), ifFailed: decisionJson(ifFailed) }
}
