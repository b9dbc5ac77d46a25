import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import {
  auditResultOf,
  cleanAuditResult,
  sampleAuditResult,
  sampleFinding,
} from '../../test/kit/sample-audit-result.js'
import { countsLine } from '../model/index.js'
import { renderTerminal } from './render-terminal.js'
import { textWidth } from './terminal/text-width.js'

const options = { color: false, width: 80, all: false, command: 'rampart audit estate' }

describe('the first screen', () => {
  it('says what was found, shows it, and what to type next', () => {
    const unknown = sampleAuditResult.unknowns[0]!
    const result = auditResultOf({
      findings: [sampleFinding()],
      unknowns: [unknown],
      notApplicable: sampleAuditResult.notApplicable,
      sources: sampleAuditResult.sources.slice(0, 1),
      problems: sampleAuditResult.problems.slice(0, 1),
    })
    expect(renderTerminal(result, options)).toBe(`Rampart 0.1.0
Found: 1 critical. 1 question could not be answered.

Read    export exports/prod-eu-1.json: 412 objects, 1 file (whole cluster)
Judged  4 checks: 84 passed, 1 failed, 1 unknown, 2 not applicable

Findings (1)
 1  CRITICAL  kubelet on worker-2, open to anyone, no credential needed
    The kubelet on \`worker-2\` accepts requests without a credential.
    At: /var/lib/kubelet/config.yaml:5:14 on worker-2 | enabled: true
    Fix: Set \`authentication.anonymous.enabled\` to false and … (needs a restart)
    $ rampart audit estate --check kubelet-anonymous-auth --all

Could not be known (1)
  1 x a file could not be read: kubelet-read-only-port
    To know: run again with the right to read these files
    $ rampart checks show kubelet-read-only-port

Not applicable (2): The control plane of \`prod-eu-1\` is run by its provider (EK…
Problems of reading (1)
  error apps/search/values.yaml:12:9
    a mapping ends inside \`{{ .Values.image }}\`
Everything, with lines and fixes: rampart audit estate --all

1 findings: 1 critical, 0 high, 0 medium, 0 low; 1 unknown
`)
  })

  it('says that a pass rests on evidence when nothing was found', () => {
    expect(renderTerminal(cleanAuditResult, options)).toBe(`Rampart 0.1.0
Nothing found: 3 answers passed on evidence.

Read    manifests hardened.yaml: 3 objects, 1 file
Judged  1 check: 3 passed, 0 failed, 0 unknown, 0 not applicable

0 findings: 0 critical, 0 high, 0 medium, 0 low; 0 unknown
`)
  })

  it('does not call an audit of nothing clean', () => {
    expect(renderTerminal(auditResultOf({}), options)).toContain(
      'Nothing was found because nothing could be judged.',
    )
  })

  it('shows ten findings and ends in the counts', () => {
    const text = renderTerminal(sampleAuditResult, options)
    expect(text).toContain('Worst 10 of 12 findings')
    expect(text.match(/^ ?\d+ {2}[A-Z]+ /gm)).toHaveLength(10)
    expect(text.trimEnd().split('\n').at(-1)).toBe(countsLine(sampleAuditResult.counts))
  })

  it.each([40, 60, 80, 120])('keeps prose within %i columns', (width) => {
    const long = renderTerminal(sampleAuditResult, { ...options, width }).split('\n')
    // Places, commands and the last line are never broken: they are there to be copied or read by programs.
    const prose = long.filter((line) => !/^ +(?:At:|\$|error|warning)|^Everything|^\d+ findings/.test(line))
    for (const line of prose) expect(textWidth(line), line).toBeLessThanOrEqual(width)
  })

  it('never cuts the place of evidence', () => {
    const file = `charts/${'very-long-folder-name/'.repeat(12)}values.yaml`
    const finding = sampleFinding({ evidence: [{ key: 'k', message: 'm', file, line: 7 }] })
    expect(renderTerminal(auditResultOf({ findings: [finding] }), options)).toContain(`At: ${file}:7\n`)
  })
})

describe('everything', () => {
  const text = renderTerminal(sampleAuditResult, { ...options, all: true })

  it('shows each finding with its lines, its change and how to verify it', () => {
    for (const finding of sampleAuditResult.findings) expect(text).toContain(finding.fingerprint)
    expect(text).toContain(`        > 5 |     enabled: true
          6 |   webhook:`)
    expect(text).toContain(`        /var/lib/kubelet/config.yaml on worker-2
        + authentication.anonymous.enabled: false
        Needs (not known): Nothing scrapes port 10250 without a credential
        Risk: needs a restart`)
    expect(text).toContain('Verify: $ curl -sk https://worker-2:10250/pods')
  })

  it('calls a fix whose precondition does not hold advice', () => {
    expect(text).toContain(`Needs (does not hold): No client reaches the daemon over TCP
        Risk: can lock you out; advice only`)
  })

  it('lists every open question with what is missing', () => {
    for (const { message } of sampleAuditResult.unknowns) {
      expect(text.replace(/\n +/g, ' ')).toContain(message)
    }
  })
})

describe('colour', () => {
  it('changes nothing but the colour', () => {
    for (const all of [false, true]) {
      const plain = renderTerminal(sampleAuditResult, { ...options, all })
      const colored = renderTerminal(sampleAuditResult, { ...options, all, color: true })
      expect(plain).not.toContain('\x1b')
      expect(colored).toContain('\x1b[')
      expect(stripVTControlCharacters(colored)).toBe(plain)
    }
  })
})

it('tells questions about one thing that miss the same once', () => {
  const [question] = sampleAuditResult.unknowns
  if (question === undefined) throw new Error('no open question')
  const twice = { ...sampleAuditResult, unknowns: [question, { ...question, check: 'kubelet-max-pods' }] }
  const text = renderTerminal(twice, { ...options, all: true }).replace(/\n +/g, ' ')
  expect(text.split(question.message)).toHaveLength(2)
  expect(text).toContain(`${question.check}, kubelet-max-pods`)
})

it('gives the same bytes for the same result', () => {
  expect(renderTerminal(structuredClone(sampleAuditResult), options)).toBe(
    renderTerminal(sampleAuditResult, options),
  )
})
