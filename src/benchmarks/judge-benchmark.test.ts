import { describe, expect, it } from 'vitest'
import { auditResultOf, refOf, sampleFinding } from '../../test/kit/sample-audit-result.js'
import type { AnyCheck } from '../checks/index.js'
import type { AuditResult, Finding } from '../model/index.js'
import type { Benchmark } from './benchmark.js'
import { judgeBenchmark } from './judge-benchmark.js'

const BENCHMARK: Benchmark = {
  id: 'cis-1.12',
  name: 'One',
  edition: 'first',
  reference: 'One, ',
  sections: { '1': 'Section' },
  controls: [
    { number: '1.1', title: 'judged' },
    { number: '1.2', title: 'by hand', byHand: 'ask them' },
  ],
}

const check = (more: Partial<AnyCheck> = {}): AnyCheck =>
  ({ id: 'a-check', references: ['One, 1.1'], appliesTo: 'object', ...more }) as AnyCheck

const finding = (more: Partial<Finding> = {}): Finding =>
  sampleFinding({
    check: 'a-check',
    message: 'open',
    target: { kind: 'object', object: refOf('Pod', 'a') },
    ...more,
  })

const passing = (pass: number): AuditResult['coverage'] => [
  { check: 'a-check', title: 't', pass, fail: 0, unknown: 0, notApplicable: 0, accepted: 0 },
]
const source = (complete: boolean): AuditResult['sources'] => [
  { kind: 'export', name: 'x', objects: 1, files: 1, complete },
]

describe('a control', () => {
  it.each<[string, Partial<AuditResult>, AnyCheck, string, RegExp]>([
    [
      'fails by one finding among passes',
      { findings: [finding()], coverage: passing(3) },
      check(),
      'fail',
      /^open$/,
    ],
    [
      'fails rather than is unknown',
      { findings: [finding()], unknowns: [finding({ result: 'unknown', reason: 'no-source' })] },
      check(),
      'fail',
      /open/,
    ],
    [
      'is unknown where one question is open, whatever passed',
      { unknowns: [finding({ result: 'unknown', message: 'no process' })], coverage: passing(3) },
      check(),
      'unknown',
      /no process/,
    ],
    [
      'is accepted by exception',
      { accepted: [finding()], coverage: passing(3) },
      check(),
      'accepted',
      /open/,
    ],
    ['passes on evidence', { coverage: passing(3) }, check(), 'pass', /^3 answers passed on evidence$/],
    [
      'does not apply where the provider runs it',
      { notApplicable: [finding({ result: 'notApplicable', message: 'the provider runs it' })] },
      check(),
      'notApplicable',
      /provider/,
    ],
    [
      'does not apply to what a whole cluster lacks',
      { sources: source(true) },
      check(),
      'notApplicable',
      /nothing that/,
    ],
    [
      'is unknown where a part was read',
      { sources: source(false) },
      check(),
      'unknown',
      /needed: the objects/,
    ],
    [
      'is unknown where nothing of Docker was read, although the cluster is whole',
      { sources: source(true) },
      check({ kinds: ['Info.docker'] }),
      'unknown',
      /needed: what Docker tells/,
    ],
    [
      'is unknown where no host was read, although the cluster is whole',
      { sources: source(true) },
      check({ appliesTo: 'kubelet' }),
      'unknown',
      /needed: the kubelet's settings/,
    ],
  ])('%s', (_, given, asked, state, reason) => {
    const result = auditResultOf({ findings: [], coverage: passing(0), sources: source(false), ...given })
    const [control] = judgeBenchmark(BENCHMARK, [asked], result).controls
    expect(control).toMatchObject({
      state,
      reason: expect.stringMatching(reason) as string,
      checks: ['a-check'],
    })
  })

  it('that no check judges says what a person would do', () => {
    const { controls, counts } = judgeBenchmark(BENCHMARK, [check()], auditResultOf({ findings: [] }))
    expect(controls[1]).toMatchObject({
      state: 'unknown',
      reason: 'to be judged by hand: ask them',
      checks: [],
    })
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(2)
  })
})

describe('controls about files', () => {
  const files: Benchmark = {
    ...BENCHMARK,
    controls: [
      { number: '1.1', title: 'Mode of a', only: { access: 'mode', file: /a\.yaml$/ } },
      { number: '1.2', title: 'Owner of a', only: { access: 'owner', file: /a\.yaml$/ } },
      { number: '1.3', title: 'Mode of b', only: { access: 'mode', file: /b\.yaml$/ } },
    ],
  }
  const asked = check({
    references: ['One, 1.1', 'One, 1.2', 'One, 1.3'],
    appliesTo: 'host',
  })
  const states = (...evidence: readonly [file: string, message: string][]): string[] => {
    const found = finding({ evidence: evidence.map(([file, message]) => ({ key: file, file, message })) })
    const result = auditResultOf({ findings: [found], coverage: passing(0) })
    return judgeBenchmark(files, [asked], result).controls.map(({ state }) => state)
  }

  it.each<[string, readonly [string, string][], readonly string[]]>([
    ['a mode', [['/m/a.yaml', '`/m/a.yaml` is 0644 root: everyone may read it']], ['fail', 'pass', 'pass']],
    ['an owner', [['/m/a.yaml', '`/m/a.yaml` is 0600 dev: dev owns it']], ['pass', 'fail', 'pass']],
    ['the folder of both', [['/m', '`/m` is 0777 root: everyone may write it']], ['fail', 'pass', 'fail']],
  ])('fail for what is theirs alone: %s', (_, evidence, expected) => {
    expect(states(...evidence)).toEqual(expected)
  })
})
