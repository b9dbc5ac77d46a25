import {
  formatPath,
  type Acceptance,
  type AuditPolicy,
  type AuditResult,
  type BaselineUse,
  type Edit,
  type Evidence,
  type FilePlace,
  type Finding,
  type Fix,
  type ObjectRef,
  type ProbeReport,
  type Target,
} from '../model/index.js'
import { escapedJson, longList } from './escaped-json.js'

/** Changes only when a field is taken away or changes its meaning; new fields may come at any time. */
export const JSON_FORMAT = 'rampart.audit/v1'

/** As `streamJson`, in one string. */
export function renderJson(result: AuditResult): string {
  return [...streamJson(result)].join('')
}

/**
 * The result as JSON after `schemas/audit-result.schema.json`. Every field is named here, so that the published
 * form does not move when the model does, and keys always stand in the same order.
 */
export function streamJson(result: AuditResult): Iterable<string> {
  return escapedJson({
    format: JSON_FORMAT,
    rampart: { version: result.rampart.version },
    sources: result.sources.map(({ kind, name, objects, files, complete }) => ({
      kind,
      name,
      objects,
      files,
      complete,
    })),
    counts: countsJson(result.counts),
    findings: longList(result.findings, findingJson),
    unknowns: longList(result.unknowns, findingJson),
    notApplicable: longList(result.notApplicable, findingJson),
    accepted: longList(result.accepted, findingJson),
    problems: result.problems.map(({ code, level, message, place }) => ({
      code,
      level,
      message,
      place: placeJson(place),
    })),
    coverage: result.coverage.map(({ check, title, pass, fail, unknown, notApplicable, accepted }) => ({
      check,
      title,
      pass,
      fail,
      unknown,
      notApplicable,
      accepted,
    })),
    policy: result.policy && policyJson(result.policy),
    baseline: result.baseline && baselineJson(result.baseline),
    probes: result.probes?.map(probeJson),
  })
}

function probeJson({ component, address, state, verdict, tls, attempts }: ProbeReport): object {
  return {
    component,
    address,
    state,
    verdict,
    tls: tls && {
      versions: tls.versions.map(({ version, offered, detail }) => ({ version, offered, detail })),
      chain: tls.chain.map(({ subject, issuer, names, notBefore, notAfter, selfSigned, fingerprint256 }) => ({
        subject,
        issuer,
        names,
        notBefore,
        notAfter,
        selfSigned,
        fingerprint256,
      })),
      clientCertificate: {
        asked: tls.clientCertificate.asked,
        authorities: tls.clientCertificate.authorities,
      },
    },
    attempts: attempts.map(({ ask, answer, state: seen, meaning }) => ({
      ask,
      answer,
      state: seen,
      meaning,
    })),
  }
}

function placeJson({ file, host, line, column }: FilePlace): object {
  return { file, host, line, column }
}

function acceptanceJson({ reason, until, owner, place, object, audited }: Acceptance): object {
  return { reason, until, owner, place: placeJson(place), object: object && refJson(object), audited }
}

function policyJson(policy: AuditPolicy): object {
  return {
    files: policy.files.map(({ file, audited }) => ({ file, audited })),
    exceptions: policy.exceptions.map((use) => ({
      check: use.check,
      covers: use.covers,
      state: use.state,
      matched: use.matched,
      ...acceptanceJson(use),
    })),
    severities: policy.severities.map(({ check, own, severity, place, audited }) => ({
      check,
      own,
      severity,
      place: placeJson(place),
      audited,
    })),
    leftOut: policy.leftOut,
    namespaces: policy.namespaces,
    said: policy.said,
    userChecks: policy.userChecks.map(({ check, place, audited }) => ({
      check,
      place: placeJson(place),
      audited,
    })),
  }
}

function baselineJson({ file, known, gone, notLookedAt }: BaselineUse): object {
  return {
    file,
    known,
    gone: gone.map(({ check, severity, target, place, fingerprint }) => ({
      check,
      severity,
      target,
      place,
      fingerprint,
    })),
    notLookedAt,
  }
}

function countsJson(counts: AuditResult['counts']): object {
  const { critical, high, medium, low, info, unknown, notApplicable, accepted } = counts
  return { critical, high, medium, low, info, unknown, notApplicable, accepted }
}

function findingJson(finding: Finding): object {
  return {
    check: finding.check,
    result: finding.result,
    title: finding.title,
    severity: finding.severity,
    ownSeverity: finding.ownSeverity,
    because: finding.because,
    reach: finding.reach,
    target: targetJson(finding.target),
    message: finding.message,
    reason: finding.reason,
    accepted: finding.accepted && acceptanceJson(finding.accepted),
    why: finding.why,
    evidence: finding.evidence.map(evidenceJson),
    fix: finding.fix && fixJson(finding.fix),
    references: finding.references,
    fingerprint: finding.fingerprint,
  }
}

function targetJson(target: Target): object {
  switch (target.kind) {
    case 'object':
      return { kind: target.kind, object: refJson(target.object) }
    case 'component':
      return { kind: target.kind, component: target.component, host: target.host }
    case 'host':
      return { kind: target.kind, host: target.host }
    case 'estate':
      return { kind: target.kind }
  }
}

function evidenceJson(evidence: Evidence): object {
  const { process, snippet } = evidence
  return {
    key: evidence.key,
    message: evidence.message,
    file: evidence.file,
    host: evidence.host,
    line: evidence.line,
    column: evidence.column,
    object: evidence.object && refJson(evidence.object),
    path: evidence.path,
    process: process && { pid: process.pid, component: process.component, argIndex: process.argIndex },
    snippet: snippet && {
      startLine: snippet.startLine,
      focusLine: snippet.focusLine,
      lines: snippet.lines,
    },
    fingerprint: evidence.fingerprint,
  }
}

function fixJson(fix: Fix): object {
  return {
    text: fix.text,
    edits: fix.edits.map(editJson),
    commands: fix.commands,
    risk: fix.risk,
    needs: fix.needs.map(({ text, met }) => ({ text, met })),
    breaks: fix.breaks,
    restart: fix.restart,
    verify: fix.verify,
  }
}

function editJson(edit: Edit): object {
  return {
    host: edit.host,
    file: edit.file,
    object: edit.object && refJson(edit.object),
    op: edit.op,
    path: edit.path,
    pathText: formatPath(edit.path),
    value: edit.value,
    mode: edit.mode,
  }
}

function refJson({ group, version, kind, namespace, name }: ObjectRef): object {
  return { group, version, kind, namespace, name }
}
