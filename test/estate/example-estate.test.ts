import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { runAudit } from '../../src/audit/index.js'
import { checks as all, checksByDefault } from '../../src/checks/index.js'
import type { AuditResult, Finding, Target } from '../../src/model/index.js'
import { readEstate } from '../../src/sources/index.js'

const checks = checksByDefault(all)

const ESTATE = 'examples/estate'

/** Rows of the table below a heading of the estate's README, as cells. */
function tableBelow(heading: string): string[][] {
  const readme = readFileSync(`${ESTATE}/README.md`, 'utf8')
  const [, section = ''] = readme.split(`\n## ${heading}\n`)
  return (section.split('\n## ')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replaceAll('\\|', '|')),
    )
}

function where(target: Target): string {
  switch (target.kind) {
    case 'object': {
      const { kind, namespace, name } = target.object
      return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`
    }
    case 'component':
      return `${target.component} on ${target.host}`
    case 'host':
      return target.host
    case 'estate':
      return 'estate'
  }
}

/** Rows `place | checks` of a table as places with one check each. */
function listedBelow(heading: string): string[] {
  return sorted(
    tableBelow(heading).flatMap(([place = '', names = '']) => names.split(', ').map((name) => [place, name])),
  )
}

function placeAndCheck({ target, check }: Finding): string[] {
  return [where(target), `\`${check}\``]
}

function isOfCopies({ message }: Finding): boolean {
  return message.includes('are copies of some files')
}

const sorted = (rows: readonly (readonly string[])[]): string[] => rows.map((row) => row.join(' | ')).sort()

describe('the example estate', () => {
  let result: AuditResult
  beforeAll(async () => {
    result = runAudit(await readEstate({ paths: [ESTATE] }), { version: 'test', checks })
  })
  const of = (wanted: (finding: Finding) => boolean): readonly Finding[] => result.findings.filter(wanted)

  it('has exactly the findings that its README lists', () => {
    const found = of((finding) => finding.severity !== 'info').map((finding) => [
      finding.severity,
      `\`${finding.check}\``,
      where(finding.target),
      finding.message,
    ])
    expect(sorted(found)).toEqual(sorted(tableBelow('Findings')))
  })

  it('has exactly the advice that its README lists', () => {
    const found = of((finding) => finding.severity === 'info').map(placeAndCheck)
    expect(sorted(found)).toEqual(listedBelow('Advice'))
  })

  it('leaves exactly the questions open that its README lists', () => {
    const found = result.unknowns
      .filter((finding) => !isOfCopies(finding))
      .map((finding) => [`\`${finding.check}\``, where(finding.target), finding.message])
    expect(sorted(found)).toEqual(sorted(tableBelow('Not known')))
    expect(result.problems).toEqual([])
  })

  it('leaves aside exactly what its README lists', () => {
    const found = result.notApplicable
      .filter(({ target }) => target.kind !== 'host')
      .map((finding) => [`\`${finding.check}\``, where(finding.target), finding.message])
    expect(sorted(found)).toEqual(sorted(tableBelow('Not applicable')))
  })

  it('leaves open what copies of files do not tell, as its README lists', () => {
    const found = result.unknowns.filter(isOfCopies)
    expect(sorted(found.map(placeAndCheck))).toEqual(listedBelow('Not known of copied files'))
  })

  it('has of hosts only what its README does not list as absent', () => {
    const found = result.notApplicable.filter(({ target }) => target.kind === 'host')
    expect(sorted(found.map(placeAndCheck))).toEqual(listedBelow('Not there'))
  })

  it('shows a line of a file for every finding that something in it causes', () => {
    const unset = of((finding) => finding.evidence.every((item) => item.snippet === undefined))
    // Settings that nobody makes stand nowhere; everything else has its line.
    expect(new Set(unset.map((finding) => finding.target.kind))).toEqual(new Set(['component']))
  })

  it('finds nothing but advice in what is hardened', () => {
    const hardened = /^(?:\w+ shop\/|kubelet on worker-1$)/
    const worse = of((finding) => finding.severity !== 'info' && hardened.test(where(finding.target)))
    expect(worse).toEqual([])
  })
})
