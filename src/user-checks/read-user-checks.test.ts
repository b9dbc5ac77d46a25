import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { schemaValidator } from '../../test/kit/schema-validator.js'
import { runAudit } from '../audit/index.js'
import type { AuditResult, EstateInput } from '../model/index.js'
import { estateFrom } from '../sources/inline.js'
import { readYaml } from '../text/index.js'
import { readUserChecks, type UserCheck } from './index.js'
import { parseValuePath, valuesAt } from './value-path.js'

const read = (text: string): UserCheck[] => readUserChecks(text, 'team.yaml')

/** A check with these lines beside what every one needs. */
const check = (lines: string, match = 'kinds: [Pod]'): string => `checks:
  - id: team-check
    title: A fault
    severity: high
    why: because
    match: {${match}}
${lines.replace(/^(?=.)/gm, '    ')}
`

async function audit(text: string, given: EstateInput): Promise<AuditResult> {
  const checks = read(text).map((each) => each.check)
  return runAudit(await estateFrom(given), { version: 'test', checks, rules: { annotations: false } })
}

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop, labels: {team: a}}
spec:
  replicas: 3
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: app, image: good}
        - {name: proxy, image: bad}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {tier: gold}}
`

describe('an expression', () => {
  it('judges each item, with a place and a message of its own', async () => {
    const text = check(
      "each: spec.template.spec.containers[*]\nat: image\nfailsIf: item.image == 'bad'\nmessage: 'container {{ item.name }} of {{ object.metadata.name }} runs {{ item.image + \"!\" }}'\nfix: Choose another.",
      'kinds: [Deployment.apps]',
    )
    const { findings } = await audit(text, { manifests: DEPLOYMENT })
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({
      check: 'team-check',
      severity: 'high',
      message: 'container proxy of web runs bad!',
      fix: { text: 'Choose another.', edits: [] },
    })
    expect(findings[0]?.evidence).toMatchObject([
      { key: 'spec.template.spec.containers[name=proxy].image', line: 11, file: 'manifests.yaml' },
    ])
  })

  it.each([
    ['the pod of a workload', 'workloads: true', "pod.spec.containers.exists(c, c.image == 'bad')", 1],
    ['labels of the pod', 'workloads: true', "pod.metadata.labels.app == 'web'", 1],
    ['the Namespace', 'kinds: [Deployment]', "namespaceObject.metadata.labels.tier == 'gold'", 1],
    ['the owner', 'kinds: ["*.apps"]', "owner.kind == 'Deployment'", 1],
    ['numbers', 'kinds: [Deployment.apps]', 'object.spec.replicas > 3', 0],
    ['another namespace', 'kinds: ["*"], namespaces: [prod]', 'true', 0],
    ['labels of the object', 'kinds: ["*"], labels: {team: "?"}', 'true', 1],
    ['another kind', 'kinds: [Secret]', 'true', 0],
    ['functions of Kubernetes', 'kinds: [Namespace]', "quantity('1Gi').isGreaterThan(quantity('1M'))", 1],
  ])('reads %s', async (_, match, expression, failures) => {
    const { findings, unknowns } = await audit(check(`failsIf: ${JSON.stringify(expression)}`, match), {
      manifests: DEPLOYMENT,
    })
    expect([findings.length, unknowns.length]).toEqual([failures, 0])
  })

  it('reads the settings in force of a component, whoever set them, and shows them', async () => {
    const text = check('failsIf: config.maxPods > params.most\nparams: {most: 61}', 'component: kubelet')
    const file = 'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nmaxPods: 20\n'
    const given = (processes: string[]): EstateInput => ({
      hosts: { n: { files: { '/k.yaml': file }, processes } },
    })
    const flag = await audit(text, given(['/usr/bin/kubelet --config=/k.yaml --max-pods=99']))
    expect(flag.findings[0]?.evidence).toMatchObject([{ key: 'maxPods', message: '`maxPods` is 99' }])
    expect((await audit(text, given(['/usr/bin/kubelet --config=/k.yaml']))).coverage[0]?.pass).toBe(1)
    const gap = await audit(text, given(['/usr/bin/kubelet --config=/other.yaml']))
    expect([gap.findings.length, gap.unknowns.length]).toEqual([0, 1])
  })

  it('reads facts of a host, with the place of a file', async () => {
    const text = check(
      "failsIf: host.files['/etc/docker/daemon.json'].mode == 420\nat: /etc/docker/daemon.json",
      'hosts: ["n*"]',
    )
    const file = { text: '', mode: 0o644, uid: 0, gid: 0 }
    const { findings } = await audit(text, {
      hosts: {
        n1: { files: { '/etc/docker/daemon.json': file } },
        other: { files: { '/etc/docker/daemon.json': file } },
      },
    })
    expect(findings.map(({ target, evidence }) => [target, evidence[0]?.file])).toEqual([
      [{ kind: 'host', host: 'n1' }, '/etc/docker/daemon.json'],
    ])
  })

  it.each([
    'object.spec.nothing > 1',
    'object.metadata.name > 1',
    'object.spec.replicas / 0 > 1',
    'object.spec',
  ])('that fails at run time is unknown, never a pass: %s', async (expression) => {
    const text = check(`failsIf: ${JSON.stringify(expression)}`, 'kinds: [Deployment]')
    const { unknowns, coverage } = await audit(text, { manifests: DEPLOYMENT })
    expect([unknowns.length, coverage[0]?.pass]).toEqual([1, 0])
    expect(unknowns[0]?.message).toContain('`failsIf` of team-check gives no answer')
  })

  it('that costs too much is unknown', async () => {
    const list = Array.from({ length: 60 }, (_, index) => index).join(',')
    const nested = `[${list}].all(a, [${list}].all(b, [${list}].all(c, [${list}].all(d, a + b + c + d >= 0))))`
    const { unknowns } = await audit(check(`failsIf: ${JSON.stringify(nested)}`, 'kinds: [Namespace]'), {
      manifests: DEPLOYMENT,
    })
    expect(unknowns[0]?.message).toMatch(/cost/)
  })
})

describe('a fault is told with its place', () => {
  it.each([
    ['failsIf: objct.spec', "team.yaml:7:14: undeclared reference to 'objct'"],
    ['failsIf: |\n  true &&\n    config.x', "team.yaml:9:9: undeclared reference to 'config'"],
    ['failsIf: >-\n  true\n  && (', 'team.yaml:9:'],
    ['failsIf: "1 + 1"', 'team.yaml:7:'],
    [
      "failsIf: 'true'\nmessage: 'a {{ object.x }} {{ itm }}'",
      "team.yaml:8:35: undeclared reference to 'itm'",
    ],
    ["failsIf: 'true'\nmessage: 'a {{ object'", 'team.yaml:8:17: `{{` has no `}}`'],
    ['failsIf: "true"\neach: spec..x', '`spec..x` is no path'],
    ['failIf: "true"', 'did you mean `failsIf`?'],
    ['fix: a', 'team.yaml:2:5: the check has no `failsIf`'],
    ['failsIf: true', '`failsIf` must be a text: write "true" in quotes'],
    ['failsIf: "true"\nreach: pods', 'did you mean `pod`?'],
    [
      'failsIf: "true"\ntests: [{expect: failed, manifests: a}]',
      'must be one of fail, pass, unknown, not-asked',
    ],
    ['failsIf: "true"\ntests: [{expect: fail}]', 'neither manifests nor hosts'],
    ['failsIf: "true"\ntests: [{expect: fail, hosts: {a: {files: {/x: {mode: "9"}}}}}]', 'is no mode'],
  ])('%j', (lines, message) => {
    expect(() => read(check(lines))).toThrow(message)
  })

  it.each([
    ['kinds: [Pod], hosts: [a]', 'one of kinds, workloads, component, hosts'],
    ['{}', 'team.yaml'],
    ['component: kubelt', 'did you mean `kubelet`?'],
    ['hosts: [a], namespaces: [b]', '`namespaces` goes with kinds or workloads'],
    ['workloads: false', 'can only be true'],
  ])('of what it matches: %s', (match, message) => {
    expect(() => read(check("failsIf: 'true'", match))).toThrow(message)
  })

  it.each([
    ['checks: {}', '`checks` must be a list'],
    ['', 'has a list `checks`'],
    [check("failsIf: 'true'").replace('team-check', 'Team'), '`Team` is no id'],
    [check("failsIf: 'true'").replace('high', 'severe'), 'must be one of critical'],
  ])('%j', (text, message) => {
    expect(() => read(text)).toThrow(message)
  })
})

describe('paths', () => {
  it.each(['a[*].b', 'a["x/y"]', 'a-b.c', 'a[*][*]'])('%s is one', (text) => {
    expect(parseValuePath(text)).toBeDefined()
  })
  it.each(['', '.a', 'a.', 'a[0]', 'a b', 'a[*]b', '__proto__.x('])('%s is none', (text) => {
    expect(parseValuePath(text)).toBeUndefined()
  })
  it('lead to every member, and to nothing that is not there', () => {
    const values = valuesAt({ a: [{ b: 1 }, {}, { b: 2 }] }, parseValuePath('a[*].b') ?? [])
    expect(values).toEqual([
      { path: ['a', 0, 'b'], value: 1 },
      { path: ['a', 2, 'b'], value: 2 },
    ])
    expect(valuesAt({ a: 1 }, parseValuePath('a[*].constructor') ?? [])).toEqual([])
  })
})

describe('the examples', () => {
  const folder = 'examples/user-checks'
  const errorsOf = schemaValidator('schemas/user-checks.schema.json')

  it.each(readdirSync(folder))('%s is what the published schema says, and its tests hold', async (name) => {
    const text = readFileSync(`${folder}/${name}`, 'utf8')
    expect(errorsOf(readYaml(text).value)).toEqual([])
    for (const { check: one, tests } of readUserChecks(text, name)) {
      expect(tests.map((test) => test.expect)).toEqual(expect.arrayContaining(['fail', 'pass']))
      for (const test of tests) {
        const { coverage } = runAudit(await estateFrom(test.given), { version: 'test', checks: [one] })
        const { pass = 0, fail = 0, unknown = 0 } = coverage[0] ?? {}
        const outcome = fail > 0 ? 'fail' : unknown > 0 ? 'unknown' : pass > 0 ? 'pass' : 'not-asked'
        expect(`${one.id}, ${test.name}: ${outcome}`).toBe(`${one.id}, ${test.name}: ${test.expect}`)
      }
    }
  })

  it('are refused by the schema when they are wrong', () => {
    expect(errorsOf({ checks: [{ id: 'a-b' }] })).not.toEqual([])
  })
})
