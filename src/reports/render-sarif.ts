import {
  formatRef,
  type Acceptance,
  type AuditResult,
  type Evidence,
  type Finding,
  type Severity,
} from '../model/index.js'
import { editLines } from './edit-lines.js'
import { escapedJson, longList } from './escaped-json.js'
import { groupBy } from './group-by.js'
import { acceptanceText, policyNotes } from './policy-notes.js'
import { codeSpans } from './markdown-text.js'
import {
  artifactLocation,
  hostBase,
  objectLocation,
  physicalLocation,
  placeLocation,
  SOURCE_ROOT,
} from './sarif-location.js'
import { evidencePlace, fixKind, REACH_WORDS, targetText } from './words.js'

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

const LEVEL: Readonly<Record<Severity, string>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
}

/** Code scanning services sort by these: over 9.0 critical, from 7.0 high, from 4.0 medium, from 0.1 low. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.5',
  info: '0.0',
}

const RANK: Readonly<Record<Severity, number>> = { critical: 95, high: 80, medium: 55, low: 25, info: 5 }

/** As `streamSarif`, in one string. */
export function renderSarif(result: AuditResult): string {
  return [...streamSarif(result)].join('')
}

/**
 * The result as SARIF 2.1.0.
 * Failures are results of kind `fail`. Open questions are results of kind `open`, which the standard defines as
 * "evaluated, but there was not enough information to decide" (section 3.27.9); their level is therefore `none`.
 * What does not apply and what could not be read are notifications: no service shall show them as alerts.
 */
export function streamSarif(result: AuditResult): Iterable<string> {
  const answers = [...result.findings, ...result.unknowns, ...result.accepted]
  const rules = rulesOf(result, [...answers, ...result.notApplicable])
  const ruleIndex = new Map(rules.map((rule, index) => [rule.id, index]))
  return escapedJson({
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Rampart', version: result.rampart.version, rules } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: baseIds(result),
        invocations: [
          { executionSuccessful: true, toolExecutionNotifications: notifications(result, ruleIndex) },
        ],
        results: longList(answers, (finding) =>
          resultOf(finding, ruleIndex.get(finding.check) ?? -1, result),
        ),
        properties: {
          counts: result.counts,
          probes: result.probes,
          policy: result.policy,
          baseline: result.baseline,
        },
      },
    ],
  })
}

/** A reportingDescriptor (section 3.49); the fields that other rules of this file need are named. */
interface Rule {
  readonly id: string
  readonly [field: string]: unknown
}

/** One rule a check that ran, in order of ids; those with answers have the texts and the worst severity of them. */
function rulesOf(result: AuditResult, answers: readonly Finding[]): Rule[] {
  const byCheck = groupBy(answers, (finding) => finding.check)
  const titles = new Map(result.coverage.map(({ check, title }) => [check, title]))
  const ids = [...new Set([...titles.keys(), ...byCheck.keys()])].sort()
  return ids.map((id) => {
    const [worst] = [...(byCheck.get(id) ?? [])].sort((a, b) => RANK[b.severity] - RANK[a.severity])
    const title = titles.get(id) ?? worst?.title ?? id
    return worst === undefined ? { id, shortDescription: { text: title } } : ruleOf(id, title, worst)
  })
}

function ruleOf(id: string, title: string, worst: Finding): Rule {
  const { why, because, references, severity } = worst
  const list = references.map((reference) => `- ${codeSpans(reference)}`).join('\n')
  return {
    id,
    name: id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    helpUri: references.map(addressIn).find((address) => address !== undefined),
    help: {
      text: [why, because, ...references].join('\n'),
      markdown: [codeSpans(why), `**Severity:** ${codeSpans(because)}`, list]
        .filter((part) => part !== '')
        .join('\n\n'),
    },
    defaultConfiguration: { level: LEVEL[severity] },
    properties: { tags: ['security'], 'security-severity': SECURITY_SEVERITY[severity] },
  }
}

function resultOf(finding: Finding, ruleIndex: number, result: AuditResult): object {
  const failed = finding.result === 'fail' || finding.result === 'accepted'
  const [first, ...others] = finding.evidence
  return {
    ruleId: finding.check,
    ruleIndex,
    kind: failed ? 'fail' : 'open',
    level: failed ? LEVEL[finding.severity] : 'none',
    rank: failed ? RANK[finding.severity] : undefined,
    message: { text: plainMessage(messageOf(finding)) },
    locations: [primaryLocation(finding, first, result)],
    relatedLocations:
      others.length === 0
        ? undefined
        : others.map((evidence, index) => ({
            id: index + 1,
            physicalLocation: physicalLocation(evidence),
            logicalLocations: evidence.object && [objectLocation(evidence.object, evidence.path)],
            message: { text: plainMessage(`${evidence.message} (${evidencePlace(evidence)})`) },
          })),
    suppressions: finding.accepted && [suppressionOf(finding.accepted)],
    partialFingerprints: { 'rampart/v1': finding.fingerprint },
    properties: {
      severity: finding.severity,
      ownSeverity: finding.ownSeverity,
      reach: finding.reach,
      target: targetText(finding.target),
      reason: finding.reason,
      because: finding.because,
      fix: finding.fix && {
        kind: fixKind(finding.fix),
        text: finding.fix.text,
        changes: editLines(finding.fix.edits),
        commands: finding.fix.commands,
        risk: finding.fix.risk,
        verify: finding.fix.verify,
      },
    },
  }
}

