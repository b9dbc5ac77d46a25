import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rampart } from './run-cli.js'

const GOOD = `apiVersion: v1
kind: Pod
metadata: {name: good, namespace: shop}
spec:
  hostPID: true
  containers: [{name: app, image: 'a:1'}]
`
const bomb = (): string => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
  for (let level = 1; level < 12; level += 1) {
    lines.push(
      `a${level}: &a${level} [${Array(10)
        .fill(`*a${level - 1}`)
        .join(', ')}]`,
    )
  }
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bomb}\n${lines.join('\n')}\n`
}
const wrongTypes = `apiVersion: v1
kind: Pod
metadata: {name: 7, namespace: [a], labels: x, annotations: 3, ownerReferences: {a: b}}
spec:
  hostNetwork: "yes please"
  hostPID: []
  securityContext: 12
  volumes: {a: b}
  containers:
    - 5
    - {name: {}, image: 3, securityContext: {privileged: "true", capabilities: {add: {a: 1}}}, ports: [{hostPort: x}]}
    - null
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: odd}
roleRef: 5
subjects: {a: b}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: odd}
rules: [7, {verbs: x, resources: [1, 2]}, null]
---
apiVersion: 7
kind: {}
---
apiVersion: v1
kind: Service
metadata: {name: s}
spec: [1]
`

let dir = ''
const inputs: Record<string, string | Buffer> = {
  'truncated.yaml': GOOD.slice(0, 90) + '"',
  'truncated.json':
    '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"',
  'binary.yaml': Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3, 0xff, 0xfe, 0, 0]),
  'utf16.yaml': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(GOOD, 'utf16le')]),
  'deep.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: deep}\nspec: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`,
  'deep.json': `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"deep"},"spec":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
  'bomb.yaml': bomb(),
  'tags.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: !secret x}\n',
  'types.yaml': wrongTypes,
  'duplicate.yaml': `${GOOD}kind: Pod\n`,
  'empty.yaml': '',
  'comments.yaml': '# nothing\n---\n# here\n',
  'values.yaml': 'replicas: 3\nimage: a\n',
  'template.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n  {{- if x }}\n',
}

beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'rampart-bad-'))
  writeFileSync(path.join(dir, 'good.yaml'), GOOD)
  for (const [name, text] of Object.entries(inputs)) writeFileSync(path.join(dir, name), text)
  mkdirSync(path.join(dir, 'loop'))
  symlinkSync('..', path.join(dir, 'loop', 'up'))
  symlinkSync('self.yaml', path.join(dir, 'self.yaml'))
  symlinkSync('/dev/zero', path.join(dir, 'zero.yaml'))
  execFileSync('mkfifo', [path.join(dir, 'pipe.yaml')])
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const audit = (
  paths: string[],
): {
  code: number
  result: {
    findings: { check: string }[]
    problems: { code: string; message: string; level: string; place: { file: string; line?: number } }[]
  }
  err: string
} => {
  const run = rampart(['audit', ...paths, '-o', 'json', '--fail-on', 'none'], { cwd: dir })
  return {
    code: run.code,
    result: run.out === '' ? { findings: [], problems: [] } : JSON.parse(run.out),
    err: run.err,
  }
}

describe('a root of a host that is none', () => {
  it.each([
    ['absent', 'it does not exist'],
    ['good.yaml', 'this is no root of a host'],
    ['empty-root', 'nothing of a host is in it'],
  ])('%s is told, and nothing passes', (name, why) => {
    mkdirSync(path.join(dir, 'empty-root'), { recursive: true })
    for (const command of ['audit', 'fix', 'certs']) {
      const alone = rampart([command, '--host-root', name], { cwd: dir })
      expect([command, alone.code]).toEqual([command, 2])
      expect(alone.err).toContain(why)
    }
    const { result } = audit(['good.yaml', '--host-root', name])
    expect(result.findings.map((finding) => finding.check)).toContain('pod-host-namespaces')
    expect(result.problems.map(({ message }) => message).join()).toContain(why)
  })
})

describe('bad input beside good input', () => {
  it.each<[string, RegExp | undefined]>([
    ['truncated.yaml', /./],
    ['truncated.json', /./],
    ['binary.yaml', /text/],
    ['utf16.yaml', /UTF-16/],
    ['deep.yaml', /deep/],
    ['deep.json', /deep/],
    ['bomb.yaml', /alias/i],
    ['tags.yaml', /tag/],
    ['types.yaml', /apiVersion|kind/],
    ['duplicate.yaml', /twice|duplicate/],
    ['empty.yaml', undefined],
    ['comments.yaml', undefined],
    ['values.yaml', undefined],
    ['template.yaml', /render/],
    ['self.yaml', /./],
    ['zero.yaml', /./],
    ['pipe.yaml', /./],
  ])('%s', (name, problem) => {
    const { code, result, err } = audit(['good.yaml', name])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(result.findings.map((finding) => finding.check)).toContain('pod-host-namespaces')
    const problems = result.problems.filter((each) => each.place.file.endsWith(name))
    if (problem === undefined) expect(problems.filter((each) => each.level === 'error')).toEqual([])
    else expect(problems.map((each) => each.message).join('\n')).toMatch(problem)
  })

  it('reads the whole folder, loops and all', () => {
    const { code, result } = audit(['.'])
    expect(code).toBe(0)
    expect(
      result.findings.filter((finding) => finding.check === 'pod-host-namespaces').length,
    ).toBeGreaterThan(0)
  })

  it('shows a name with terminal escapes as text', () => {
    const input = GOOD.replace('name: good', 'name: "\\e[31mred\\a"')
    const run = rampart(['audit', '-', '--all'], { input })
    expect(run.out).not.toContain('\u001b')
    expect(run.out).toContain('red')
  })

  it('reads 50 MB on one line within bounds', { timeout: 60_000 }, () => {
    const one = (index: number): object => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `p-${index}`, namespace: 'n', annotations: { note: 'x'.repeat(21_000) } },
      spec: { hostPID: true, containers: [{ name: 'app', image: 'a:1' }] },
    })
    const items = Array.from({ length: 2_400 }, (_, index) => JSON.stringify(one(index)))
    const list = `{"apiVersion":"v1","kind":"List","items":[${items.join(',')}]}`
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: big}\ndata: {x: "${'x'.repeat(50_000_000)}"}\n`
    expect(list.length).toBeGreaterThan(50_000_000)
    const run = rampart(['audit', '-', '--fail-on', 'none'], { input: list })
    expect({ code: run.code, err: run.err }).toEqual({ code: 0, err: '' })
    // One value of that size is no object of any cluster: it is named and left out.
    const left = rampart(['audit', '-'], { input: text })
    expect(left.code).toBe(2)
    expect(left.err).toMatch(/^error: .*\n {2}-:1:1: larger than \d+ MiB: left out\n$/)
  })

  it('keeps a key named __proto__ as data', () => {
    const run = rampart(['audit', '-', '-o', 'json', '--fail-on', 'none'], {
      input:
        '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"__proto__":{"hostPID":true},"containers":[]}}',
    })
    const result = JSON.parse(run.out) as { findings: { check: string }[] }
    expect(result.findings.map((finding) => finding.check)).not.toContain('pod-host-namespaces')
  })
})
