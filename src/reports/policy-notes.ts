import {
  formatRef,
  type Acceptance,
  type AuditPolicy,
  type AuditResult,
  type ExceptionUse,
  type Finding,
} from '../model/index.js'
import { groupBy } from './group-by.js'
import { filePlaceText, plural, targetText } from './words.js'

/** A part of every report about what was accepted, left out or changed; empty parts are not made. */
export interface PolicyNotes {
  readonly title: string
  /** Prose with words in backticks, one sentence each. */
  readonly notes: readonly string[]
}

/**
 * What exceptions, configuration and baseline did to this result. What stands in the audited files themselves is said
 * first, in a part of its own: a change that silences itself is seen.
 */
export function policyNotes(result: AuditResult): PolicyNotes[] {
  const { accepted, policy, baseline } = result
  const parts: PolicyNotes[] = [
    {
      title: 'Set by the audited files themselves',
      notes: policy === undefined ? [] : selfMade(policy),
    },
    { title: `Accepted (${accepted.length})`, notes: acceptedNotes(accepted) },
    { title: 'Configuration', notes: policy === undefined ? [] : configured(policy) },
  ]
  if (baseline !== undefined) {
    const { file, known, gone, notLookedAt } = baseline
    const unseen = notLookedAt === 0 ? '' : `, ${notLookedAt} not looked at this time`
    parts.push({
      title: 'Baseline',
      notes: [
        `Only what is new is told: ${known} known from \`${file}\` left out, ${gone.length} of it gone${unseen}.`,
        ...gone.map(
          ({ check, target, place }) =>
            `Gone: \`${check}\`, ${target}${place === '' ? '' : `, \`${place}\``}`,
        ),
      ],
    })
  }
  return parts.filter(({ notes }) => notes.length > 0)
}

/** Who accepted it, why, until when: `seen by the team (until 2027-01-31, owner infra; .rampart.yaml:4:5)`. */
export function acceptanceText({ reason, until, owner, place, object }: Acceptance): string {
  const by = owner === undefined ? '' : `, owner ${owner}`
  const where = object === undefined ? filePlaceText(place) : `annotation of ${formatRef(object)}`
  return `${reason} (until ${until}${by}; ${where})`
}

function acceptedNotes(accepted: readonly Finding[]): string[] {
  const text = (finding: Finding): string =>
    finding.accepted === undefined ? '' : acceptanceText(finding.accepted)
  return [...groupBy(accepted, (finding) => `${finding.check}\0${text(finding)}`).values()].flatMap(
    (group) => {
      const [first] = group
      if (first === undefined) return []
      const targets = [...new Set(group.map(({ target }) => targetText(target)))]
      const shown = targets.slice(0, 3).join(', ')
      const more = targets.length > 3 ? ` and ${targets.length - 3} more` : ''
      return [`\`${first.check}\` (${first.severity}) of ${shown}${more}: ${text(first)}`]
    },
  )
}

function selfMade(policy: AuditPolicy): string[] {
  const files = policy.files.filter(({ audited }) => audited).map(({ file }) => `\`${file}\``)
  const exceptions = policy.exceptions.filter(({ audited }) => audited)
  const accepting = exceptions.filter(({ state }) => state === 'used')
  return [
    ...(files.length === 0
      ? []
      : [`The configuration ${files.join(', ')} stands in what was audited; \`--no-config\` leaves it out.`]),
    ...(exceptions.length === 0
      ? []
      : [
          `${plural(exceptions.length, 'exception')} there, of which ${accepting.length} in use:`,
          ...exceptions.map(exceptionText),
        ]),
    ...policy.severities.filter(({ audited }) => audited).map(severityNote),
    ...policy.userChecks
      .filter(({ audited }) => audited)
      .map(({ check, place }) => `Check \`${check}\` is defined in ${filePlaceText(place)}`),
  ]
}

function configured(policy: AuditPolicy): string[] {
  const own = policy.exceptions.filter(({ audited }) => !audited)
  const idle = own.filter(({ state }) => state === 'unused')
  return [
    ...policy.files.filter(({ audited }) => !audited).map(({ file }) => `Read from \`${file}\``),
    ...idle.map((use) => `Unused exception, nothing is like it: ${exceptionText(use)}`),
    ...own.filter(({ state }) => state === 'expired').map((use) => `Expired: ${exceptionText(use)}`),
    ...policy.severities.filter(({ audited }) => !audited).map(severityNote),
    ...(policy.leftOut.length === 0 ? [] : [`Checks left out: ${quotedList(policy.leftOut)}`]),
    ...policy.namespaces.map((words) => `Namespaces: ${words}`),
    ...policy.said,
    ...(policy.userChecks.some(({ audited }) => !audited)
      ? [
          `Checks of yours: ${quotedList(policy.userChecks.filter(({ audited }) => !audited).map(({ check }) => check))}`,
        ]
      : []),
  ]
}

function exceptionText(use: ExceptionUse): string {
  const matched =
    use.state === 'used'
      ? `, ${plural(use.matched, 'place')} accepted`
      : `, ${use.state === 'notAsked' ? 'not asked' : use.state}`
  return `\`${use.check}\`, ${use.covers}${matched}: ${acceptanceText(use)}`
}

function severityNote({ check, own, severity, place }: AuditPolicy['severities'][number]): string {
  return `Severity of \`${check}\` is ${severity} instead of ${own} (${filePlaceText(place)})`
}

function quotedList(names: readonly string[]): string {
  const shown = names.slice(0, 12).map((name) => `\`${name}\``)
  return `${shown.join(', ')}${names.length > 12 ? ` and ${names.length - 12} more` : ''}`
}
