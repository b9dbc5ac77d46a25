import type { Authorizer, Decision } from '../../src/access/authorizer.js'
import { attributesOfSpec } from '../../src/access/review/index.js'
import { asList, asObject, field, type JsonObject } from '../../src/model/index.js'
import { sameJson, type Corpus } from './corpus.js'

/** Recordings of one authorizer: `{requests: [{spec, decision, reason?}]}` with whatever it is made from. */
export function authorizerCorpus(name: string, make: (line: JsonObject) => Authorizer): Corpus {
  return {
    name,
    engine: {
      answer: (line) => {
        const authorizer = make(line)
        return requestsOf(line).map((request) => {
          // None of these asks anybody else.
          const decision = authorizer.authorize(
            attributesOfSpec(asObject(field(request, 'spec'))),
          ) as Decision
          return { decision: decision.verdict, ...reasonOf(decision.reason) }
        })
      },
      expected: (line) =>
        requestsOf(line).map((request) => {
          const { decision, reason } = request
          return decision === undefined
            ? undefined
            : { decision, ...(reason === undefined ? {} : { reason }) }
        }),
      equal: sameJson,
    },
  }
}

/** A reason is left out of an answer when it is empty. */
export function reasonOf(reason: string): { reason?: string } {
  return reason === '' ? {} : { reason }
}

export function requestsOf(line: JsonObject): JsonObject[] {
  return asList(line.requests) as JsonObject[]
}
