import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rampart } from './run-cli.js'

/** Clears the screen, goes back a line, sets the title, turns the text round, and begins a line of its own. */
const EVIL = 'a\x1b[2J\x1b]0;t\x07\r\u009b1A\u202e\u3164\nyes'

const OBJECTS = {
  apiVersion: 'v1',
  kind: 'List',
  items: [
    role(['get', 'create', EVIL], ['secrets', 'pods', 'pods/exec', EVIL], []),
    { ...role(['get', 'impersonate'], ['users', EVIL], [EVIL]), metadata: { name: `named ${EVIL}` } },
    binding(`binding ${EVIL}`, `role ${EVIL}`),
    binding(`named ${EVIL}`, `named ${EVIL}`),
    binding(`dangling ${EVIL}`, `absent ${EVIL}`),
  ],
}

function role(verbs: string[], resources: string[], resourceNames: string[]) {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: `role ${EVIL}` },
    rules: [
      { verbs, apiGroups: ['', EVIL], resources, ...(resourceNames.length > 0 ? { resourceNames } : {}) },
    ],
  }
}

function binding(name: string, to: string) {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: to },
    subjects: [
      { kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: `user ${EVIL}` },
      { kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: `group ${EVIL}` },
      { kind: 'ServiceAccount', namespace: `ns ${EVIL}`, name: `sa ${EVIL}` },
    ],
  }
}

let folder = ''
let file = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rampart-hostile-'))
  file = path.join(folder, 'rbac.json')
  writeFileSync(file, JSON.stringify(OBJECTS))
  writeFileSync(
    path.join(folder, 'none.json'),
    JSON.stringify({ ...role(['get'], ['pods'], []), metadata: { name: 'plain' } }),
  )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u3164]/u
const AS = ['--as', `user ${EVIL}`]

const COMMANDS: [string, string[]][] = [
  ['can-i', ['can-i', 'get', 'secrets', ...AS]],
  ['can-i, refused', ['can-i', 'watch', 'secrets', ...AS]],
  ['can-i --list', ['can-i', '--list', ...AS]],
  ['who-can', ['who-can', 'get', 'secrets']],
  ['explain-access', ['explain-access', 'get', 'secrets', ...AS]],
  ['explain-access, refused', ['explain-access', 'update', 'secrets', ...AS]],
  ['escalations', ['escalations']],
  ['access-matrix', ['access-matrix']],
  ['access-matrix --as', ['access-matrix', ...AS]],
  ['rbac lint', ['rbac', 'lint']],
  ['rbac graph', ['rbac', 'graph']],
  ['rbac can-grant', ['rbac', 'can-grant', `clusterrole/role ${EVIL}`, '--as', 'eve']],
  ['a role that is not there', ['rbac', 'can-grant', `clusterrole/${EVIL}`, '--as', 'eve']],
]

describe('names that act on a terminal', () => {
  it.each(COMMANDS)('%s writes them out', (title, words) => {
    const input = words[1] === 'lint' ? [file] : ['-f', file]
    const { out, err } = rampart([...words, ...input])
    expect(`${out}${err}`).not.toBe('')
    for (const line of `${out}\n${err}`.split('\n')) {
      expect(line).not.toMatch(HIDDEN)
      // An answer is the one line that is `yes` by itself; what is typed may be of several lines.
      if (!['can-i', 'explain-access'].includes(words[0] ?? '') && title !== 'a role that is not there')
        expect(line).not.toMatch(/^\s*yes/)
    }
  })

  it.each(['text', 'markdown'])('diff -o %s writes them out', (form) => {
    const { out, err } = rampart(['diff', path.join(folder, 'none.json'), file, '-o', form])
    for (const line of `${out}\n${err}`.split('\n')) expect(line).not.toMatch(HIDDEN)
    expect(out).toContain('\\x1b[2J')
  })

  it.each(COMMANDS.filter(([title]) => !/not there|matrix/.test(title)))(
    '%s as JSON gives them back',
    (title, words) => {
      const input = words[1] === 'lint' ? [file] : ['-f', file]
      const { out } = rampart([...words, ...input, '-o', 'json'])
      for (const line of out.split('\n')) expect(line).not.toMatch(HIDDEN)
      expect(JSON.stringify(JSON.parse(out))).toContain(JSON.stringify(EVIL).slice(1, -1))
    },
  )
})
