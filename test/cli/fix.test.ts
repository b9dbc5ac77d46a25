import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FixPlan } from '../../src/actions/fix/index.js'
import { rampart, type CliRun } from './run-cli.js'

const HOSTS = path.resolve('examples/estate/hosts')

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'rampart-cli-fix-'))
})
afterEach(() => {
  rmSync(dir, { recursive: true, force: true })
})

/** A copy of an example host, as a disk that is mounted somewhere. */
function copyOf(host: string): string {
  const root = path.join(dir, host)
  cpSync(path.join(HOSTS, host), root, { recursive: true })
  return root
}

function fix(...args: readonly string[]): CliRun {
  return rampart(['fix', ...args, '--state-dir', path.join(dir, 'state'), '--no-config'])
}

function run(command: string, ...args: readonly string[]): CliRun {
  return rampart(['fix', command, ...args, '--state-dir', path.join(dir, 'state')])
}

function bytesOf(root: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true }).map((entry) => {
      const place = path.join(entry.parentPath, entry.name)
      return [path.relative(root, place), entry.isFile() ? readFileSync(place, 'base64') : '']
    }),
  )
}

describe('rampart fix on the hosts of the example estate', () => {
  it.each<[string, readonly string[], RegExp]>([
    [
      'worker-2',
      ['critical kubelet-anonymous-auth', 'critical kubelet-authorization-always-allow'],
      /-readOnlyPort: 10255\n {2}\+readOnlyPort: 0/,
    ],
    [
      'cp-1',
      ['medium apiserver-anonymous-auth', 'medium kubelet-seccomp-default'],
      /\+.*--enable-admission-plugins=NodeRestriction,DenyServiceExternalIPs/,
    ],
    ['build-1', ['low daemon-experimental'], /\+ {2}"experimental": false,/],
  ])('%s: shown, changed, clean, put back', (host, mended, diff) => {
    const root = copyOf(host)
    const before = bytesOf(root)
    const shown = fix('--host-root', root)
    expect([shown.code, shown.err]).toEqual([0, ''])
    expect(shown.out).toMatch(diff)
    for (const line of mended) expect(shown.out).toContain(line)
    expect(shown.out).toContain('nothing was changed; --apply carries it out')
    expect(bytesOf(root)).toEqual(before)

    const applied = fix('--host-root', root, '--apply')
    expect(applied.code).toBe(0)
    const id = /done: run (\S+);/.exec(applied.out)?.[1] ?? ''
    expect(bytesOf(root)).not.toEqual(before)
    expect(applied.err).toContain('Audit again')
    const again = fix('--host-root', root)
    expect(again.out).toContain('nothing to change')

    expect(run('history').out).toMatch(new RegExp(`${id} .* done `))
    const detail = run('history', id)
    expect(detail.out).toContain('checked  audit again')
    const back = run('rollback', id)
    expect([back.code, back.out]).toEqual([0, `put back: run ${id}\n`])
    expect(bytesOf(root)).toEqual(before)
    expect(run('history', id).out).toContain('state    rolled-back')
  })

  it('carries out a saved plan, and only on what it was made for', () => {
    const root = copyOf('worker-2')
    const file = path.join(dir, 'plan.json')
    const made = fix('--host-root', root, '--plan', file, '-o', 'json')
    expect(made.code).toBe(0)
    const plan = JSON.parse(made.out) as FixPlan
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(plan)
    const before = bytesOf(root)

    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace('"value": 0', '"value": 1'))
    const edited = run('apply', file)
    expect([edited.code, edited.out]).toEqual([2, ''])
    expect(edited.err).toMatch(/plan\.json: the plan was changed after it was made/)

    writeFileSync(file, text)
    const config = path.join(root, 'var/lib/kubelet/config.yaml')
    const own = readFileSync(config, 'utf8')
    writeFileSync(config, `${own}# mine\n`)
    const changed = run('apply', file)
    expect(changed.code).toBe(2)
    expect(changed.err).toMatch(
      /nothing was changed:\n {2}\/var\/lib\/kubelet\/config\.yaml was changed since/,
    )
    writeFileSync(config, own)
    expect(bytesOf(root)).toEqual(before)

    const done = run('apply', file, '-o', 'json')
    expect(done.code).toBe(0)
    expect((JSON.parse(done.out) as { outcome: { kind: string } }).outcome.kind).toBe('done')
  })

  it('mends what is named, by check, severity and file', () => {
    const root = copyOf('worker-2')
    const plan = (...args: readonly string[]): FixPlan =>
      JSON.parse(fix('--host-root', root, '-o', 'json', ...args).out) as FixPlan
    expect(plan('--check', 'kubelet-read-only-port').mends.map(({ check }) => check)).toEqual([
      'kubelet-read-only-port',
    ])
    expect(new Set(plan('--severity', 'high').mends.map(({ severity }) => severity))).toEqual(
      new Set(['critical', 'high']),
    )
    const file = '/etc/kubernetes/kubelet.conf.d/20-metrics.conf'
    expect(plan('--file', file).files.map((change) => change.path)).toContain(file)
  })

  it('changes manifests of your own, and nothing of an export', () => {
    const pod = path.join(dir, 'pod.yaml')
    writeFileSync(
      pod,
      '# ours\napiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec:\n  containers:\n  - name: app # the app\n    image: a:1\n    securityContext: {allowPrivilegeEscalation: true}\n',
    )
    const shown = fix(pod, '--check', 'pod-privilege-escalation')
    expect(shown.code).toBe(0)
    expect(shown.out).toMatch(/-.*allowPrivilegeEscalation: true/)
    expect(fix(pod, '--check', 'pod-privilege-escalation', '--apply').code).toBe(0)
    expect(readFileSync(pod, 'utf8')).toContain('- name: app # the app')
    expect(readFileSync(pod, 'utf8')).not.toContain('allowPrivilegeEscalation: true')
    const cluster = fix(path.resolve('examples/estate/cluster'), '-o', 'json')
    expect((JSON.parse(cluster.out) as FixPlan).files).toEqual([])
  })

  it('writes a page for a review', () => {
    const shown = fix('--host-root', copyOf('build-1'), '-o', 'markdown')
    expect(shown.out).toMatch(/^# Fix plan [0-9a-f]{16}\n/)
    expect(shown.out).toContain('```diff\n--- /etc/docker/daemon.json')
  })
})

