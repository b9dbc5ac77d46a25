import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rampart } from './run-cli.js'

const RBAC = 'examples/access/rbac.yaml'
let dir = ''
const file = (name: string, text: string): string => {
  const full = path.join(dir, name)
  writeFileSync(full, text)
  return full
}
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'rampart-access-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

describe('rampart can-i', () => {
  it.each([
    ['yes', ['get', 'pods', '-n', 'shop', '--as', 'alice'], 0],
    ['yes', ['get', 'po', '-n', 'shop', '--as', 'alice'], 0],
    ['yes', ['get', 'pods/web-0', '-n', 'shop', '--as', 'alice'], 0],
    ['yes', ['get', 'pod', 'web-0', '-n', 'shop', '--as', 'alice'], 0],
    ['yes', ['get', 'pods.v1.', '-n', 'shop', '--as', 'alice'], 0],
    ['yes', ['get', 'pods', '-n', 'shop', '--as', 'x', '--as-group', 'developers'], 0],
    ['no', ['get', 'pods', '-n', 'prod', '--as', 'alice'], 1],
    ['no', ['get', 'pods', '-A', '--as', 'alice'], 1],
    ['no', ['get', '/metrics', '--as', 'alice'], 1],
    [
      'yes',
      ['get', '/metrics', '--as', 'x', '--as-group', 'system:monitoring', '--with-defaults', '1.36'],
      0,
    ],
    ['yes', ['*', '*', '--as', 'x', '--as-group', 'system:masters'], 0],
    [
      'yes',
      [
        'get',
        'nodes',
        '-A',
        '--as',
        'x',
        '--as-group',
        'kubeadm:cluster-admins',
        '--with-defaults',
        '1.36,kubeadm',
      ],
      0,
    ],
    [
      'no',
      ['get', 'nodes', '-A', '--as', 'x', '--as-group', 'kubeadm:cluster-admins', '--with-defaults', '1.36'],
      1,
    ],
    ['yes', ['get', 'nodes', '-A', '--as', 'kubernetes-admin', '--with-defaults', '1.36,kubeadm'], 0],
    ['no', ['get', 'nodes', '-A', '--as', 'kubernetes-admin', '--with-defaults', '1.36'], 1],
    [
      'no - RBAC: role.rbac.authorization.k8s.io "backup" not found',
      ['get', 'secrets', '-n', 'shop', '--as', 'carol'],
      1,
    ],
  ])('%s: %j', (answer, args, code) => {
    const run = rampart(['can-i', ...args, '-f', RBAC])
    expect(run.out.split('\n')[0]).toBe(answer)
    expect(run.code).toBe(code)
  })

  it.each([
    [['get', 'pods'], /--as/],
    [['get', 'pods', '--as-group', 'x'], /--as-group needs --as/],
    [['get', '--as', 'a'], /verb and a type/],
    [['get', 'pods/a', 'b', '--as', 'a'], /NAME is given twice/],
    [['get', '/metrics', '--subresource', 'x', '--as', 'a'], /--subresource can not be used/],
    [['--list', 'get', 'pods', '--as', 'a'], /no arguments/],
    [['--list', '-A', '--as', 'a'], /list option can't be/],
    [['get', 'pods', '--as', 'a', '--no-headers'], /--no-headers/],
    [['get', 'pods', '--as', 'a', '--with-defaults', '1.2'], /known are 1\.31/],
    [['get', 'pods', '--as', 'a', '--groups', '/nonexistent'], /cannot read/],
  ])('usage: %j', (args, message) => {
    const run = rampart(['can-i', ...args, '-f', RBAC])
    expect(run.err).toMatch(message)
    expect(run.code).toBe(2)
  })

  it('asks for something to read', () => {
    expect(rampart(['can-i', 'get', 'pods', '--as', 'a']).code).toBe(2)
  })

  it('warns as kubectl does, and of a name that is a subresource', () => {
    const warned = (...args: string[]): string => rampart(['can-i', ...args, '--as', 'alice', '-f', RBAC]).err
    expect(warned('get', 'nodes')).toContain("Warning: resource 'nodes' is not namespace scoped\n")
    expect(warned('fetch', 'pods')).toContain("Warning: verb 'fetch' is not a known verb\n")
    expect(warned('get', 'podz')).toContain("Warning: the server doesn't have a resource type 'podz'\n")
    expect(warned('get', 'podz')).toContain('did you mean pods')
    expect(warned('get', 'pods/log', '-n', 'shop')).toContain('write --subresource log')
  })

  it('tells that a RoleBinding does not reach what has no namespace', () => {
    const binding = file(
      'nodes.yaml',
      `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: b, namespace: default }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: r }
subjects: [{ kind: User, name: alice }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: r }
rules: [{ apiGroups: [""], resources: [nodes], verbs: [get] }]
`,
    )
    const run = rampart(['can-i', 'get', 'nodes', '--as', 'alice', '-f', binding])
    expect(run.out).toMatch(/^yes\n/)
    expect(run.err).toContain('a request is refused')
  })

  it('adds groups of a file, and lists rights as kubectl does', () => {
    const groups = file('groups.yaml', 'users: {dave: [developers]}')
    const asked = ['-n', 'shop', '--as', 'dave', '--groups', groups, '-f', RBAC]
    expect(rampart(['can-i', 'get', 'pods', ...asked]).code).toBe(0)
    const list = rampart(['can-i', '--list', ...asked])
    expect(list.out).toBe(`Resources   Non-Resource URLs   Resource Names   Verbs
pods        []                  []               [get list watch]
`)
    const bad = file('bad.yaml', 'users: {dave: developers}')
    expect(rampart(['can-i', 'get', 'pods', '--as', 'dave', '--groups', bad, '-f', RBAC]).code).toBe(2)
  })

  it('is quiet when told so, and gives JSON', () => {
    const quiet = rampart(['can-i', 'get', 'pods', '-q', '-n', 'shop', '--as', 'alice', '-f', RBAC])
    expect([quiet.out, quiet.code]).toEqual(['', 0])
    const json: unknown = JSON.parse(
      rampart(['can-i', 'get', 'pods', '-n', 'shop', '--as', 'alice', '-f', RBAC, '-o', 'json']).out,
    )
    expect(json).toMatchObject({
      answer: 'yes',
      grant: { binding: { name: 'alice-reads-pods', line: 42 }, rule: { index: 0, line: 5 } },
    })
  })
})

describe('rampart who-can', () => {
  it('agrees with can-i about everybody it names, and about others', () => {
    const run = rampart(['who-can', 'get', 'pods', '-n', 'shop', '-f', RBAC, '-o', 'json'])
    const { holders } = JSON.parse(run.out) as {
      holders: { kind: string; name: string; namespace?: string }[]
    }
    expect(holders.map(({ name }) => name)).toEqual(
      ['developers', 'system:masters', 'alice', 'system:node:worker-1'].filter((name) =>
        holders.some((each) => each.name === name),
      ),
    )
    for (const { kind, name, namespace = '' } of holders) {
      const who =
        kind === 'Group'
          ? ['--as', 'x', '--as-group', name]
          : ['--as', kind === 'ServiceAccount' ? `system:serviceaccount:${namespace}:${name}` : name]
      expect(rampart(['can-i', 'get', 'pods', '-n', 'shop', '-f', RBAC, ...who]).code).toBe(0)
    }
    expect(rampart(['can-i', 'get', 'pods', '-n', 'shop', '-f', RBAC, '--as', 'bob']).code).toBe(1)
  })

  it('keeps apart what Kubernetes and kubeadm give themselves', () => {
    const { out } = rampart([
      'who-can',
      'get',
      'pods',
      '-n',
      'shop',
      '-f',
      RBAC,
      '--with-defaults',
      '1.36,kubeadm',
    ])
    const [own = '', defaults = ''] = out.split('\nBy what Kubernetes and kubeadm give themselves:\n')
    expect(own).toContain('Group developers')
    expect(own).not.toContain('[default]')
    expect(defaults).toContain(
      'Group kubeadm:cluster-admins\n  ClusterRoleBinding kubeadm:cluster-admins names it',
    )
    expect(defaults).not.toContain('developers')
  })

  it('names members and lines', () => {
    const groups = file('members.yaml', 'users: {dave: [developers], erin: [developers, ops]}')
    const { out } = rampart(['who-can', 'get', 'pods', '-n', 'shop', '-f', RBAC, '--groups', groups])
    expect(out).toContain('Group developers\n  members: dave, erin\n')
    expect(out).toContain(`RoleBinding shop/alice-reads-pods names it (${RBAC}:42)`)
    expect(out).toContain('the group system:masters')
  })
})

describe('rampart diff', () => {
  const role = (verbs: string): string => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: r }
rules: [{ apiGroups: [""], resources: [pods], verbs: [${verbs}] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: b }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: r }
subjects: [{ kind: Group, name: ops }]
`
  it('tells gains and losses, escalations first, and ends with the code that was asked for', () => {
    const old = file('old.yaml', role('get, list'))
    const now = file('new.yaml', role('get, create'))
    const run = rampart(['diff', old, now])
    expect(run.code).toBe(1)
    expect(run.out.indexOf('Escalation:')).toBe(0)
    expect(run.out).toContain(
      `+ create pods  through ClusterRoleBinding b (${now}:6) and ClusterRole r (${now}:4)`,
    )
    expect(run.out).toContain('- list pods')
    expect(rampart(['diff', old, now, '--fail-on', 'none']).code).toBe(0)
    expect(rampart(['diff', old, old])).toMatchObject({
      code: 0,
      out: 'no access is gained and none is lost\n',
    })
    expect(rampart(['diff', old, now, '-o', 'markdown']).out).toContain(
      '| `Group ops` | `in the whole cluster` | gains | `create pods` |',
    )
    expect(JSON.parse(rampart(['diff', old, now, '-o', 'json']).out)).toMatchObject({
      notCompared: [],
      subjects: [{ gained: [{ verbs: ['create'] }], lost: [{ verbs: ['list'] }] }],
    })
  })
})

describe('rampart escalations, access-matrix and rbac', () => {
  it('names technique, subject and rule', () => {
    const run = rampart(['escalations', '-f', 'examples/estate'])
    expect(run.code).toBe(1)
    expect(run.out).toContain(
      'Group acme:platform may do everything, in the whole cluster (escalation-everything)',
    )
    expect(rampart(['escalations', '-f', RBAC]).code).toBe(0)
    expect(rampart(['escalations', 'acme:platform', '-f', 'examples/estate']).out).toContain(
      'escalation-bind',
    )
  })

  it('draws a table of subjects and one of resources', () => {
    const subjects = rampart([
      'access-matrix',
      RBAC,
      '-n',
      'shop',
      '--resource',
      'pods',
      '--resource',
      'configmaps',
      '-o',
      'csv',
    ])
    expect(subjects.out).toContain('SUBJECT,PODS,CONFIGMAPS\r\n')
    expect(subjects.out).toContain('User alice,"get,list,watch",-\r\n')
    const one = rampart(['access-matrix', RBAC, '-n', 'shop', '--as', 'alice'])
    expect(one.out).toMatch(/^RESOURCE +GET +LIST +WATCH .*\npods +yes +yes +yes +- +- +- +-\n$/)
  })

  it('names what diff does not compare, and does not pass over it', () => {
    const host = (name: string, mode: string, lines = ''): string => {
      const flags = [
        `--authorization-mode=${mode}`,
        ...(lines === '' ? [] : ['--authorization-policy-file=/etc/kubernetes/abac']),
      ]
      const root = path.join(dir, name)
      mkdirSync(path.join(root, 'etc/kubernetes/manifests'), { recursive: true })
      writeFileSync(path.join(root, 'etc/hostname'), 'cp\n')
      if (lines !== '') writeFileSync(path.join(root, 'etc/kubernetes/abac'), lines)
      const volumeMounts = [{ name: 'k', mountPath: '/etc/kubernetes' }]
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: 'kube-apiserver',
          namespace: 'kube-system',
          labels: { component: 'kube-apiserver' },
        },
        spec: {
          containers: [{ name: 'kube-apiserver', command: ['kube-apiserver', ...flags], volumeMounts }],
          volumes: [{ name: 'k', hostPath: { path: '/etc/kubernetes' } }],
        },
      }
      writeFileSync(path.join(root, 'etc/kubernetes/manifests/kube-apiserver.yaml'), JSON.stringify(pod))
      return root
    }
    const line = (user: string): string => `{"user":"${user}","namespace":"shop","resource":"*"}\n`
    const plain = host('diff-rbac', 'RBAC')
    const one = host('diff-one', 'RBAC,ABAC', line('alice'))
    const two = host('diff-two', 'RBAC,ABAC', line('bob') + line('alice'))
    const abac = host('diff-abac', 'ABAC', line('alice'))
    expect(rampart(['diff', one, one])).toMatchObject({
      code: 0,
      out: 'no access is gained and none is lost\n',
    })
    expect(rampart(['diff', one, two])).toMatchObject({
      code: 3,
      out: `of what was compared: no access is gained and none is lost
not compared: lines of ABAC have changed (new: /etc/kubernetes/abac:1): what they give and take is not compared
`,
    })
    const changed = rampart(['diff', plain, abac, '-o', 'json'])
    expect(changed.code).toBe(3)
    expect(JSON.parse(changed.out)).toMatchObject({
      notCompared: [
        'the chain was rbac and is abac: what that gives and takes is not compared',
        'rights of RBAC are not compared, since a chain without RBAC does not heed them',
        'lines of ABAC have changed (new: /etc/kubernetes/abac:1): what they give and take is not compared',
      ],
    })
    expect(rampart(['diff', one, two, '-o', 'markdown', '--fail-on', 'none'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('- :grey_question: not compared: `lines of ABAC') as string,
    })
  })

  it('shows in the matrix of one subject what names limit', () => {
    const input = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: r, namespace: shop}
rules:
- {apiGroups: [""], resources: [secrets], verbs: [get, create, delete], resourceNames: [a, b, c, d, e]}
- {apiGroups: [""], resources: ["*/log"], verbs: [get], resourceNames: [web-0]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: r, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}
subjects: [{kind: User, name: alice, apiGroup: rbac.authorization.k8s.io}]
`
    const verbs = ['--verbs', 'get,create,delete']
    const run = rampart(['access-matrix', '-', '-n', 'shop', '--as', 'alice', ...verbs], { input })
    expect(
      run.out
        .split('\n')
        .slice(1)
        .map((line) => line.split(/ {2,}/)),
    ).toEqual([
      ['pods/log', 'only web-0', '-', '-'],
      ['secrets', 'only a,b,c and 2 more', '-', 'only a,b,c and 2 more'],
      [''],
    ])
    expect(run.err).toContain('note: `only NAME` is a right to the named objects alone')
    expect(rampart(['access-matrix', '-', '-n', 'shop', '--as', 'bob'], { input }).err).not.toContain(
      'only NAME',
    )
  })

  it('draws a graph and makes the escalation check', () => {
    expect(rampart(['rbac', 'graph', RBAC]).out).toContain('Role shop/backup (missing)')
    const refused = rampart([
      'rbac',
      'can-grant',
      'clusterrole/view',
      '--as',
      'alice',
      '-n',
      'shop',
      '-f',
      RBAC,
      '--with-defaults',
      '1.36',
    ])
    expect(refused.code).toBe(1)
    expect(refused.out).toContain(
      'user "alice" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:',
    )
    const held = rampart([
      'rbac',
      'can-grant',
      'clusterrole/pod-reader',
      '--as',
      'alice',
      '-n',
      'shop',
      '-f',
      RBAC,
    ])
    expect(held.out).toContain('bind: yes - every right in it is held already')
    expect(rampart(['rbac', 'can-grant', 'clusterrole/none', '--as', 'alice', '-f', RBAC]).code).toBe(2)
  })
})
