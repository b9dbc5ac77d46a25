import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const CLI = path.resolve('dist/cli.js')
const folder = mkdtempSync(path.join(tmpdir(), 'rampart-configuration-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the built command line in a folder below the test's own. */
function rampart(args: readonly string[], cwd = folder): { code: number; out: string; err: string } {
  try {
    const out = execFileSync(process.execPath, [CLI, ...args], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return { code: 0, out, err: '' }
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string }
    return { code: status, out: stdout, err: stderr }
  }
}

const write = (file: string, text: string): void => {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
  writeFileSync(path.join(folder, file), text)
}

const pod = (containers: string): string => `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec: {containers: [${containers}]}
`
const BAD = (name: string): string => `{name: ${name}, image: x, securityContext: {privileged: true}}`

interface Result {
  readonly findings: readonly { check: string; evidence: readonly { key: string }[] }[]
  readonly accepted: readonly unknown[]
  readonly policy?: { readonly files: readonly { file: string; audited: boolean }[] }
  readonly baseline?: { readonly known: number; readonly gone: readonly unknown[] }
}
const json = (args: readonly string[], cwd?: string): Result =>
  JSON.parse(rampart(['audit', ...args, '-o', 'json', '--fail-on', 'none'], cwd).out) as Result

beforeAll(() => {
  write('deploy/pod.yaml', pod(BAD('app')))
  write(
    'mine.yaml',
    `exceptions:
  - {check: pod-privileged, namespace: shop, reason: it is a CSI driver, until: '2099-01-31'}
severities: {pod-seccomp: high}
`,
  )
  // The root of a repository: nothing above it is asked for a configuration.
  mkdirSync(path.join(folder, '.git'))
})

describe('audit --config', () => {
  it('accepts, with the reason in the report, and changes the exit code', () => {
    const before = rampart(['audit', 'deploy', '--check', 'pod-privileged'])
    const after = rampart(['audit', 'deploy', '--check', 'pod-privileged', '--config', 'mine.yaml'])
    expect([before.code, after.code]).toEqual([1, 0])
    expect(after.out.replace(/\s+/g, ' ')).toContain('it is a CSI driver (until 2099-01-31; mine.yaml:2:5)')
    expect(after.out.trimEnd()).toMatch(/1 accepted$/)
  })

  it("judges the pods of the owner's own kinds, in namespaces that nobody trusts", () => {
    write(
      'workers/worker.yaml',
      `apiVersion: example.com/v1
kind: Worker
metadata: {name: crunch, namespace: agents-1}
spec:
  groups:
  - template:
      spec: {containers: [${BAD('app')}]}
`,
    )
    write(
      'own.yaml',
      'untrustedNamespaces: agents-*\npodTemplates: [{kind: Worker.example.com, path: spec.groups.*.template}]\n',
    )
    const failed = (...more: string[]): string[] =>
      json(['workers', ...more]).findings.map(({ check }) => check)
    expect(failed('--no-config')).not.toContain('pod-privileged')
    const found = failed('--config', 'own.yaml')
    expect(found).toContain('pod-privileged')
    expect(found).toContain('pod-sandbox-runtime')
    const { out } = rampart(['audit', 'workers', '--config', 'own.yaml', '--all'])
    expect(out.replace(/\s+/g, ' ')).toContain('Untrusted namespaces, `agents-*`: `agents-1`')
    expect(out.replace(/\s+/g, ' ')).toContain('are at `spec.groups.*.template`: 1 object')
  })

  it('lets nobody say where the pods of a known kind are', () => {
    write('hide.yaml', 'podTemplates: [{kind: Deployment.apps, path: spec.nowhere}]\n')
    const { code, err } = rampart(['audit', 'deploy', '--config', 'hide.yaml'])
    expect(code).toBe(2)
    expect(err).toContain('hide.yaml:1:23: the pods of `Deployment.apps` are known already')
  })

  it('ends with exit code 2 and the place of a fault', () => {
    write('wrong.yaml', 'exceptions:\n  - {check: pod-privilegd, name: web, reason: a, until: 2099-01-31}\n')
    const { code, err } = rampart(['audit', 'deploy', '--config', 'wrong.yaml'])
    expect([code, err]).toEqual([
      2,
      'error: wrong.yaml:2:13: there is no check `pod-privilegd`; did you mean `pod-privileged`?\n',
    ])
    expect(rampart(['audit', 'deploy', '--config', 'none.yaml']).code).toBe(2)
  })
})

describe('.rampart.yaml', () => {
  it('is found above the working folder up to the repository, and said to be audited with it', () => {
    write('.rampart.yaml', readFileSync(path.join(folder, 'mine.yaml'), 'utf8'))
    const inside = json(['.'], path.join(folder, 'deploy'))
    expect([inside.accepted.length, inside.policy?.files]).toEqual([
      1,
      [{ file: '../.rampart.yaml', audited: true }],
    ])
    expect(json(['.', '--no-config'], path.join(folder, 'deploy')).accepted).toEqual([])
    const text = rampart(['audit', 'deploy', '--fail-on', 'none']).out
    expect(text).toContain('Set by the audited files themselves')
    rmSync(path.join(folder, '.rampart.yaml'))
  })

  it('of an audited folder goes before; two of them must be chosen between', () => {
    write('deploy/.rampart.yaml', 'severities: {pod-seccomp: info}\n')
    write('other/.rampart.yaml', '')
    expect(json(['deploy']).policy?.files).toEqual([{ file: 'deploy/.rampart.yaml', audited: true }])
    const { code, err } = rampart(['audit', 'deploy', 'other'])
    expect([code, err]).toEqual([
      2,
      'error: there are several configurations (deploy/.rampart.yaml, other/.rampart.yaml): name one with --config FILE\n',
    ])
    rmSync(path.join(folder, 'deploy/.rampart.yaml'))
    rmSync(path.join(folder, 'other'), { recursive: true })
  })
})

describe('baseline', () => {
  it('is written whole and said, known afterwards, and does not change with lines', () => {
    const first = rampart(['baseline', 'update', 'known.json', 'deploy'])
    expect(first.code).toBe(0)
    expect(first.out).toMatch(/^\+ \w+ pod-privileged Pod shop\/web at spec\.containers\[name=app\]/m)
    expect(first.out).toMatch(/known\.json: \d+ known, \d+ added, 0 removed/)
    const text = readFileSync(path.join(folder, 'known.json'), 'utf8')
    write('deploy/pod.yaml', `# a comment\n\n${pod(BAD('app'))}`)
    expect(rampart(['baseline', 'update', 'known.json', 'deploy']).out).toMatch(
      /^known\.json: \d+ known, 0 added, 0 removed/,
    )
    expect(readFileSync(path.join(folder, 'known.json'), 'utf8')).toBe(text)
    expect(readdirSync(folder).filter((name) => name.startsWith('.known'))).toEqual([])
  })

  it('leaves the audit with what is new: a second container, by its own place', () => {
    const same = rampart(['audit', 'deploy', '--baseline', 'known.json', '--fail-on', 'info'])
    expect([same.code, same.out]).toEqual([0, expect.stringContaining('Only what is new is told')])
    write('deploy/pod.yaml', pod(`${BAD('first')}, ${BAD('app')}`))
    const { findings, baseline } = json(['deploy', '--baseline', 'known.json'])
    const privileged = findings.filter(({ check }) => check === 'pod-privileged')
    expect(privileged.map(({ evidence }) => evidence.map(({ key }) => key))).toEqual([
      ['spec.containers[name=first].securityContext.privileged'],
    ])
    expect(baseline?.gone).toEqual([])
    expect(rampart(['audit', 'deploy', '--baseline', 'known.json']).code).toBe(1)
  })

  it.each(['json', 'sarif', 'markdown', 'html', 'junit', 'gitlab', 'openreports'])(
    '%s tells of the new ones alone',
    (format) => {
      const { out } = rampart([
        'audit',
        'deploy',
        '--baseline',
        'known.json',
        '-o',
        format,
        '--fail-on',
        'none',
      ])
      expect(out).toContain('first')
      expect(out).not.toContain('containers[name=app]')
    },
  )

  it('says what is gone, and shows what it knows', () => {
    write('deploy/pod.yaml', pod('{name: app, image: x}'))
    expect(rampart(['audit', 'deploy', '--baseline', 'known.json']).out).toContain(
      'Gone: `pod-privileged`, Pod shop/web',
    )
    const shown = rampart(['baseline', 'show', 'known.json']).out
    expect(shown).toContain('Made of: manifests deploy')
    expect(shown).toMatch(/^pod-privileged +\w+ +Pod shop\/web/m)
    const removed = rampart(['baseline', 'update', 'known.json', 'deploy']).out
    expect(removed).toMatch(/^- \w+ pod-privileged/m)
  })

  it('that is not there or is none ends with exit code 2', () => {
    expect(rampart(['audit', 'deploy', '--baseline', 'no.json'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('there is no baseline') as string,
    })
    expect(rampart(['audit', 'deploy', '--baseline', 'mine.yaml']).err).toContain('mine.yaml is no baseline')
  })
})

it('-n judges one namespace of files, too', () => {
  write(
    'two/pods.yaml',
    `${pod(BAD('app'))}---\n${pod(BAD('app')).replace('namespace: shop', 'namespace: prod')}`,
  )
  const of = (args: readonly string[]): number =>
    json(['two', '--check', 'pod-privileged', ...args]).findings.length
  expect([of([]), of(['-n', 'prod']), of(['-n', 'none'])]).toEqual([2, 1, 0])
})

describe('checks of the user\u2019s own', () => {
  const CHECK = `checks:
  - id: team-no-web
    title: A pod is called web
    severity: high
    why: for the test
    match: {kinds: [Pod]}
    at: metadata.name
    failsIf: object.metadata.name == 'web'
    tests:
      - {expect: fail, manifests: '{apiVersion: v1, kind: Pod, metadata: {name: web}}'}
      - {expect: pass, manifests: '{apiVersion: v1, kind: Pod, metadata: {name: api}}'}
`
  beforeAll(() => {
    write('own/team.yaml', CHECK)
    write('deploy/pod.yaml', pod(BAD('app')))
  })

  it('are audited, listed and shown as ours are', () => {
    const { findings, policy } = json(['deploy', '--checks', 'own', '--check', 'team-no-web'])
    expect(findings.map(({ check, evidence }) => [check, evidence[0]?.key])).toEqual([
      ['team-no-web', 'metadata.name'],
    ])
    expect(policy).toMatchObject({
      userChecks: [{ check: 'team-no-web', audited: true, place: { file: 'own/team.yaml', line: 2 } }],
    })
    expect(rampart(['checks', 'list', '--checks', 'own']).out).toMatch(
      /^team-no-web +high +A pod is called web \(own\/team.yaml:2\)/m,
    )
    expect(rampart(['checks', 'show', 'team-no-web', '--checks', 'own/team.yaml']).out).toContain(
      'Yours, from: own/team.yaml:2',
    )
    const sarif = rampart(['audit', 'deploy', '--checks', 'own', '-o', 'sarif', '--fail-on', 'none']).out
    expect(sarif).toContain('"id": "team-no-web"')
  })

  it('are named by the configuration, and accepted and ranked by it', () => {
    write(
      'conf/rampart.yaml',
      `checks: {from: [../own]}
severities: {team-no-web: low}
exceptions: [{check: team-no-web, namespace: shop, reason: old, until: '2099-01-01'}]
`,
    )
    const { accepted } = json(['deploy', '--config', 'conf/rampart.yaml', '--check', 'team-no-web'])
    expect(accepted).toMatchObject([{ severity: 'low', ownSeverity: 'high', accepted: { reason: 'old' } }])
  })

  it('have tests of their own', () => {
    expect(rampart(['checks', 'test', 'own'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/\n2 passed, 0 failed\n$/) as string,
    })
    write('bad/team.yaml', CHECK.replace('expect: pass', 'expect: unknown'))
    const { code, out } = rampart(['checks', 'test', 'bad'])
    expect(code).toBe(1)
    expect(out).toContain('bad/team.yaml:11:9: expected unknown, got pass')
    expect(out).toMatch(/\n1 passed, 1 failed\n$/)
  })

  it('that cannot be read end with exit code 2 and the place', () => {
    write('bad/team.yaml', CHECK.replace('object.metadata', 'objekt.metadata'))
    const { code, err } = rampart(['audit', 'deploy', '--checks', 'bad'])
    expect([code, err]).toEqual([
      2,
      expect.stringContaining("error: bad/team.yaml:8:14: undeclared reference to 'objekt'"),
    ])
    write('bad/team.yaml', CHECK.replace('team-no-web', 'pod-privileged'))
    expect(rampart(['audit', 'deploy', '--checks', 'bad']).err).toContain(
      '`pod-privileged` is defined by Rampart itself, too',
    )
    expect(rampart(['audit', 'deploy', '--checks', 'none']).code).toBe(2)
  })
})
