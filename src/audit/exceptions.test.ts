import { describe, expect, it } from 'vitest'
import { NOW } from '../../test/kit/check-tests.js'
import { defineCheck, type AnyCheck } from '../checks/index.js'
import {
  asList,
  valueAt,
  type AuditException,
  type AuditResult,
  type ExceptionScope,
} from '../model/index.js'
import { estateFrom } from '../sources/inline.js'
import { runAudit, type AuditRules } from './index.js'

const example = { manifests: '' }
const base = {
  title: 'A fault',
  severity: 'low',
  because: 'it is so',
  reach: 'pod',
  why: 'for the test',
  references: [],
  examples: { bad: example, good: example },
} as const

/** Fails once for every container, all of them in one failure. */
const containers: AnyCheck = defineCheck({
  ...base,
  id: 'pod-containers',
  appliesTo: 'object',
  kinds: ['Pod'],
  evaluate({ object }, report) {
    const list = asList(valueAt(object.content, ['spec', 'containers']))
    report.fail([
      { origin: { kind: 'object', object, path: ['spec'] }, message: 'the pod', key: 'spec' },
      ...list.map((_, index) => ({
        origin: { kind: 'object', object, path: ['spec', 'containers', index] } as const,
        message: `container ${index}`,
      })),
    ])
  },
})

const rules: AnyCheck = defineCheck({
  ...base,
  id: 'role-rules',
  appliesTo: 'object',
  kinds: ['Role.rbac.authorization.k8s.io'],
  evaluate({ object }, report) {
    asList(object.content['rules']).forEach((_, index) =>
      report.fail({
        origin: { kind: 'object', object, path: ['rules', index, 'verbs'] },
        message: `rule ${index}`,
      }),
    )
  },
})

const POD = (more = ''): string => `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop${more}}
spec: {containers: [{name: app}, {name: proxy}]}
`

const ROLE = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: shop}
rules:
  - {apiGroups: [''], resources: [secrets], verbs: [get, list]}
  - {apiGroups: [''], resources: [pods], verbs: ['*']}
