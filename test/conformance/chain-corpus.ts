import {
  alwaysAllow,
  alwaysDeny,
  createChain,
  createWebhookMember,
  type ChainMember,
  type WebhookAnswer,
} from '../../src/access/chain/index.js'
import { compileCondition } from '../../src/access/conditions/index.js'
import { createRbacAuthorizer } from '../../src/access/rbac/index.js'
import { attributesOfSpec } from '../../src/access/review/index.js'
import {
  asList,
  asObject,
  asString,
  asStrings,
  field,
  type JsonObject,
  type JsonValue,
} from '../../src/model/index.js'
import { reasonOf, requestsOf } from './authorizer-corpus.js'
import { sameJson, type Corpus } from './corpus.js'
import { recordedObjects } from './recorded-objects.js'

/** A chain as an AuthorizationConfiguration builds it, with webhooks that answer by a script. */
export const chainCorpus: Corpus = {
  name: 'chain',
  engine: {
    answer(line) {
      const called: string[] = []
      const chain = createChain(asStrings(line.chain).map((name) => memberOf(name, line, called)))
      return requestsOf(line).map((request) => {
        called.length = 0
        const { verdict, reason } = chain.decide(attributesOfSpec(asObject(field(request, 'spec'))))
        return { decision: verdict, ...reasonOf(reason), called: [...called] }
      })
    },
    expected: (line) =>
      requestsOf(line).map(({ decision, reason, called }) =>
        decision === undefined
          ? undefined
          : { decision, ...(reason === undefined ? {} : { reason }), called: called ?? [] },
      ),
    equal: sameJson,
  },
}

function memberOf(name: string, line: JsonObject, called: string[]): ChainMember {
  if (name === 'rbac') return createRbacAuthorizer(recordedObjects(asList(line.objects)))
  if (name === 'alwaysallow') return alwaysAllow
  if (name === 'alwaysdeny') return alwaysDeny
  const webhook = asList(line.webhooks).find((each) => field(each, 'name') === name)
  if (webhook === undefined) throw new Error(`the recording has no authorizer ${name}`)
  return webhookOf(name, webhook, called)
}

function webhookOf(name: string, webhook: JsonValue, called: string[]): ChainMember {
  const conditions = asList(field(webhook, 'matchConditions')).map((each) => {
    const compiled = compileCondition(asString(field(each, 'expression')) ?? '')
    if (!compiled.ok) throw new Error(`${name}: ${compiled.issues.map(({ message }) => message).join('; ')}`)
    return compiled.condition
  })
  return createWebhookMember({
    name,
    failurePolicy: field(webhook, 'failurePolicy') === 'Deny' ? 'Deny' : 'NoOpinion',
    conditions,
    answer: ({ user }) => {
      called.push(name)
      return answerOf(name, field(field(webhook, 'answers'), user.name) ?? field(webhook, 'default'))
    },
  })
}

function answerOf(name: string, answer: JsonValue | undefined): WebhookAnswer {
  switch (answer) {
    case 'allow':
      return { verdict: 'allow', reason: `${name} allows` }
    case 'deny':
      return { verdict: 'deny', reason: `${name} denies` }
    case 'both':
      return { verdict: 'deny', reason: `${name} both`, error: 'both allow and deny' }
    case 'error':
      return { failed: 'HTTP 403' }
    default:
      return { verdict: 'noOpinion', reason: `${name} has no opinion` }
  }
}
