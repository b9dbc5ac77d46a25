import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { eventOf } from '../../src/checks/rbac/example-audit-log.js'
import { bindingOf, clusterRole } from '../../src/checks/rbac/example-objects.js'
import { rampart } from './run-cli.js'

const cwd = mkdtempSync(path.join(tmpdir(), 'rampart-audit-log-'))
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

const rule = { verbs: ['get', 'list', 'delete'], apiGroups: [''], resources: ['pods'] }
const input = `${clusterRole('r', [rule])}---\n${bindingOf('b', 'r', { kind: 'User', name: 'alice' })}`
const line = (verb: string): string =>
  `${JSON.stringify(eventOf({ user: 'alice', verb, resource: 'pods' }))}\n`
const write = (name: string, content: string | Buffer): string => {
  writeFileSync(path.join(cwd, name), content)
  return name
}
const unused = (args: readonly string[]): string[] => {
  const { out } = rampart(['audit', '-', '-o', 'json', ...args], { input, cwd })
  const { findings } = JSON.parse(out) as { findings: { check: string; message: string }[] }
  return findings.filter(({ check }) => check === 'rbac-unused').map(({ message }) => message)
}

describe('audit --audit-log', () => {
  it('names what nobody used, by all logs together, and asks nothing without one', () => {
    const first = write('audit.log', line('get'))
    const second = write('older.log.gz', gzipSync(line('list')))
    expect(unused([])).toEqual([])
    expect(unused(['--audit-log', first])).toEqual([
      'User alice holds more than it used in less than an hour of log: never delete,list pods (core)',
    ])
    expect(unused(['--audit-log', first, '--audit-log', second])).toEqual([
      'User alice holds more than it used in less than an hour of log: never delete pods (core)',
    ])
  })

  it('ends with exit code 2 and one line about what it cannot read', () => {
    write('bad.log', `${line('get')}{"requestObject": {"password": "hunter2"}\n`)
    const { code, err } = rampart(['audit', '-', '--audit-log', 'bad.log'], { input, cwd })
    expect([code, err]).toEqual([
      2,
      'error: bad.log:2: not a line of JSON (the API server writes them with --audit-log-format=json)\n',
    ])
    const none = rampart(['audit', '-', '--audit-log', 'none.log'], { input, cwd })
    expect([none.code, none.err]).toEqual([
      2,
      'error: cannot read `none.log`: there is no such file or folder\n',
    ])
  })

  it('says in the list of checks what it needs', () => {
    expect(rampart(['checks', 'list']).out).toMatch(/^rbac-unused .*\(off by default, needs auditLog\)$/m)
  })
})
