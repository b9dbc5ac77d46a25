import type { ProbeAttempt, ProbeReport } from '../model/index.js'
import { DOCKER_ASKS } from './probe-docker.js'

/** One of the six probes of a Docker daemon, with what a daemon that asks for certificates does. */
export interface DockerProbeRow {
  readonly probe: string
  readonly address: string
  readonly expected: 'refused' | 'accepted' | 'verified'
  /** Over every version of TLS the same, or unknown. */
  readonly outcome: 'accepted' | 'refused' | 'verified' | 'unknown'
  /** What came back, each answer once; over TLS one for each version. */
  readonly answer: string
  readonly asExpected: boolean
}

/**
 * The six probes as a table: plain HTTP on the port of before and on the TLS port, no certificate, one of another
 * authority, one that is not for clients, a good one; and, as a seventh row, whether the server proves its name.
 * What was not asked, or gave no answer that says it, is not as expected.
 */
export function dockerProbeTable(
  plainPort: ProbeReport,
  tlsPort: ProbeReport,
): { readonly six: readonly DockerProbeRow[]; readonly name: DockerProbeRow } {
  const rows: [keyof typeof DOCKER_ASKS, ProbeReport, 'refused' | 'accepted'][] = [
    ['plain', plainPort, 'refused'],
    ['plain', tlsPort, 'refused'],
    ['none', tlsPort, 'refused'],
    ['foreign', tlsPort, 'refused'],
    ['usage', tlsPort, 'refused'],
    ['own', tlsPort, 'accepted'],
  ]
  return {
    six: rows.map(([ask, report, expected]) => rowOf(DOCKER_ASKS[ask], report, expected)),
    name: nameRow(tlsPort),
  }
}

function rowOf(probe: string, report: ProbeReport, expected: 'refused' | 'accepted'): DockerProbeRow {
  const attempts = report.attempts.filter(
    ({ ask, state }) => state !== 'not-asked' && (ask.includes(`${probe}, `) || ask.endsWith(probe)),
  )
  const all = (state: ProbeAttempt['state']): boolean =>
    attempts.length > 0 && attempts.every((attempt) => attempt.state === state)
  const outcome = all('closed') ? 'refused' : all('open') ? 'accepted' : 'unknown'
  return {
    probe,
    address: report.address,
    expected,
    outcome,
    answer: answersOf(attempts),
    asExpected: outcome === expected,
  }
}

function nameRow(report: ProbeReport): DockerProbeRow {
  const attempts = report.attempts.filter(({ ask }) => ask.startsWith('verify '))
  const verified = attempts.length > 0 && attempts.every(({ answer }) => answer === 'verified')
  return {
    probe: "the server's name",
    address: report.address,
    expected: 'verified',
    outcome: verified ? 'verified' : 'unknown',
    answer: answersOf(attempts),
    asExpected: verified,
  }
}

function answersOf(attempts: readonly ProbeAttempt[]): string {
  const answers = [...new Set(attempts.map(({ answer }) => answer))]
  return answers.length === 0 ? 'not asked' : answers.join('; ')
}
