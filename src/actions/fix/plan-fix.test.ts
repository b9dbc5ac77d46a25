import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { editOf, findingWith, fixWith } from '../../../test/kit/finding-with.js'
import type { Finding, Host } from '../../model/index.js'
import type { FixChoice } from './plan-choose.js'
import type { FixPlan } from './fix-plan.js'
import { planFix, type Seen } from './plan-fix.js'
import { planId } from './plan-id.js'
import { readPlan } from './plan-read.js'

const KUBELET = '/var/lib/kubelet/config.yaml'
const MANIFEST = '/etc/kubernetes/manifests/kube-apiserver.yaml'

const HOST: Host = {
  name: 'node',
  root: '/',
  distribution: 'kubeadm',
  commands: [
    {
      component: 'kube-apiserver',
      source: 'static-pod',
      args: [{ value: '--profiling=true', file: MANIFEST }],
      executable: 'kube-apiserver',
      described: 'pod kube-system/kube-apiserver-node',
    },
  ],
  files: new Map(),
  users: new Map([[0, 'root']]),
  groups: new Map([[0, { name: 'root', members: [] }]]),
  problems: [],
  processesSeen: false,
}

const file = (text: string, mode = 0o644): Seen => ({
  kind: 'file',
  text,
  sha256: createHash('sha256').update(text).digest('hex'),
  mode,
  uid: 0,
  gid: 0,
})

const FILES: Readonly<Record<string, Seen>> = {
  [KUBELET]: file('readOnlyPort: 10255\nprotect: false\n'),
  [MANIFEST]: file(
    'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - command:\n    - kube-apiserver\n    - --profiling=true\n',
  ),
  '/etc/docker/daemon.json': file('{"icc": true}\n'),
  '/etc/kubernetes/kubelet.conf': file('x', 0o666),
  '/etc/latin1.conf': { kind: 'unusable', why: '`/etc/latin1.conf` is no UTF-8 text' },
}

function plan(
  findings: readonly Finding[],
  choice: FixChoice = {},
  more: Partial<Parameters<typeof planFix>[0]> = {},
): FixPlan {
  return planFix({
    version: 'test',
    subject: { hosts: [{ name: 'node', root: '/', live: true }], paths: [], userChecks: [] },
    findings,
    hosts: [HOST],
    choice,
    isOwnFile: () => true,
    look: (_host, path) => FILES[path] ?? { kind: 'absent', folders: [] },
    restartCommands: new Map(),
    known: [],
    live: new Set(['node']),
    ...more,
  })
}

const port = fixWith({
  edits: [editOf(KUBELET, 'set', ['readOnlyPort'], 0)],
  risk: 'restart',
  restart: 'systemctl restart kubelet',
})

