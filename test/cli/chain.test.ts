import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rampart } from './run-cli.js'

const RBAC = 'examples/access/rbac.yaml'
const EXAMPLE = 'examples/chain/authorization.yaml'
let dir = ''
const file = (name: string, text: string): string => {
  const full = path.join(dir, name)
  mkdirSync(path.dirname(full), { recursive: true })
  writeFileSync(full, text)
  return full
}
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'rampart-chain-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const ask = (user: string, ...more: string[]) =>
  rampart(['can-i', 'get', 'pods', '-n', 'shop', '--as', user, '-f', RBAC, ...more])

describe('the chain of flags', () => {
  it.each<[string, string[], string, number]>([
    ['alice', ['--authorization-mode=RBAC'], 'yes', 0],
    ['nobody', ['--authorization-mode=AlwaysAllow'], 'yes', 0],
    [
      'nobody',
      ['--authorization-mode', 'AlwaysDeny', '--authorization-mode', 'RBAC'],
      'no - Everything is forbidden.',
      1,
    ],
    [
      'dora',
      ['--authorization-mode=ABAC', '--authorization-policy-file=examples/chain/policy.jsonl'],
      'yes',
      0,
    ],
    [
      'alice',
      ['--authorization-mode=ABAC', '--authorization-policy-file=examples/chain/policy.jsonl'],
      'no - No policy matched.',
      1,
    ],
  ])('%s with %j: %s', (user, flags, answer, code) => {
    const run = ask(user, ...flags)
    expect(run.out.split('\n')[0]).toBe(answer)
    expect(run.code).toBe(code)
    expect(run.err).toContain('note: the chain is ')
  })

  it.each<[string[], RegExp]>([
    [['--authorization-mode=Node,Node'], /names `Node` more than once/],
    [['--authorization-mode=rbac'], /`rbac` is no mode; it is written `RBAC`/],
    [['--authorization-mode=ABAC'], /mode ABAC needs `--authorization-policy-file`/],
    [['--authorization-policy-file=/p'], /`--authorization-policy-file` needs mode ABAC/],
    [
      ['--authorization-config', EXAMPLE, '--authorization-mode=RBAC'],
      /`--authorization-mode` may not stand beside/,
    ],
    [['--authorization-config', '/nonexistent'], /cannot read `\/nonexistent`/],
    [
      ['--authorization-mode=ABAC', '--authorization-policy-file=/nonexistent'],
      /cannot read `\/nonexistent`/,
    ],
  ])('%j is refused', (flags, message) => {
    const run = ask('alice', ...flags)
    expect(run.code).toBe(2)
    expect(run.out).toBe('')
    expect(run.err).toMatch(message)
  })
})

describe('the example', () => {
  it('decides what its conditions exclude, and leaves the rest to its webhook', () => {
    const unknown = ask('alice', '--authorization-config', EXAMPLE)
    expect(unknown.code).toBe(3)
    const page = readFileSync('docs/access.md', 'utf8')
    expect(page).toContain(`--authorization-config ${EXAMPLE}\n${unknown.out}\`\`\``)
    expect(unknown.out).toContain('it fails (failurePolicy Deny): no, the request ends with HTTP status 500')
    const decided = ask('system:serviceaccount:shop:web', '--authorization-config', EXAMPLE, '-o', 'json')
    expect(decided.code).toBe(1)
    expect(JSON.parse(decided.out)).toMatchObject({
      answer: 'no',
      steps: [
        {},
        {},
        { authorizer: 'policy', note: "not asked: `!request.user.startsWith('system:')` is false" },
        {},
      ],
      chain: {
        authorizers: [{ name: 'node' }, { name: 'policy' }, { name: 'rbac' }],
        origin: { kind: 'file', file: EXAMPLE },
      },
    })
  })
})

