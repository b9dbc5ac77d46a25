import {
  compileCondition,
  type Attributes,
  type Authorizer,
  type Decision,
  type MatchCondition,
  type Verdict,
} from '../../access/index.js'
import {
  asList,
  asString,
  asStrings,
  field,
  isObject,
  type FilePlace,
  type JsonObject,
  type JsonValue,
} from '../../model/index.js'
import { locate, readYaml } from '../../text/index.js'
import { isConstrainedImpersonation } from './constrained-impersonation.js'

export const RULES_KIND = 'AuthorizationPolicy'
export const RULES_VERSION = 'rampart.dev/v1'

/** A fault or a doubt of a policy, with its place. */
export interface PolicyFault {
  readonly message: string
  readonly place: FilePlace
}

interface Rule {
  readonly name: string
  readonly effect: Verdict
  readonly reason: string
  readonly line: number
  /** Verbs that it names; undefined where it names none. */
  readonly verbs: readonly string[] | undefined
  readonly lists: readonly (readonly [
    asked: (attributes: Attributes) => readonly string[],
    wanted: readonly string[],
  ])[]
  readonly when: MatchCondition | undefined
}

const EFFECTS: Readonly<Record<string, Verdict>> = { allow: 'allow', deny: 'deny', noOpinion: 'noOpinion' }
const TOP_KEYS = ['apiVersion', 'kind', 'metadata', 'rules']
const KEYS = [
  'name',
  'effect',
  'reason',
  'verbs',
  'users',
  'groups',
  'namespaces',
  'apiGroups',
  'resources',
  'names',
  'paths',
  'when',
]

/**
 * Rules of our own: the first rule that denies decides, then the first one that allows or has no opinion. A rule names
 * what it is about and may have a condition in CEL. A condition that cannot be evaluated does not allow, but it denies:
 * a guard that fails stays shut.
 */
export function readRulesFile(
  text: string,
  file: string,
): {
  readonly authorizer: Authorizer
  readonly errors: readonly PolicyFault[]
  readonly warnings: readonly PolicyFault[]
} {
  const errors: PolicyFault[] = []
  const warnings: PolicyFault[] = []
  const read = readYaml(text)
  const lineOf = (path: readonly (string | number)[]): number =>
    locate(text, { format: 'yaml', line: 1, column: 1 }, path)?.line ?? 1
  const list = field(read.value, 'rules')
  if (!Array.isArray(list)) {
    const problem =
      read.value === undefined ? (read.problems[0]?.message ?? 'not YAML') : '`rules` is not a list'
    errors.push({ message: problem, place: { file, line: 1 } })
  }
  for (const { message, line } of read.problems) errors.push({ message, place: { file, line } })
  for (const key of Object.keys(isObject(read.value) ? read.value : {})) {
    if (!TOP_KEYS.includes(key))
      errors.push({ message: `\`${key}\` is no field of a policy`, place: { file, line: lineOf([key]) } })
  }
  const rules = asList(list).flatMap((given, index) => {
    const line = lineOf(['rules', index])
    const rule = readRule(
      given,
      index,
      line,
      (message, ...path) =>
        void errors.push({ message, place: { file, line: lineOf(['rules', index, ...path]) } }),
    )
    const doubt = rule === undefined ? undefined : doubtAbout(rule)
    if (doubt !== undefined) warnings.push({ message: doubt, place: { file, line } })
    return rule === undefined ? [] : [rule]
  })
  const authorizer: Authorizer = {
    name: file,
    type: 'Rules',
    authorize: (attributes) => decide(rules, attributes, file),
  }
  return { authorizer, errors, warnings }
}

/** Who may act as whom is easily granted unawares. */
function doubtAbout({ effect, verbs, name }: Rule): string | undefined {
  if (effect !== 'allow') return undefined
  if (verbs === undefined)
    return `rule \`${name}\` allows and names no verbs: it never allows impersonate:* and impersonate-on:*`
  return verbs.includes('*')
    ? `rule \`${name}\` allows every verb: impersonate:* and impersonate-on:* too; leave \`verbs\` out to allow all others`
    : undefined
}