describe('what is refused', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['nothing named', ['fix'], /nothing to read/],
    ['standard input', ['fix', '-'], /standard input is no file that could be changed/],
    [
      'an unknown check',
      ['fix', '--host-root', HOSTS, '--check', 'kubelet-anonymos-auth'],
      /kubelet-anonymous-auth/,
    ],
    [
      'a restart without a command',
      ['fix', '--host-root', HOSTS, '--restart-command', 'kubelet'],
      /NAME=COMMAND/,
    ],
    [
      'a quote that does not end',
      ['fix', '--host-root', HOSTS, '--restart-command', "kubelet=a 'b"],
      /NAME=COMMAND/,
    ],
    [
      'a time that is none',
      ['fix', '--host-root', HOSTS, '--health-timeout', 'soon'],
      /whole number of seconds/,
    ],
    ['a plan that is not there', ['fix', 'apply', 'absent.json'], /cannot read `absent\.json`/],
    ['a plan that is none', ['fix', 'apply', 'package.json'], /package\.json: no plan of rampart fix/],
    ['an id that is none', ['fix', 'rollback', '../x'], /no id of a run/],
    ['a run that is not there', ['fix', 'history', '20261126T120000Z-fix-abcdef'], /there is no run/],
    ['nothing to go on with', ['fix', '--resume'], /nothing to go on with/],
    [
      'a state folder that a daemon reads',
      ['fix', 'history', '--state-dir', '/etc/kubernetes/x'],
      /where a daemon reads/,
    ],
  ])('%s', (_name, args, message) => {
    const state = args.includes('--state-dir') ? {} : { RAMPART_STATE_DIR: path.join(dir, 'state') }
    const ran = rampart(args, { env: state })
    expect([ran.code, ran.out]).toEqual([2, ''])
    expect(ran.err).toMatch(message)
  })
})