describe('the chain of an API server that was read', () => {
  const host = (name: string, flags: readonly string[], files: Record<string, string> = {}): string => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'kube-apiserver', namespace: 'kube-system', labels: { component: 'kube-apiserver' } },
      spec: {
        containers: [
          {
            name: 'kube-apiserver',
            image: 'registry.k8s.io/kube-apiserver:v1.36.2',
            command: ['kube-apiserver', ...flags],
            volumeMounts: [{ name: 'k', mountPath: '/etc/kubernetes' }],
          },
        ],
        volumes: [{ name: 'k', hostPath: { path: '/etc/kubernetes' } }],
      },
    }
    file(`${name}/etc/hostname`, `${name}\n`)
    file(`${name}/etc/kubernetes/manifests/kube-apiserver.yaml`, JSON.stringify(pod, null, 1))
    for (const [at, text] of Object.entries(files)) file(`${name}${at}`, text)
    return path.join(dir, name)
  }
  const chainOf = (root: string) => {
    const run = ask('alice', '-f', root, '-o', 'json')
    const { chain } = JSON.parse(run.out) as { chain: { authorizers: { type: string }[]; origin: object } }
    return { run, types: chain.authorizers.map(({ type }) => type), origin: chain.origin }
  }

  it('comes from its flags, with their line', () => {
    const { types, origin, run } = chainOf(host('flags', ['--authorization-mode=RBAC,Node']))
    expect(types).toEqual(['RBAC', 'Node'])
    expect(origin).toMatchObject({
      kind: 'flags',
      file: '/etc/kubernetes/manifests/kube-apiserver.yaml',
      host: 'flags',
    })
    expect(run.err).toContain('the flags of pod kube-system/kube-apiserver on flags')
  })

  const UNRELATED = "no - no relationship found between node 'n1' and this object\n"
  const NOT_ALLOWED = 'no - not allowed to get service accounts\n'
  it.each([
    ['', UNRELATED],
    ['KubeletServiceAccountTokenForCredentialProviders=false', NOT_ALLOWED],
    ['kube:AllBeta=false', NOT_ALLOWED],
    ['AllBeta=false,PodCertificateRequest=true', UNRELATED],
    ['other:KubeletServiceAccountTokenForCredentialProviders=false', UNRELATED],
  ])('knows the feature gates %j of its nodes', (gates, answer) => {
    const flags = gates === '' ? [] : [`--feature-gates=${gates}`]
    const root = host('gates', ['--authorization-mode=Node,RBAC', ...flags])
    const node = ['--as', 'system:node:n1', '--as-group', 'system:nodes']
    expect(rampart(['can-i', 'get', 'serviceaccounts/web', '-n', 'shop', ...node, '-f', root]).out).toBe(
      answer,
    )
  })

  it('is AlwaysAllow where nobody says anything', () => {
    expect(chainOf(host('bare', ['--v=2'])).types).toEqual(['AlwaysAllow'])
  })

  it('comes from its configuration file', () => {
    const text =
      'apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\nauthorizers:\n- {type: RBAC, name: rbac}\n'
    const files = { '/etc/kubernetes/authz.yaml': text }
    const { types, origin } = chainOf(
      host('config', ['--authorization-config=/etc/kubernetes/authz.yaml'], files),
    )
    expect(types).toEqual(['RBAC'])
    expect(origin).toMatchObject({ kind: 'file', file: '/etc/kubernetes/authz.yaml', host: 'config' })
  })

  it('is assumed where its configuration file was not read', () => {
    const { types, origin } = chainOf(host('missing', ['--authorization-config=/etc/kubernetes/authz.yaml']))
    expect(types).toEqual(['Node', 'RBAC'])
    expect(origin).toMatchObject({
      kind: 'assumed',
      detail: expect.stringContaining('which was not read') as string,
    })
  })

  it('ends the command where it would not start, with file and line', () => {
    const text =
      'apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\nauthorizers:\n- {type: Rbac, name: rbac}\n'
    const files = { '/etc/kubernetes/authz.yaml': text }
    const run = ask(
      'alice',
      '-f',
      host('refused', ['--authorization-config=/etc/kubernetes/authz.yaml'], files),
    )
    expect(run.code).toBe(2)
    expect(run.err).toMatch(
      /\/etc\/kubernetes\/authz\.yaml:4:10 on refused: `authorizers\[0\]\.type`: it must be one of/,
    )
  })

  it('is not guessed where the lines of ABAC were not read', () => {
    const flags = ['--authorization-mode=ABAC', '--authorization-policy-file=/etc/kubernetes/abac.jsonl']
    const run = ask('alice', '-f', host('abac', flags))
    expect(run.code).toBe(3)
    expect(run.err).toContain('what ABAC allows is not known: the policy file `/etc/kubernetes/abac.jsonl`')
  })
})