/** Takes a fault down. Gives undefined, so that a reader can end with it. */
type Fail = (message: string, ...path: string[]) => undefined

function readRule(given: JsonValue, index: number, line: number, fail: Fail): Rule | undefined {
  if (!isObject(given)) return fail(`\`rules[${index}]\` is not a mapping`)
  for (const key of Object.keys(given)) if (!KEYS.includes(key)) fail(`\`${key}\` is no field of a rule`, key)
  const effect = EFFECTS[asString(given.effect) ?? '']
  if (effect === undefined) return fail('`effect` is allow, deny or noOpinion', 'effect')
  const list = (key: string): readonly string[] | undefined => listOf(given, key, fail)
  const resource =
    (read: (attributes: Extract<Attributes, { kind: 'resource' }>) => string) => (attributes: Attributes) =>
      attributes.kind === 'resource' ? [read(attributes)] : []
  const lists = [
    [({ user }: Attributes) => [user.name], list('users')],
    [({ user }: Attributes) => user.groups, list('groups')],
    [resource(({ namespace }) => namespace), list('namespaces')],
    [resource(({ group }) => group), list('apiGroups')],
    [
      resource(({ resource: name, subresource }) => (subresource === '' ? name : `${name}/${subresource}`)),
      list('resources'),
    ],
    [resource(({ name }) => name), list('names')],
    [(attributes: Attributes) => (attributes.kind === 'nonResource' ? [attributes.path] : []), list('paths')],
  ] as const
  const when = conditionOf(given, fail)
  const name = asString(given.name) ?? `rules[${index}]`
  return {
    name,
    effect,
    reason: asString(given.reason) ?? `rule ${name}`,
    line,
    verbs: list('verbs'),
    lists: lists.flatMap(([asked, wanted]) => (wanted === undefined ? [] : [[asked, wanted] as const])),
    when,
  }
}

function listOf(rule: JsonObject, key: string, fail: Fail): readonly string[] | undefined {
  const value = rule[key]
  if (value === undefined || value === null) return undefined
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return asStrings(value)
  fail(`\`${key}\` is not a list of texts`, key)
  return []
}

function conditionOf(rule: JsonObject, fail: Fail): MatchCondition | undefined {
  if (rule.when === undefined || rule.when === null) return undefined
  const compiled = compileCondition(asString(rule.when) ?? '')
  if (compiled.ok) return compiled.condition
  for (const { message, line, column } of compiled.issues) {
    fail(`\`when\` does not compile, line ${line}, column ${column} of the expression: ${message}`, 'when')
  }
  return undefined
}

function decide(rules: readonly Rule[], attributes: Attributes, file: string): Decision {
  let first: Rule | undefined
  for (const rule of rules) {
    if (rule.effect !== 'deny' && first !== undefined) continue
    if (!applies(rule, attributes)) continue
    if (rule.effect === 'deny') return decisionOf(rule, file)
    first = rule
  }
  return first === undefined ? { verdict: 'noOpinion', reason: '' } : decisionOf(first, file)
}

function decisionOf({ effect, reason, line, name }: Rule, file: string): Decision {
  return { verdict: effect, reason, grant: { kind: 'policy', file, line, rule: name } }
}

function applies(rule: Rule, attributes: Attributes): boolean {
  if (!verbApplies(rule, attributes.verb)) return false
  if (!rule.lists.every(([asked, wanted]) => asked(attributes).some((value) => isWanted(wanted, value))))
    return false
  if (rule.when === undefined) return true
  const result = rule.when.evaluate(attributes)
  return typeof result === 'boolean' ? result : rule.effect === 'deny'
}

function verbApplies({ verbs, effect }: Rule, verb: string): boolean {
  if (verbs !== undefined) return isWanted(verbs, verb)
  return effect !== 'allow' || !isConstrainedImpersonation(verb)
}

/** Exactly, by `*`, or by a beginning before a star. */
function isWanted(wanted: readonly string[], value: string): boolean {
  return wanted.some((each) => each === value || (each.endsWith('*') && value.startsWith(each.slice(0, -1))))
}
