import {
  createAbacAuthorizer,
  createRbacAuthorizer,
  type Attributes,
  type Authorizer,
  type Decision,
} from '../../access/index.js'
import { asString, field, type KubeObject } from '../../model/index.js'
import { readYaml } from '../../text/index.js'
import { isConstrainedImpersonation } from './constrained-impersonation.js'
import { readRulesFile, RULES_KIND, RULES_VERSION, type PolicyFault } from './rules-file.js'

/** What a policy is made from: texts of rules and ABAC lines, and objects of manifests, in the order of the user. */
export type PolicySource =
  | { readonly kind: 'text'; readonly file: string; readonly text: string }
  | { readonly kind: 'manifests'; readonly objects: readonly KubeObject[] }

export interface Policy {
  /** The first part that allows or denies decides. */
  decide(attributes: Attributes): Decision
  readonly parts: number
}

export interface LoadedPolicy {
  /** Undefined when there is an error. */
  readonly policy: Policy | undefined
  readonly errors: readonly PolicyFault[]
  readonly warnings: readonly PolicyFault[]
}

/** Whether a text is rules of our own; other texts that are no manifests are ABAC lines. */
export function isRulesFile(text: string): boolean {
  const { value } = readYaml(text)
  return (
    asString(field(value, 'apiVersion')) === RULES_VERSION && asString(field(value, 'kind')) === RULES_KIND
  )
}

/** Puts a policy together. One error is enough to refuse all of it. */
export function loadPolicy(sources: readonly PolicySource[]): LoadedPolicy {
  const errors: PolicyFault[] = []
  const warnings: PolicyFault[] = []
  const parts = sources.map((source): Authorizer => {
    if (source.kind === 'manifests') return createRbacAuthorizer(source.objects)
    if (isRulesFile(source.text)) {
      const rules = readRulesFile(source.text, source.file)
      errors.push(...rules.errors)
      warnings.push(...rules.warnings)
      return rules.authorizer
    }
    const abac = createAbacAuthorizer(source.text, source.file)
    errors.push(...abac.file.errors)
    const writes = abac.file.policies.find(({ readonly }) => !readonly)
    if (writes !== undefined) {
      const message = 'lines of ABAC name no verbs: none of them allows impersonate:* and impersonate-on:*'
      warnings.push({ message, place: { file: source.file, line: writes.line } })
    }
    return withoutConstrainedImpersonation(abac)
  })
  if (parts.length === 0) errors.push({ message: 'the policy is empty', place: { file: '(policy)' } })
  const policy: Policy = { parts: parts.length, decide: (attributes) => decide(parts, attributes) }
  return { policy: errors.length === 0 ? policy : undefined, errors, warnings }
}

/** A line of ABAC allows every verb without naming one. */
function withoutConstrainedImpersonation(part: Authorizer): Authorizer {
  return {
    ...part,
    authorize: (attributes) =>
      isConstrainedImpersonation(attributes.verb)
        ? { verdict: 'noOpinion', reason: 'Lines of ABAC never allow constrained impersonation.' }
        : part.authorize(attributes),
  }
}

/** None of these parts is waited for. */
function decide(parts: readonly Authorizer[], attributes: Attributes): Decision {
  const reasons: string[] = []
  for (const part of parts) {
    const decision = part.authorize(attributes) as Decision
    if (decision.verdict !== 'noOpinion') return decision
    if (decision.reason !== '') reasons.push(decision.reason)
  }
  return { verdict: 'noOpinion', reason: reasons.join('\n') }
}
