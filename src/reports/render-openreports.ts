import type { AuditResult, Finding, ObjectRef } from '../model/index.js'
import { areaOf } from './area.js'
import { escapedJson } from './escaped-json.js'
import { findingSentence } from './finding-text.js'
import { groupBy } from './group-by.js'
import { acceptanceText } from './policy-notes.js'
import { evidencePlace, plural, REASON_WORDS, targetText } from './words.js'

const API_VERSION = 'openreports.io/v1alpha1'
const SOURCE = 'rampart'

/** An object of the API server may be 1.5 MiB (etcd's limit); a report stays well below it. */
const MOST_RESULTS = 500

/** One entry of a report's `results`. */
interface Entry {
  readonly result: 'pass' | 'fail' | 'warn' | 'error' | 'skip'
  readonly [field: string]: unknown
}

/**
 * The result as a List of OpenReports objects (`openreports.io/v1alpha1`), to be given to `kubectl apply -f -`: one
 * Report a namespace, one ClusterReport for the rest, in parts of 500 results. A failure is `fail`, advice is `warn`
 * (not scored), an open question is `error` ("could not be evaluated"), what is accepted or does not apply is `skip`. A check that
 * passed everywhere is one `pass` of the ClusterReport.
 * Source: github.com/openreports/reports-api v0.2.1 apis/openreports.io/v1alpha1/report_types.go.
 */
export function streamOpenReports(result: AuditResult): Iterable<string> {
  const answers = [...result.findings, ...result.unknowns, ...result.accepted, ...result.notApplicable]
  const byNamespace = [...groupBy(answers, namespaceOf)].sort(([a], [b]) => (a < b ? -1 : 1))
  const items = byNamespace
    .filter(([namespace]) => namespace !== '')
    .flatMap(([namespace, findings]) => parts('Report', findings.map(entryOf), namespace))
  const cluster = byNamespace.find(([namespace]) => namespace === '')?.[1] ?? []
  const entries = [...cluster.map(entryOf), ...passed(result)]
  return escapedJson({
    apiVersion: 'v1',
    kind: 'List',
    items: [...parts('ClusterReport', entries), ...items],
  })
}

/** As `streamOpenReports`, in one string. */
export function renderOpenReports(result: AuditResult): string {
  return [...streamOpenReports(result)].join('')
}

function namespaceOf({ target }: Finding): string {
  return target.kind === 'object' ? target.object.namespace : ''
}

function parts(kind: string, entries: readonly Entry[], namespace?: string): object[] {
  const count = Math.max(1, Math.ceil(entries.length / MOST_RESULTS))
  return Array.from({ length: count }, (_, index) =>
    reportOf(kind, entries.slice(index * MOST_RESULTS, (index + 1) * MOST_RESULTS), index, namespace),
  )
}

function reportOf(kind: string, entries: readonly Entry[], part: number, namespace?: string): object {
  const count = (result: Entry['result']): number => entries.filter((entry) => entry.result === result).length
  return {
    apiVersion: API_VERSION,
    kind,
    metadata: {
      name: part === 0 ? SOURCE : `${SOURCE}-${part + 1}`,
      namespace,
      labels: { 'app.kubernetes.io/managed-by': SOURCE },
    },
    source: SOURCE,
    summary: {
      pass: count('pass'),
      fail: count('fail'),
      warn: count('warn'),
      error: count('error'),
      skip: count('skip'),
    },
    results: entries,
  }
}

function entryOf(finding: Finding): Entry {
  const { check, severity, target, evidence, fix, fingerprint, accepted } = finding
  const [first] = evidence
  return {
    source: SOURCE,
    policy: check,
    category: areaOf(target),
    severity,
    result: outcomeOf(finding),
    scored: finding.result === 'fail' && severity !== 'info',
    resources: target.kind === 'object' ? [reference(target.object)] : undefined,
    message: messageOf(finding),
    properties: {
      fingerprint,
      target: targetText(target),
      ...(first === undefined ? {} : { evidence: `${evidencePlace(first)}: ${first.message}` }),
      ...(accepted === undefined ? {} : { accepted: acceptanceText(accepted) }),
      ...(fix === undefined ? {} : { fix: fix.text }),
    },
  }
}

function outcomeOf({ result, severity }: Finding): Entry['result'] {
  if (result === 'unknown') return 'error'
  if (result !== 'fail') return 'skip'
  return severity === 'info' ? 'warn' : 'fail'
}

function messageOf(finding: Finding): string {
  if (finding.accepted !== undefined)
    return `${findingSentence(finding)} (accepted: ${acceptanceText(finding.accepted)})`
  if (finding.result !== 'unknown') return findingSentence(finding)
  return `${findingSentence(finding)} (${REASON_WORDS[finding.reason ?? 'no-source']})`
}

function reference({ group, version, kind, namespace, name }: ObjectRef): object {
  return {
    apiVersion: group === '' ? version : `${group}/${version}`,
    kind,
    name,
    ...(namespace === '' ? {} : { namespace }),
  }
}

function passed({ coverage }: AuditResult): Entry[] {
  return coverage
    .filter(({ pass, fail, unknown }) => pass > 0 && fail === 0 && unknown === 0)
    .map(({ check, pass }) => ({
      source: SOURCE,
      policy: check,
      result: 'pass',
      scored: true,
      message: `${plural(pass, 'answer')} passed on evidence`,
    }))
}
