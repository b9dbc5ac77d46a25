import { isAbsolute, normalize, relative, resolve } from 'node:path'
import type { AnyCheck, EvidenceInput } from '../checks/index.js'
import {
  field,
  identityOf,
  valueAt,
  type Acceptance,
  type AuditException,
  type Evidence,
  type ExceptionScope,
  type ExceptionUse,
  type KubeObject,
  type Target,
} from '../model/index.js'
import { matchesGlob } from '../text/index.js'
import { isOver, scopeText } from './exception-words.js'

/** One place of a failure: as the check gave it, and as it is shown. */
export interface FailedPlace {
  readonly input?: EvidenceInput
  readonly evidence?: Evidence
  readonly fingerprint: string
}

/** An exception in force; `carrier` is the object whose annotation it is. */
export interface HeldException {
  readonly exception: AuditException
  readonly carrier?: KubeObject
}

interface Entry extends HeldException {
  readonly acceptance: Acceptance
  readonly over: boolean
  matched: number
}

/** Says of each place of a failure who accepts it, and remembers which exceptions did anything. */
export class ExceptionBook {
  readonly #entries: readonly Entry[]
  readonly #byCheck = new Map<string, readonly Entry[]>()
  readonly #repeated: ReadonlySet<string>

  /**
   * Exceptions whose last day is over at `now` accept nothing, and nothing accepts a check like one of `never`.
   * `repeated`: identities that several files hold.
   */
  constructor(
    held: readonly HeldException[],
    repeated: ReadonlySet<string>,
    now: number,
    readonly never: readonly string[] = [],
  ) {
    this.#entries = held.map((each) => {
      const { check: _check, scope: _scope, folders: _folders, ...acceptance } = each.exception
      return { ...each, acceptance, over: isOver(acceptance.until, now), matched: 0 }
    })
    this.#repeated = repeated
  }

  /** Who accepts each place, in their order; the same exception is always the same object. */
  acceptances(check: AnyCheck, target: Target, places: readonly FailedPlace[]): (Acceptance | undefined)[] {
    const accepted: (Acceptance | undefined)[] = places.map(() => undefined)
    for (const entry of this.#of(check)) {
      if (!fitsTarget(entry.exception.scope, target)) continue
      const fits = places.map((place) => this.#fits(entry, target, place))
      // What shows the same fault from elsewhere (a Service before the container) follows the places that are named.
      const alone = fits.every((fit, index) => fit !== 'no' || accepted[index] !== undefined)
      if (!fits.includes('yes')) continue
      fits.forEach((fit, index) => {
        if (accepted[index] !== undefined || fit === 'no' || (fit === 'beside' && !alone)) return
        accepted[index] = entry.acceptance
        entry.matched += 1
      })
    }
    return accepted
  }

  /** Every exception with what it did; `asked` are the checks that were asked. */
  uses(asked: readonly AnyCheck[]): ExceptionUse[] {
    return this.#entries.map(({ exception: { check, scope, object }, acceptance, matched, over }) => {
      const idle = asked.some((each) => matchesGlob(check, each.id)) ? 'unused' : 'notAsked'
      return {
        ...acceptance,
        check,
        covers: scopeText(scope, object),
        matched,
        state: over ? 'expired' : matched > 0 ? 'used' : idle,
      }
    })
  }

  #of(check: AnyCheck): readonly Entry[] {
    let entries = this.#byCheck.get(check.id)
    if (entries === undefined) {
      const none = this.never.some((pattern) => matchesGlob(pattern, check.id))
      entries = none
        ? []
        : this.#entries.filter(({ exception, over }) => !over && matchesGlob(exception.check, check.id))
      this.#byCheck.set(check.id, entries)
    }
    return entries
  }

  #fits({ exception, carrier }: Entry, target: Target, place: FailedPlace): Fit {
    if (carrier !== undefined && !this.#isAbout(carrier, target, place)) return 'no'
    return fitsPlace(exception, place)
  }

  /** An annotation speaks for the object that carries it, not for another file's object of the same name. */
  #isAbout(carrier: KubeObject, target: Target, { input, evidence }: FailedPlace): boolean {
    if (input?.origin.kind === 'object' && input.origin.object === carrier) return true
    const identity = identityOf(carrier.ref)
    if (target.kind !== 'object' || identityOf(target.object) !== identity) return false
    return !this.#repeated.has(identity) || evidence?.file === carrier.slice.file
  }
}

