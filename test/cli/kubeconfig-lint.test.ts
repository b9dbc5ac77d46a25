import { mkdtempSync, rmSync, writeFileSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rampart } from './run-cli.js'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kubeconfig-lint-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const HOSTILE = (trap: string): string => `clusters:
- name: c
  cluster:
    server: http://127.0.0.1:9
    insecure-skip-tls-verify: true
users:
- name: u
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      interactiveMode: Always
      command: /bin/sh
      args: [-c, "touch ${trap}"]
      installHint: "\\e[2J"
contexts:
- name: x
  context: {cluster: c, user: u}
current-context: x
`

describe('rampart kubeconfig lint', () => {
  it('names the line of each finding, runs nothing, and ends with 1', () => {
    const trap = path.join(folder, 'trap')
    const { code, out } = rampart(['kubeconfig', 'lint', '-'], { input: HOSTILE(trap) })
    expect(code).toBe(1)
    const places = out
      .split('\n')
      .map((line) => /^-:(\d+): (\w+): .*\[([\w-]+)\]/.exec(line)?.slice(1).join(' '))
    expect(places.filter(Boolean)).toEqual([
      '4 error http-server',
      '5 error skipped-verification',
      '12 warning exec-plugin',
      '14 error exec-hint',
    ])
    expect(out).toContain(`every command runs \`/bin/sh -c touch ${trap}\``)
    expect(out.trimEnd().split('\n').at(-1)).toBe('3 errors, 1 warning, 0 hints')
    expect(out).not.toContain('\u001b')
    expect(existsSync(trap)).toBe(false)
  })

  it('prints JSON', () => {
    const run = rampart(['kubeconfig', 'lint', '-', '-o', 'json'], { input: 'current-context: x\n' })
    expect(JSON.parse(run.out)).toEqual({
      issues: [
        {
          rule: 'dangling-reference',
          level: 'error',
          file: '-',
          line: 1,
          subject: '',
          message: 'there is no context `x`',
          fix: 'add the context, or take this out',
        },
      ],
    })
  })

  it('reads what kubectl would read, and ends with 0 where only hints are found', () => {
    const [a, b] = ['a', 'b'].map((name) => path.join(folder, name))
    writeFileSync(a ?? '', 'clusters: [{name: c, cluster: {server: https://c}}]', { mode: 0o600 })
    writeFileSync(b ?? '', 'users: [{name: u}]', { mode: 0o600 })
    const run = rampart(['kubeconfig', 'lint'], { env: { KUBECONFIG: `${a ?? ''}:/nothing:${b ?? ''}` } })
    expect({ code: run.code, last: run.out.trimEnd().split('\n').at(-1) }).toEqual({
      code: 0,
      last: '0 errors, 0 warnings, 2 hints',
    })
  })

  it.each([
    [['/nothing'], 'error: open /nothing: no such file or directory\n'],
    [['--kubeconfig', '/nothing'], 'error: open /nothing: no such file or directory\n'],
    [[], 'error: there is no kubeconfig to read: /nothing/.kube/config\n'],
  ])('refuses %j', (args, message) => {
    const run = rampart(['kubeconfig', 'lint', ...args], { env: { KUBECONFIG: '', HOME: '/nothing' } })
    expect({ code: run.code, err: run.err }).toEqual({ code: 2, err: message })
  })
})