`

function exception(check: string, scope: ExceptionScope, more: Partial<AuditException> = {}): AuditException {
  const place = { file: '.rampart.yaml', line: 3, column: 5 }
  return { check, scope, reason: 'known', until: '2027-01-31', place, audited: false, ...more }
}

async function audit(
  manifests: string,
  checks: readonly AnyCheck[],
  given: AuditRules,
): Promise<AuditResult> {
  return runAudit(await estateFrom({ manifests }), { version: 'test', checks, rules: given, now: NOW })
}

/** Which evidence failed and which was accepted. */
async function outcome(
  manifests: string,
  check: AnyCheck,
  exceptions: readonly AuditException[],
): Promise<{ failed: string[]; accepted: string[] }> {
  const { findings, accepted } = await audit(manifests, [check], { exceptions })
  const keys = (list: AuditResult['findings']): string[] =>
    list.flatMap(({ evidence }) => evidence.map(({ key }) => key))
  return { failed: keys(findings), accepted: keys(accepted) }
}

const APP = 'spec.containers[name=app]'
const PROXY = 'spec.containers[name=proxy]'

describe('what an exception covers', () => {
  it.each<[string, ExceptionScope, boolean]>([
    ['nothing said', {}, true],
    ['the namespace', { namespace: ['shop'] }, true],
    ['a pattern of it', { namespace: ['kube-*', 'sh?p'] }, true],
    ['another namespace', { namespace: ['prod'] }, false],
    ['the kind', { kind: ['Pod'] }, true],
    ['kind and name', { kind: ['Pod'], name: ['web'] }, true],
    ['another name', { kind: ['Pod'], name: ['api'] }, false],
    ['a host', { host: ['*'] }, false],
    ['the file', { file: ['*.yaml'] }, true],
    ['another file', { file: ['deploy/'] }, false],
  ])('%s', async (_, scope, covered) => {
    const { failed, accepted } = await outcome(POD(), containers, [exception('pod-*', scope)])
    expect(failed).toEqual(covered ? [] : ['spec', APP, PROXY])
    expect(accepted).toEqual(covered ? ['spec', APP, PROXY] : [])
  })

  it('one container: the other still fails, and so does what shows them both', async () => {
    const one = exception('pod-containers', { container: ['app'] })
    expect(await outcome(POD(), containers, [one])).toEqual({ failed: ['spec', PROXY], accepted: [APP] })
    const both = exception('pod-containers', { container: ['proxy'] })
    expect((await outcome(POD(), containers, [one, both])).failed).toEqual([])
  })

  it('one rule of a role, whatever its place and order', async () => {
    const one = exception('role-rules', { rule: { resources: ['secrets'], verbs: ['list', 'get'] } })
    const { failed, accepted } = await outcome(ROLE, rules, [one])
    expect([failed.length, accepted.length]).toEqual([1, 1])
    const wider = exception('role-rules', { rule: { resources: ['secrets'], verbs: ['get'] } })
    expect((await outcome(ROLE, rules, [wider])).accepted).toEqual([])
  })

  it('one place by its fingerprint', async () => {
    const plain = await audit(POD(), [containers], {})
    const [place] = (plain.findings[0]?.evidence ?? []).filter(({ key }) => key === PROXY)
    const one = exception('pod-containers', { fingerprint: [place?.fingerprint ?? ''] })
    expect((await outcome(POD(), containers, [one])).accepted).toEqual([PROXY])
  })

  it('paths from the folder of the configuration', async () => {
    const folders = { configuration: '/repo/deploy', working: '/repo/deploy/..' }
    const inFolder = exception('pod-*', { file: ['../manifests.yaml'] }, { folders })
    expect((await outcome(POD(), containers, [inFolder])).failed).toEqual([])
  })
})

describe('what is told of exceptions', () => {
  it('accepted findings with who accepts them, counted apart', async () => {
    const result = await audit(POD(), [containers], {
      exceptions: [exception('pod-*', {}, { owner: 'team' })],
    })
    expect(result.counts).toMatchObject({ low: 0, accepted: 1 })
    expect(result.coverage[0]).toMatchObject({ pass: 0, fail: 0, accepted: 1 })
    expect(result.accepted[0]).toMatchObject({
      result: 'accepted',
      accepted: { reason: 'known', owner: 'team' },
    })
    expect(JSON.stringify(result.accepted)).not.toContain('folders')
  })

  it('used, unused, expired and not asked', async () => {
    const { policy, findings } = await audit(POD(), [containers], {
      exceptions: [
        exception('pod-containers', { container: ['app'] }),
        exception('pod-containers', { name: ['other'] }),
        exception('pod-containers', {}, { until: '2026-10-31' }),
        exception('kubelet-*', {}),
      ],
    })
    expect(policy?.exceptions.map(({ state, matched }) => [state, matched])).toEqual([
      ['used', 1],
      ['unused', 0],
      ['expired', 0],
      ['notAsked', 0],
    ])
    expect(findings).toHaveLength(1)
  })
})

describe('annotations', () => {
  const annotated = (value: string): string =>
    POD(`, annotations: {rampart.dev/accept.pod-seccomp: "${value}"}`)
  const seccomp: AnyCheck = { ...containers, id: 'pod-seccomp' }

  it('accept what their object shows, and say that they come from it', async () => {
    const { findings, accepted, policy } = await audit(
      annotated('until=2027-01-31; container=app; later'),
      [seccomp],
      {},
    )
    expect(findings[0]?.evidence.map(({ key }) => key)).toEqual(['spec', PROXY])
    expect(accepted[0]?.accepted).toMatchObject({ reason: 'later', audited: true, object: { name: 'web' } })
    expect(policy?.exceptions[0]).toMatchObject({ state: 'used', covers: 'Pod shop/web, container app' })
  })

  it('accept nothing of another object, nor when they may not', async () => {
    const other = `${annotated('until=2027-01-31; later')}---\n${POD().replace('name: web', 'name: api')}`
    const both = await audit(other, [seccomp], {})
    expect(both.findings.map(({ target }) => (target.kind === 'object' ? target.object.name : ''))).toEqual([
      'api',
    ])
    const off = await audit(annotated('until=2027-01-31; later'), [seccomp], { annotations: false })
    expect([off.findings.length, off.policy]).toEqual([1, undefined])
    const never = await audit(annotated('until=2027-01-31; later'), [seccomp], { neverAccept: ['pod-sec*'] })
    expect(never.findings).toHaveLength(1)
  })
})

it('takes the annotation of a template once, from the object that makes the pods', async () => {
  const note = 'annotations: {rampart.dev/accept.pod-seccomp: "until=2027-01-31; later"}'
  const owned = (name: string, owner: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: shop
  ${note}
  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: ${owner}, uid: a, controller: true}]
`
  const set = `apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: read, namespace: shop}
spec: {template: {metadata: {${note}}}}
`
  const manifests = [
    set,
    owned('a', 'read'),
    owned('b', 'read'),
    owned('c', 'gone'),
    owned('d', 'gone'),
  ].join('---\n')
  const { policy } = await audit(manifests, [containers], {})
  expect(policy?.exceptions.map(({ covers }) => covers).sort()).toEqual([
    'Pod shop/c',
    'ReplicaSet.apps shop/read',
  ])
})

it('sets a severity and names the own one', async () => {
  const rule = { severity: 'critical', place: { file: '.rampart.yaml', line: 9 }, audited: false } as const
  const severities = new Map([['pod-containers', rule]])
  const { findings, counts, policy } = await audit(POD(), [containers], { severities })
  expect(findings[0]).toMatchObject({ severity: 'critical', ownSeverity: 'low' })
  expect(counts.critical).toBe(1)
  expect(policy?.severities).toEqual([{ check: 'pod-containers', own: 'low', ...rule }])
})

it('judges the targets that it is told to judge', async () => {
  const judges: AuditRules['judges'] = (target) =>
    target.kind === 'object' && target.object.namespace === 'prod'
  const { findings, coverage } = await audit(POD(), [containers], { judges })
  expect([findings.length, coverage[0]?.fail]).toEqual([0, 0])
})