describe('bad input', () => {
  const named = (kind: string, name: string, rest: string): string =>
    `---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: shop}\n${rest}\n`
  const REF = 'roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}'
  const ALICE = `${REF}\nsubjects: [{kind: User, name: alice}]`
  const explain = (text: string) =>
    rampart(['explain-access', 'get', 'pods', '-n', 'shop', '--as', 'alice', '-f', file('bad.yaml', text)])

  it.each<[string, string, RegExp]>([
    [
      'rules that are a text',
      named('Role', 'reader', 'rules: all') + named('RoleBinding', 'b', ALICE),
      /bad\.yaml:5: Role shop\/reader counts for nothing, an API server refuses it: `rules` is not a list/,
    ],
    [
      'one wrong rule beside a right one',
      named(
        'Role',
        'reader',
        'rules:\n- {apiGroups: [""], resources: [pods], verbs: [get]}\n- {apiGroups: [""], resources: pods, verbs: [get]}',
      ) + named('RoleBinding', 'b', ALICE),
      /bad\.yaml:7: Role shop\/reader counts for nothing, .*`rules\[1\]\.resources` is not a list of texts/,
    ],
    [
      'subjects that are a text',
      named('Role', 'reader', 'rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]') +
        named('RoleBinding', 'b', `${REF}\nsubjects: alice`),
      /bad\.yaml:11: RoleBinding shop\/b counts for nothing, .*`subjects` is not a list/,
    ],
  ])('%s', (_name, text, message) => {
    const run = explain(text)
    expect(run.out.split('\n')[1]).toMatch(/^no/)
    expect(run.code).toBe(1)
    expect(run.err).toMatch(message)
  })

  it('a binding without subjects is taken, and gives nothing to anybody', () => {
    const role = named('Role', 'reader', 'rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]')
    const run = explain(role + named('RoleBinding', 'b', REF))
    expect(run.code).toBe(1)
    expect(run.out).toContain('RoleBinding `shop/b` allows it to nobody: it has no subjects')
  })

  it.each<[string, string, RegExp]>([
    [
      'no JSON',
      '# one\nnot json\n{"user":',
      /policy\.jsonl:2: it is no JSON object\n.*policy\.jsonl:3: not valid JSON/,
    ],
    [
      'a line above 64 KiB',
      `{"user":"a"}\n{"user":"${'x'.repeat(70_000)}"}\n`,
      /policy\.jsonl:2: the line is longer than 65536 bytes/,
    ],
    ['fields of another type', '{"user":5}\n', /policy\.jsonl:1: `user` is not a text/],
  ])('ABAC lines: %s', (_name, text, message) => {
    const run = ask(
      'alice',
      '--authorization-mode=ABAC',
      `--authorization-policy-file=${file('policy.jsonl', text)}`,
    )
    expect(run.code).toBe(2)
    expect(run.err).toMatch(message)
  })

  it('CEL that does not compile, at its sign', () => {
    const text = `apiVersion: apiserver.config.k8s.io/v1
kind: AuthorizationConfiguration
authorizers:
- type: Webhook
  name: w
  webhook:
    timeout: 3s
    subjectAccessReviewVersion: v1
    matchConditionSubjectAccessReviewVersion: v1
    failurePolicy: Deny
    connectionInfo: {type: KubeConfigFile, kubeConfigFile: /k}
    matchConditions:
    - expression: request.user == 'a' &&
        request.usr == 'b'
`
    const run = ask('alice', '--authorization-config', file('cel.yaml', text))
    expect(run.code).toBe(2)
    expect(run.err).toMatch(
      /cel\.yaml:14:16: `authorizers\[0\]\.webhook\.matchConditions\[0\]\.expression`: undefined field 'usr'/,
    )
  })
})