describe('which findings a plan mends', () => {
  it.each<{ name: string; finding: Finding; choice?: FixChoice; reason?: string; why?: RegExp }>([
    { name: 'exact, with a restart', finding: findingWith('a', port) },
    { name: 'exact, without any risk', finding: findingWith('a', { ...port, risk: 'none' }) },
    {
      name: 'modes',
      finding: findingWith('a', fixWith({ commands: ['chmod 600 /etc/kubernetes/kubelet.conf'] })),
    },
    { name: 'without a fix', finding: findingWith('a'), reason: 'no-fix' },
    { name: 'words alone', finding: findingWith('a', fixWith()), reason: 'by-hand' },
    {
      name: 'a command that cannot be put back',
      finding: findingWith('a', fixWith({ commands: ['rm /etc/kubernetes/bootstrap.conf'] })),
      reason: 'by-hand',
    },
    {
      name: 'edits and such a command',
      finding: findingWith('a', { ...port, commands: ['kubeadm certs renew all'] }),
      reason: 'by-hand',
    },
    {
      name: 'a precondition that does not hold',
      finding: findingWith('a', { ...port, needs: [{ text: 'an approver', met: false }] }),
      choice: { confirmed: ['a'], checks: ['a'] },
      reason: 'not-met',
      why: /does not hold here: an approver/,
    },
    {
      name: 'a precondition that nobody knows of',
      finding: findingWith('a', { ...port, needs: [{ text: 'an approver', met: 'unknown' }] }),
      choice: { checks: ['a'] },
      reason: 'not-known',
      why: /--confirm a/,
    },
    {
      name: 'a precondition that the user confirms',
      finding: findingWith('a', { ...port, needs: [{ text: 'an approver', met: 'unknown' }] }),
      choice: { confirmed: ['a'] },
    },
    {
      name: 'traffic, not named',
      finding: findingWith('a', { ...port, risk: 'traffic' }),
      reason: 'not-named',
    },
    {
      name: 'lockout, not named',
      finding: findingWith('a', { ...port, risk: 'lockout' }),
      reason: 'not-named',
    },
    {
      name: 'traffic, named',
      finding: findingWith('a', { ...port, risk: 'traffic' }),
      choice: { checks: ['a'] },
    },
    {
      name: 'a file that is no text',
      finding: findingWith('a', fixWith({ edits: [editOf('/etc/latin1.conf', 'set', ['a'], 1)] })),
      reason: 'refused',
      why: /no UTF-8/,
    },
    {
      name: 'a mode of what is not there any more',
      finding: findingWith('a', fixWith({ commands: ['chmod 600 /etc/gone'] })),
      reason: 'refused',
      why: /not there any more/,
    },
    {
      name: 'a host that was read from no folder',
      finding: findingWith('a', fixWith({ edits: [{ ...editOf(KUBELET, 'set', ['a'], 1), host: 'other' }] })),
      reason: 'not-a-file',
    },
  ])('$name', ({ finding, choice, reason, why }) => {
    const made = plan([finding], choice)
    expect(made.mends.map(({ check }) => check)).toEqual(reason === undefined ? ['a'] : [])
    expect(made.advice.map((advice) => advice.reason)).toEqual(reason === undefined ? [] : [reason])
    if (why !== undefined) expect(made.advice[0]?.why).toMatch(why)
    // Nothing of a finding that is left is done.
    if (reason !== undefined) expect([made.files, made.modes, made.restarts]).toEqual([[], [], []])
  })

  it.each<[string, FixChoice, string[]]>([
    ['all', {}, ['a', 'b']],
    ['by check', { checks: ['b'] }, ['b']],
    ['by severity', { severity: 'high' }, ['a']],
    ['by file', { files: ['/etc/docker/daemon.json'] }, ['b']],
  ])('chosen %s', (_name, choice, checks) => {
    const docker = fixWith({ edits: [editOf('/etc/docker/daemon.json', 'set', ['icc'], false)] })
    const findings = [findingWith('a', port, { severity: 'critical' }), findingWith('b', docker)]
    const made = plan(findings, choice)
    expect(made.mends.map(({ check }) => check)).toEqual(checks)
    expect(made.advice).toEqual([])
  })

  it('changes no export', () => {
    const fix = fixWith({ edits: [{ file: '/dump/pods.yaml', op: 'set', path: ['a'], value: 1 }] })
    const look = (): Seen => file('a: 0\n')
    expect(plan([findingWith('a', fix)], {}, { look }).files).toHaveLength(1)
    const made = plan([findingWith('a', fix)], {}, { look, isOwnFile: () => false })
    expect([made.files, made.advice[0]?.reason]).toEqual([[], 'not-a-file'])
  })

  describe('where a component refuses to start as its files are now', () => {
    const dockerd = { target: { kind: 'component', component: 'dockerd', host: 'node' } } as const
    const icc = findingWith(
      'daemon-icc',
      fixWith({
        edits: [editOf('/etc/docker/daemon.json', 'set', ['icc'], false)],
        risk: 'restart',
        restart: 'systemctl restart docker',
      }),
      dockerd,
    )
    const broken = (check: string, fix = fixWith(), severity: Finding['severity'] = 'high'): Finding =>
      findingWith(check, fix, { ...dockerd, severity })

    it.each<{ name: string; found: Finding[]; choice?: FixChoice; more?: Parameters<typeof plan>[2] }>([
      { name: 'and people must mend it', found: [broken('daemon-will-not-start')] },
      {
        name: 'and it was not asked about',
        found: [broken('daemon-will-not-start')],
        choice: { checks: ['daemon-icc'] },
      },
      { name: 'for another reason', found: [broken('daemon-unit-and-json-hosts-conflict')] },
    ])('$name: it is not restarted', ({ found, choice, more }) => {
      const made = plan([icc, ...found], choice, more)
      expect([made.files, made.restarts, made.mends]).toEqual([[], [], []])
      expect(made.advice.find(({ check }) => check === 'daemon-icc')).toMatchObject({
        reason: 'refused',
        why: expect.stringMatching(/dockerd refuses to start as its files are now/) as string,
      })
    })

    it.each<{ name: string; found: Finding[]; more?: Parameters<typeof plan>[2] }>([
      { name: 'nothing restarts it', found: [broken('daemon-will-not-start')], more: { live: new Set() } },
      { name: 'a key is ignored alone', found: [broken('daemon-unknown-key', fixWith(), 'medium')] },
      {
        name: 'the plan mends that, too',
        found: [
          broken(
            'daemon-unknown-key',
            fixWith({ edits: [editOf('/etc/docker/daemon.json', 'remove', ['x'])] }),
          ),
        ],
      },
      {
        name: 'it is another component',
        found: [{ ...broken('kubelet-will-not-start'), target: { ...dockerd.target, component: 'kubelet' } }],
      },
    ])('$name: the rest is mended', ({ found, more }) => {
      const look = (): Seen => file('{"icc": true, "x": 1}\n')
      const made = plan([icc, ...found], {}, { look, ...more })
      expect(made.mends.map(({ check }) => check)).toContain('daemon-icc')
    })
  })

  it('mends a finding whole or not at all', () => {
    const both = fixWith({
      edits: [editOf(KUBELET, 'set', ['readOnlyPort'], 0), editOf('/etc/latin1.conf', 'set', ['a'], 1)],
    })
    const made = plan([findingWith('a', both)])
    expect(made.files).toEqual([])
    expect(made.advice).toHaveLength(1)
  })
})