/**
 * Section 3.35 of the standard: `inSource` for an annotation of the object itself, `external` for a configuration file.
 * Services close such a result and show why.
 */
function suppressionOf(acceptance: Acceptance): object {
  return {
    kind: acceptance.object === undefined ? 'external' : 'inSource',
    status: 'accepted',
    justification: acceptanceText(acceptance),
    location: { physicalLocation: placeLocation(acceptance.place) },
    properties: { audited: acceptance.audited, until: acceptance.until },
  }
}

function messageOf(finding: Finding): string {
  const lines = [`${targetText(finding.target)}: ${finding.message}`]
  if (finding.result !== 'unknown') lines.push(`Open to ${REACH_WORDS[finding.reach]}.`)
  if (finding.fix !== undefined) lines.push(`Fix: ${finding.fix.text}`)
  return lines.join('\n')
}

/**
 * The evidence's place. Services refuse a result without a file, so one that no file shows (a whole host, an object
 * of a snapshot) points at the first source that was read, without a line, and says so.
 */
function primaryLocation(finding: Finding, evidence: Evidence | undefined, result: AuditResult): object {
  const object = evidence?.object ?? (finding.target.kind === 'object' ? finding.target.object : undefined)
  const logicalLocations = object && [objectLocation(object, evidence?.path)]
  const physical = evidence && physicalLocation(evidence)
  if (physical !== undefined)
    return {
      physicalLocation: physical,
      logicalLocations,
      message: evidence && { text: plainMessage(evidence.message) },
    }
  const probed = probedLocation(finding, result)
  if (probed !== undefined) {
    return {
      physicalLocation: { artifactLocation: probed },
      message: evidence && { text: plainMessage(evidence.message) },
    }
  }
  const source = result.sources.find((candidate) => candidate.kind !== 'host') ?? result.sources[0]
  const text = `No single file shows this: ${evidence === undefined ? targetText(finding.target) : evidencePlace(evidence)}`
  return {
    physicalLocation: source && {
      artifactLocation:
        source.kind === 'host'
          ? { uri: '', uriBaseId: hostBase(source.name) }
          : artifactLocation(source.name),
    },
    logicalLocations,
    message: { text: plainMessage(text) },
  }
}

/** What was probed is at its own address. */
function probedLocation({ target }: Finding, { probes = [] }: AuditResult): { uri: string } | undefined {
  if (target.kind !== 'component') return undefined
  const probe = probes.find(
    ({ component, address }) => component === target.component && address === target.host,
  )
  if (probe === undefined) return undefined
  const host = encodeURIComponent(probe.address.replace(/\p{Cs}/gu, '\ufffd')).replace(
    /%(3A|5B|5D)/g,
    decodeURIComponent,
  )
  return { uri: `${probe.tls === undefined ? 'http' : 'https'}://${host}/` }
}

/** Where relative addresses start: the user's folder, and the root of each host. */
function baseIds(result: AuditResult): object {
  const hosts = new Set<string>()
  for (const finding of [...result.findings, ...result.unknowns, ...result.accepted]) {
    for (const { host, file } of finding.evidence)
      if (host !== undefined && file !== undefined) hosts.add(host)
  }
  for (const { place } of result.problems) if (place.host !== undefined) hosts.add(place.host)
  for (const { kind, name } of result.sources) if (kind === 'host') hosts.add(name)
  const entries = [...hosts]
    .sort()
    .map((host) => [hostBase(host), { description: { text: `The root of host ${host}` } }] as const)
  return Object.fromEntries([
    [SOURCE_ROOT, { description: { text: 'The folder that the audit was run in' } }],
    ...entries,
  ])
}

function notifications(result: AuditResult, ruleIndex: ReadonlyMap<string, number>): object[] {
  const unread = result.problems.map((problem) => ({
    level: problem.level,
    descriptor: { id: problem.code },
    message: { text: plainMessage(problem.message) },
    locations: [{ physicalLocation: placeLocation(problem.place) }],
  }))
  const beside = result.notApplicable.map((finding) => ({
    level: 'none',
    associatedRule: { id: finding.check, index: ruleIndex.get(finding.check) ?? -1 },
    message: { text: plainMessage(`Not applicable to ${besideOf(finding)}: ${finding.message}`) },
  }))
  const notes = policyNotes(result).flatMap(({ title, notes: sentences }) =>
    sentences.map((note) => ({
      level: 'note',
      descriptor: { id: 'policy' },
      message: { text: plainMessage(`${title}: ${note}`) },
    })),
  )
  return [...unread, ...notes, ...beside]
}

function besideOf({ target }: Finding): string {
  return target.kind === 'object' ? formatRef(target.object) : targetText(target)
}

/**
 * A plain text message: what would be read as an embedded link (`](`) or as a placeholder (`{0}`) is escaped as
 * sections 3.11.5 and 3.11.6 of the standard say. Other brackets stay as they are, since viewers show them as they are.
 */
function plainMessage(text: string): string {
  return text.replace(/\](?=\()/g, '\\]').replace(/\{(\d+)\}/g, '{{$1}}')
}

/** The address at the start of a reference, where it is a valid one. */
function addressIn(reference: string): string | undefined {
  const address = /^https?:\/\/\S+/.exec(reference)?.[0]
  return address !== undefined && URL.canParse(address) ? new URL(address).href : undefined
}