/** beside: the place has nothing that the exception asks for; it goes with those that have. */
type Fit = 'yes' | 'no' | 'beside'

function fitsTarget(scope: ExceptionScope, target: Target): boolean {
  const { namespace, kind, name, host } = scope
  if (namespace !== undefined || kind !== undefined || name !== undefined) {
    if (target.kind !== 'object') return false
    const { object } = target
    if (namespace !== undefined && !anyLike(namespace, object.namespace)) return false
    if (name !== undefined && !anyLike(name, object.name)) return false
    if (kind !== undefined && !anyLike(kind, object.kind) && !anyLike(kind, `${object.kind}.${object.group}`))
      return false
  }
  if (host === undefined) return true
  return (target.kind === 'host' || target.kind === 'component') && anyLike(host, target.host)
}

function fitsPlace(exception: AuditException, { input, evidence, fingerprint }: FailedPlace): Fit {
  const { file, container, rule, evidence: keys, fingerprint: prints } = exception.scope
  const fits: Fit[] = []
  if (prints !== undefined) fits.push(prints.includes(fingerprint) ? 'yes' : 'no')
  if (keys !== undefined) fits.push(evidence !== undefined && anyLike(keys, evidence.key) ? 'yes' : 'no')
  if (file !== undefined) {
    fits.push(evidence?.file === undefined ? 'beside' : isFile(file, evidence.file, exception) ? 'yes' : 'no')
  }
  if (container !== undefined) {
    const name = containerOf(input, evidence)
    fits.push(name === undefined ? 'beside' : anyLike(container, name) ? 'yes' : 'no')
  }
  if (rule !== undefined) {
    const found = ruleOf(input)
    fits.push(found === undefined ? 'beside' : isRule(rule, found) ? 'yes' : 'no')
  }
  if (fits.includes('no')) return 'no'
  return fits.includes('beside') ? 'beside' : 'yes'
}

function anyLike(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => matchesGlob(pattern, text))
}

function isFile(patterns: readonly string[], file: string, { folders }: AuditException): boolean {
  const names = [normalize(file)]
  if (folders !== undefined) {
    const whole = isAbsolute(file) ? file : resolve(folders.working, file)
    names.push(relative(folders.configuration, whole))
  }
  return patterns.some((pattern) => names.some((name) => matchesGlob(normalize(pattern), name, 'path')))
}

const CONTAINER_LISTS = new Set(['containers', 'initContainers', 'ephemeralContainers'])

/** The name of the container in which a place lies. */
function containerOf(input: EvidenceInput | undefined, evidence: Evidence | undefined): string | undefined {
  if (input?.origin.kind === 'object') {
    const { object, path } = input.origin
    const at = path.findIndex((step) => typeof step === 'string' && CONTAINER_LISTS.has(step))
    if (at >= 0 && typeof path[at + 1] === 'number') {
      const name = field(valueAt(object.content, path.slice(0, at + 2)), 'name')
      return typeof name === 'string' ? name : undefined
    }
  }
  return /(?:^|\.)(?:containers|initContainers|ephemeralContainers)\[name=([^\],]+)/.exec(
    evidence?.key ?? '',
  )?.[1]
}

/** The rule of a role in which a place lies. */
function ruleOf(input: EvidenceInput | undefined): unknown {
  if (input?.origin.kind !== 'object') return undefined
  const { object, path } = input.origin
  return path[0] === 'rules' && typeof path[1] === 'number'
    ? valueAt(object.content, path.slice(0, 2))
    : undefined
}

const RULE_LISTS = ['apiGroups', 'resources', 'resourceNames', 'nonResourceURLs', 'verbs'] as const

/** Equal as sets, list by list; a list that the exception does not name must not be there, but for apiGroups. */
function isRule(wanted: Readonly<Record<string, readonly string[]>>, rule: unknown): boolean {
  return RULE_LISTS.every((list) => {
    const found = field(rule, list)
    const members = new Set(Array.isArray(found) ? found.map(String) : [])
    const expected = wanted[list]
    if (expected === undefined) return list === 'apiGroups' || members.size === 0
    return members.size === new Set(expected).size && expected.every((member) => members.has(member))
  })
}