describe('what a plan does', () => {
  it('changes a file once, restarts a service once', () => {
    const other = { ...port, edits: [editOf(KUBELET, 'set', ['protect'], true)] }
    const made = plan([findingWith('a', port), findingWith('b', other)])
    expect(made.files).toHaveLength(1)
    expect(made.files[0]?.checks).toEqual(['a', 'b'])
    expect(made.files[0]?.diff).toContain(
      '-readOnlyPort: 10255\n-protect: false\n+readOnlyPort: 0\n+protect: true',
    )
    expect(made.restarts).toMatchObject([{ kind: 'unit', units: ['kubelet'], checks: ['a', 'b'] }])
  })

  it('leaves a static pod to the kubelet, after its manifest and what that names', () => {
    const fix = fixWith({
      edits: [
        editOf(MANIFEST, 'setFlag', ['kube-apiserver', '--profiling'], 'false'),
        editOf('/etc/kubernetes/new.yaml', 'create', [], 'a: 1\n'),
        editOf('/zzz.yaml', 'create', [], 'a: 1\n'),
      ],
      risk: 'restart',
      restart: 'kube-apiserver',
    })
    const made = plan([findingWith('a', fix)])
    expect(made.files.map(({ path }) => path)).toEqual(['/etc/kubernetes/new.yaml', '/zzz.yaml', MANIFEST])
    expect(made.files[0]).toMatchObject({ before: 'absent', mode: 0o600 })
    expect(made.restarts).toMatchObject([{ kind: 'static-pod', component: 'kube-apiserver', file: MANIFEST }])
  })

  it('makes one mode of several commands, and nothing of one that is so already', () => {
    const commands = (list: readonly string[]): Finding =>
      findingWith(list.join(), fixWith({ commands: list }))
    const path = '/etc/kubernetes/kubelet.conf'
    const made = plan([
      commands([`chown root:root ${path}`, `chmod go-w ${path}`]),
      commands([`chmod 640 ${path}`]),
      commands([`chmod 644 ${KUBELET}`]),
    ])
    expect(made.modes).toMatchObject([
      { path, before: { mode: 0o666 }, after: { mode: 0o640, uid: 0, gid: 0 } },
    ])
    expect(made.modes).toHaveLength(1)
  })

  it.each<[string, string, ReadonlyMap<string, readonly string[]>, object]>([
    [
      'a unit and its drop-ins',
      'systemctl daemon-reload && systemctl restart kubelet',
      new Map(),
      { kind: 'unit', daemonReload: true, verb: 'restart' },
    ],
    [
      'a reload',
      'systemctl reload docker',
      new Map(),
      { kind: 'unit', verb: 'reload', component: 'dockerd', name: 'docker' },
    ],
    [
      'one of two units',
      'systemctl try-restart k3s k3s-agent',
      new Map(),
      { kind: 'unit', units: ['k3s', 'k3s-agent'], component: 'k3s' },
    ],
    [
      'what the user names',
      'systemctl restart kubelet',
      new Map([['kubelet', ['service', 'kubelet', 'restart']]]),
      { kind: 'command', argv: ['service', 'kubelet', 'restart'] },
    ],
    ['a snap', 'snap restart microk8s.daemon-kubelite', new Map(), { kind: 'command' }],
    ['a user session', 'systemctl --user restart docker', new Map(), { kind: 'by-hand' }],
    ['words', 'the nodes, one after another', new Map(), { kind: 'by-hand' }],
    [
      'a command in the words',
      'systemctl restart kubelet; rm -rf /',
      new Map(),
      { kind: 'unit', units: ['kubelet'] },
    ],
  ])('restarts %s', (_name, restart, restartCommands, expected) => {
    const made = plan([findingWith('a', { ...port, restart })], {}, { restartCommands })
    expect(made.restarts[0]).toMatchObject(expected)
  })

  it('restarts nothing on a disk, and says so', () => {
    const made = plan([findingWith('a', port)], {}, { live: new Set() })
    expect(made.restarts).toEqual([])
    expect(made.notes.join()).toContain('kubelet of node is not restarted here')
  })

  it('is the same, with the same id, whatever the order of equal findings', () => {
    const other = fixWith({ edits: [editOf('/etc/docker/daemon.json', 'set', ['icc'], false)] })
    const findings = [findingWith('a', port), findingWith('b', other)]
    const one = plan(findings)
    expect(plan(findings).id).toBe(one.id)
    expect(plan([...findings].reverse()).files).toEqual(one.files)
    expect(plan([findingWith('a', port)]).id).not.toBe(one.id)
  })

  it('holds no secret that stands beside a change', () => {
    const secret = 'abcdef.0123456789abcdef'
    const look = (): Seen => file(`token: ${secret}\nreadOnlyPort: 10255\n`)
    expect(JSON.stringify(plan([findingWith('a', port)], {}, { look }))).not.toContain(secret)
  })
})

describe('readPlan', () => {
  const made = plan([findingWith('a', port)])
  it('reads what was saved', () => {
    expect(readPlan(JSON.stringify(made, null, 2), 'plan.json')).toEqual(made)
  })
  it.each<[string, string, RegExp]>([
    ['no JSON', '{', /plan\.json: no plan of rampart fix/],
    ['another document', '{"a": 1}', /no plan of rampart fix/],
    ['a list', '[]', /no plan/],
    ['another format', JSON.stringify({ ...made, format: 'rampart/fix-plan/v9' }), /this version reads/],
    ['a part missing', JSON.stringify({ ...made, files: undefined }), /lacks `files`/],
    ['a changed file', JSON.stringify(made).replace('10255', '10256'), /changed after it was made/],
    [
      'another id',
      JSON.stringify({ ...made, id: planId({ ...made, notes: ['x'] }) }),
      /changed after it was made/,
    ],
  ])('refuses %s', (_name, text, message) => {
    expect(() => readPlan(text, 'plan.json')).toThrow(message)
  })
})
