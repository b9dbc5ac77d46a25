import { SEVERITIES, type Finding, type Fix, type Severity } from '../../model/index.js'
import type { Advice, AdviceReason } from './fix-plan.js'

/** Which findings a plan mends. Without any of it: all that are exact and whose risk is none or a restart. */
export interface FixChoice {
  /** Ids of checks; naming one also allows what may cut traffic or lock people out. */
  readonly checks?: readonly string[]
  /** This severity and worse. */
  readonly severity?: Severity
  /** Paths of files: only changes of these. */
  readonly files?: readonly string[]
  /** Ids of checks whose preconditions the user says hold, where that is not known. */
  readonly confirmed?: readonly string[]
}

/** A finding that is left to people, with the reason. */
export interface Left {
  readonly finding: Finding
  readonly reason: AdviceReason
  readonly why: string
}

export type Chosen = { readonly kind: 'take' } | ({ readonly kind: 'leave' } & Omit<Left, 'finding'>)

/** Whether the choice is about this finding at all. */
export function isAsked(finding: Finding, choice: FixChoice): boolean {
  if (choice.checks !== undefined && !choice.checks.includes(finding.check)) return false
  if (
    choice.severity !== undefined &&
    SEVERITIES.indexOf(finding.severity) > SEVERITIES.indexOf(choice.severity)
  )
    return false
  return choice.files === undefined || filesOf(finding).some((file) => choice.files?.includes(file) === true)
}

function filesOf(finding: Finding): string[] {
  return [
    ...(finding.fix?.edits ?? []).map((edit) => edit.file),
    ...finding.evidence.flatMap((evidence) => evidence.file ?? []),
  ]
}

/** Whether a finding's fix is carried out, or why it is advice. */
export function chooseFix(finding: Finding, choice: FixChoice): Chosen {
  const { fix } = finding
  if (fix === undefined) return leave('no-fix', 'no change is known that would mend it')
  const unmet = fix.needs.filter(({ met }) => met === false)
  if (unmet.length > 0) return leave('not-met', `does not hold here: ${textsOf(unmet)}`)
  const open = fix.needs.filter(({ met }) => met === 'unknown')
  if (open.length > 0 && choice.confirmed?.includes(finding.check) !== true)
    return leave(
      'not-known',
      `not known to hold here: ${textsOf(open)} (where it does, say so with --confirm ${finding.check})`,
    )
  const other = fix.commands.filter((command) => !isModeCommand(command))
  if (fix.edits.length === 0 && other.length === fix.commands.length)
    return leave('by-hand', other.length === 0 ? 'what is right here is for people to say' : BY_HAND)
  if (other.length > 0) return leave('by-hand', BY_HAND)
  if (NAMED.has(fix.risk) && choice.checks?.includes(finding.check) !== true)
    return leave('not-named', `${RISK_WORDS[fix.risk]}: name it with --check ${finding.check}`)
  return { kind: 'take' }
}

const BY_HAND = 'it takes commands that Rampart does not run, because it could not put back what they do'

const NAMED: ReadonlySet<Fix['risk']> = new Set(['traffic', 'lockout'])

const RISK_WORDS: Record<Fix['risk'], string> = {
  none: '',
  restart: '',
  traffic: 'it may cut connections that are in use',
  lockout: 'it may lock people out',
}

function leave(reason: AdviceReason, why: string): Chosen {
  return { kind: 'leave', reason, why }
}

function textsOf(needs: Fix['needs']): string {
  return needs.map(({ text }) => text).join('; ')
}

/** What a plan says of a finding that it leaves. */
export function adviceOf({ finding, reason, why }: Left): Advice {
  const { check, target, severity, message, fix } = finding
  return {
    check,
    target,
    severity,
    message,
    text: fix?.text ?? '',
    commands: fix?.commands ?? [],
    reason,
    why,
  }
}

/** Whether a command of a fix sets modes or owners, which are steps of their own. */
export function isModeCommand(command: string): boolean {
  return /^(?:chmod (?:[0-7]{3,4}|go-w)|chown [a-z_][\w-]*:[a-z_][\w-]*) \S/.test(command)
}
