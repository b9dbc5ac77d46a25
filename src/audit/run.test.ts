import { describe, expect, it } from 'vitest'
import { defineCheck, type AnyCheck } from '../checks/index.js'
import { unknown } from '../model/index.js'
import { estateFrom } from '../sources/inline.js'
import { reaches, runAudit } from './index.js'

const PODS = `apiVersion: v1
kind: Pod
metadata: {name: a, namespace: x}
spec: {containers: [{name: one, image: i}, {name: two, image: i}]}
---
apiVersion: v1
kind: Pod
metadata: {name: b, namespace: x}
spec: {containers: []}
`
const base = {
  title: 'A fault',
  severity: 'low',
  because: 'as a rule',
  reach: 'user',
  why: 'It matters.',
  references: [],
  examples: { bad: {}, good: {} },
} as const

const everyContainer = defineCheck({
  ...base,
  id: 'every-container',
  appliesTo: 'workload',
  evaluate(workload, report) {
    for (const container of workload.containers) {
      report.fail(
        {
          origin: { kind: 'object', object: workload.object, path: container.path },
          message: container.name,
        },
        container.name === 'two' ? { severity: 'high', because: 'two is worse', reach: 'pod' } : {},
      )
    }
    if (workload.containers.length === 0) report.unknown(unknown('no-source', 'no container'))
  },
})
const nothing = defineCheck({
  ...base,
  id: 'a-pass',
  appliesTo: 'object',
  kinds: ['Pod'],
  evaluate: () => undefined,
})

const run = async (manifests: string, checks: readonly AnyCheck[]) =>
  runAudit(await estateFrom({ manifests }), { version: '1', checks })

describe('runAudit', () => {
  it('makes one finding of all places of one workload, the worst first', async () => {
    const result = await run(PODS, [everyContainer, nothing])
    expect(result.findings).toHaveLength(1)
    expect(result.findings[0]).toMatchObject({
      severity: 'high',
      because: 'two is worse',
      reach: 'pod',
      result: 'fail',
    })
    expect(result.findings[0]?.evidence.map((item) => [item.key, item.line])).toEqual([
      ['spec.containers[name=one]', 4],
      ['spec.containers[name=two]', 4],
    ])
    expect(result.counts).toMatchObject({ high: 1, low: 0, unknown: 1 })
    expect(result.coverage).toEqual([
      { check: 'a-pass', title: 'A fault', pass: 2, fail: 0, unknown: 0, notApplicable: 0, accepted: 0 },
      {
        check: 'every-container',
        title: 'A fault',
        pass: 0,
        fail: 1,
        unknown: 1,
        notApplicable: 0,
        accepted: 0,
      },
    ])
  })

  it('keeps fingerprints when lines move and makes new ones when places come', async () => {
    const print = async (manifests: string): Promise<string | undefined> =>
      (await run(manifests, [everyContainer])).findings[0]?.fingerprint
    const before = await print(PODS)
    expect(await print(`# a comment\n\n${PODS}`)).toBe(before)
    expect(
      await print(
        PODS.replace('[{name: one, image: i}, {name: two, image: i}]', '[{name: two}, {name: one}]'),
      ),
    ).toBe(before)
    expect(await print(PODS.replace('{name: two, image: i}', '{name: two}, {name: three}'))).not.toBe(before)
  })

  it('judges a workload once, whatever it made', async () => {
    const owned = (kind: string, name: string, owner: string, ownerName: string): string =>
      `---\napiVersion: ${kind === 'Pod' ? 'v1' : 'apps/v1'}\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: x\n  ownerReferences: [{apiVersion: apps/v1, kind: ${owner}, name: ${ownerName}, controller: true}]\nspec: ${kind === 'Pod' ? '{containers: [{name: c}]}' : '{template: {spec: {containers: [{name: c}]}}}'}\n`
    const deployment =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: w, namespace: x}\nspec: {template: {spec: {containers: [{name: c}]}}}\n'
    const made =
      owned('ReplicaSet', 'w-1', 'Deployment', 'w') +
      owned('Pod', 'w-1-a', 'ReplicaSet', 'w-1') +
      owned('Pod', 'w-1-b', 'ReplicaSet', 'w-1')
    const whole = await run(deployment + made, [everyContainer])
    expect(whole.findings.map((finding) => finding.target)).toMatchObject([
      { object: { kind: 'Deployment', name: 'w' } },
    ])
    // Without the Deployment, what is known of it is its name, and one pod stands for all.
    const pods = await run(
      owned('Pod', 'w-1-a', 'ReplicaSet', 'w-1') + owned('Pod', 'w-1-b', 'ReplicaSet', 'w-1'),
      [everyContainer],
    )
    expect(pods.findings.map((finding) => finding.target)).toMatchObject([
      { object: { kind: 'ReplicaSet', name: 'w-1' } },
    ])
  })

  it('judges a pod that only claims to belong to a harmless workload', async () => {
    const manifests = `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, namespace: x}
spec: {template: {spec: {containers: [{name: c}]}}}
---
apiVersion: v1
kind: Pod
metadata:
  name: agent-forged
  namespace: x
  ownerReferences: [{apiVersion: apps/v1, kind: DaemonSet, name: agent, controller: true}]
spec: {hostPID: true, containers: [{name: c}]}
`
    const result = await run(manifests, [everyContainer])
    const targets = result.findings.map(({ target }) => (target.kind === 'object' ? target.object.name : ''))
    expect(targets.sort()).toEqual(['agent', 'agent-forged'])
  })

  it.each([
    ['critical', false],
    ['high', true],
    ['info', true],
    ['none', false],
  ] as const)('gate at %s', async (failOn, reached) => {
    expect(reaches(await run(PODS, [everyContainer]), failOn)).toBe(reached)
  })
})
