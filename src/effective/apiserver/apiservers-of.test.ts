import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { asString, type EstateInput, type JsonValue } from '../../model/index.js'
import { estateFrom } from '../../sources/index.js'
import { apiserversOf } from './apiservers-of.js'

const MANIFEST = '/etc/kubernetes/manifests/kube-apiserver.yaml'

function pod(flags: readonly string[], version = 'v1.36.2', more = ''): string {
  const words = flags.map((flag) => `    - ${JSON.stringify(flag)}\n`).join('')
  return `apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system, labels: {component: kube-apiserver}}
spec:
  nodeName: cp-1
  containers:
  - name: kube-apiserver
    image: registry.k8s.io/kube-apiserver:${version}
    command:
    - kube-apiserver
${words}    volumeMounts:
    - {name: config, mountPath: /etc/config}
  volumes:
  - name: config
    hostPath: {path: /srv/config}
${more}`
}

async function viewsOf(input: EstateInput) {
  return apiserversOf(await estateFrom(input))
}

async function viewOf(flags: readonly string[], files: Record<string, string> = {}, version = 'v1.36.2') {
  const [view] = await viewsOf({
    hosts: { 'cp-1': { files: { [MANIFEST]: pod(flags, version), ...files } } },
  })
  if (view === undefined) throw new Error('no API server')
  return view
}

const AUTHORIZATION = `apiVersion: apiserver.config.k8s.io/v1
kind: AuthorizationConfiguration
authorizers:
- type: Node
  name: node
- type: Webhook
  name: hook
- type: RBAC
  name: rbac
`
const AUTHENTICATION = `apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
anonymous:
  enabled: true
  conditions:
  - path: /livez
  - path: /readyz
`
const CONFIG = { '/srv/config/authz.yaml': AUTHORIZATION, '/srv/config/authn.yaml': AUTHENTICATION }

describe('settings in force', () => {
  test.each<[string, string[], string, JsonValue | undefined]>([
    ['a flag', ['--profiling=false'], 'profiling', false],
    ['the last of a repeated flag', ['--profiling=false', '--profiling'], 'profiling', true],
    ['lists add up', ['--etcd-servers=a,b', '--etcd-servers=c'], 'etcd-servers', ['a', 'b', 'c']],
    ['underscores', ['--request_timeout=30s'], 'request-timeout', '30s'],
    ['a default', [], 'profiling', true],
    [
      'a default list',
      [],
      'kubelet-preferred-address-types',
      ['Hostname', 'InternalDNS', 'InternalIP', 'ExternalDNS', 'ExternalIP'],
    ],
    ['a default of nothing', [], 'token-auth-file', ''],
    ['a default of no list', [], 'service-account-issuer', []],
    ['no mode allows everything', [], 'authorization-mode', ['AlwaysAllow']],
    ['an empty mode too', ['--authorization-mode='], 'authorizers', ['AlwaysAllow']],
    ['modes', ['--authorization-mode=Node,RBAC'], 'authorizers', ['Node', 'RBAC']],
    ['AlwaysAllow switches anonymous off', [], 'anonymous-auth', false],
    [
      'AlwaysAllow switches it off even if it is set',
      ['--anonymous-auth=true', '--authorization-mode=AlwaysAllow'],
      'anonymous-auth',
      false,
    ],
    ['anonymous by default', ['--authorization-mode=RBAC'], 'anonymous-auth', true],
    ['anonymous everywhere', ['--authorization-mode=RBAC'], 'anonymous-paths', []],
    [
      'authorizers of a file',
      ['--authorization-config=/etc/config/authz.yaml'],
      'authorizers',
      ['Node', 'Webhook', 'RBAC'],
    ],
    ['no mode beside a file', ['--authorization-config=/etc/config/authz.yaml'], 'authorization-mode', []],
    ['a file that was not seen', ['--authorization-config=/etc/other/authz.yaml'], 'authorizers', undefined],
    [
      'anonymous of a file',
      ['--authorization-mode=RBAC', '--authentication-config=/etc/config/authn.yaml'],
      'anonymous-auth',
      true,
    ],
    [
      'AlwaysAllow leaves that of a file',
      ['--authentication-config=/etc/config/authn.yaml'],
      'anonymous-auth',
      true,
    ],
    [
      'paths of a file',
      ['--authentication-config=/etc/config/authn.yaml'],
      'anonymous-paths',
      ['/livez', '/readyz'],
    ],
    [
      'a file that was not seen leaves anonymous unknown',
      ['--authentication-config=/etc/other.yaml'],
      'anonymous-auth',
      undefined,
    ],
    ['no audit', [], 'audit-backends', []],
    ['audit without a policy records nothing', ['--audit-log-path=-'], 'audit-backends', []],
    ['audit', ['--audit-log-path=-', '--audit-policy-file=/p'], 'audit-backends', ['log']],
    [
      'audit by webhook',
      ['--audit-webhook-config-file=/w', '--audit-policy-file=/p'],
      'audit-backends',
      ['webhook'],
    ],
    ['rotation of 1.36', [], 'audit-log-maxage', 366],
    ['a removed flag is seen', ['--insecure-port=8080'], 'insecure-port', '8080'],
    [
      'a removed flag with a word',
      ['--insecure-bind-address', '0.0.0.0'],
      'insecure-bind-address',
      '0.0.0.0',
    ],
  ])('%s', async (_name, flags, setting, expected) => {
    const fact = (await viewOf(flags, CONFIG)).setting(setting)
    expect(fact.known ? fact.value : undefined).toEqual(expected)
  })

  test.each([
    ['v1.35.0', 0],
    ['v1.36.0', 366],
    ['latest', undefined],
  ])('rotation of the audit log in %s', async (version, expected) => {
    const fact = (await viewOf([], {}, version)).setting('audit-log-maxage')
    expect(fact.known ? fact.value : undefined).toBe(expected)
  })

  it('names who set a value and who lost', async () => {
    const view = await viewOf(['--profiling', '--v=2', '--profiling=false'])
    const setting = view.config.settings.find((each) => each.setting === 'profiling')
    const place = (argIndex: number, line: number) => ({
      kind: 'flag',
      argIndex,
      described: 'pod kube-system/kube-apiserver',
      file: MANIFEST,
      line,
      column: 7,
    })
    expect(setting).toMatchObject({
      value: false,
      source: place(2, 13),
      overridden: [{ value: true, source: place(0, 11) }],
      origin: {
        kind: 'process',
        component: 'kube-apiserver',
        place: { file: MANIFEST, line: 13, host: 'cp-1' },
      },
    })
    const anonymous = (await viewOf(['--authorization-mode=AlwaysAllow'])).config.settings.find(
      (each) => each.setting === 'anonymous-auth',
    )
    expect(anonymous).toMatchObject({ value: false, source: place(0, 11), overridden: [{ value: true }] })
  })
})

describe('admission plug-ins', () => {
  test.each<[string, string[], string[], string[]]>([
    ['by default', [], ['PodSecurity', 'NamespaceLifecycle'], ['NodeRestriction', 'AlwaysAdmit']],
    ['enabled', ['--enable-admission-plugins=NodeRestriction'], ['NodeRestriction', 'PodSecurity'], []],
    ['disabled', ['--disable-admission-plugins=PodSecurity'], ['ServiceAccount'], ['PodSecurity']],
    ['named all', ['--admission-control=ServiceAccount'], ['ServiceAccount'], ['PodSecurity']],
  ])('%s', async (_name, flags, on, off) => {
    const fact = (await viewOf(flags)).strings('admission-plugins')
    const plugins = fact.known ? fact.value : []
    expect(plugins).toEqual(expect.arrayContaining(on))
    expect(plugins.filter((plugin) => off.includes(plugin))).toEqual([])
  })

  it('newer ones are not taken for those of an older version', async () => {
    const fact = (await viewOf([], {}, 'v1.24.0')).strings('admission-plugins')
    expect(fact.known && fact.value).not.toContain('ValidatingAdmissionPolicy')
    expect(fact.known && fact.value).toContain('PodSecurity')
  })
})

describe('it would not start', () => {
  test.each<[string, string[], RegExp | undefined]>([
    ['with these it does', ['--authorization-mode=Node,RBAC'], undefined],
    ['an unknown flag', ['--no-such-flag'], /unknown flag: --no-such-flag/],
    ['a bad value', ['--profiling=maybe'], /--profiling/],
    ['an argument', ['--profiling', 'false'], /does not take any arguments, got `false`/],
    ['an unknown mode', ['--authorization-mode=Rbac'], /`Rbac` is not a mode/],
    ['a mode twice', ['--authorization-mode=RBAC,RBAC'], /twice/],
    ['ABAC without its file', ['--authorization-mode=ABAC'], /ABAC/],
    ['Webhook without its file', ['--authorization-mode=Webhook'], /Webhook/],
    [
      'both ways of authorization',
      ['--authorization-mode=RBAC', '--authorization-config=/etc/config/authz.yaml'],
      /may not stand beside/,
    ],
    [
      'both ways of anonymous',
      ['--anonymous-auth=false', '--authentication-config=/etc/config/authn.yaml'],
      /may not stand beside/,
    ],
    [
      'enabled and disabled',
      ['--enable-admission-plugins=PodSecurity', '--disable-admission-plugins=PodSecurity'],
      /at once/,
    ],
    ['no such plug-in', ['--enable-admission-plugins=PodSecurityPolicy'], /no admission plug-in/],
    [
      'old and new plug-in flags',
      ['--admission-control=PodSecurity', '--enable-admission-plugins=PodSecurity'],
      /may not stand beside/,
    ],
  ])('%s', async (_name, flags, message) => {
    const refusal = (await viewOf(flags, CONFIG)).config.refusal
    if (message === undefined) expect(refusal).toBeUndefined()
    else expect(refusal?.message).toMatch(message)
  })

  it('an unknown flag says nothing about another version', async () => {
    expect((await viewOf(['--insecure-port=0'], {}, 'v1.19.0')).config.refusal).toBeUndefined()
    expect(
      (await viewOf(['--enable-admission-plugins=PodSecurityPolicy'], {}, 'v1.24.0')).config.refusal,
    ).toBeUndefined()
  })
})

describe('where API servers are found', () => {
  it('a running process beats the manifest, which gives its places', async () => {
    const [view, ...others] = await viewsOf({
      hosts: {
        'cp-1': {
          files: { [MANIFEST]: pod(['--profiling=false']), ...CONFIG },
          processes: ['kube-apiserver --profiling=false --authorization-config=/etc/config/authz.yaml'],
        },
      },
    })
    expect(others).toEqual([])
    expect(view?.command?.source).toBe('process')
    expect(view?.config.settings.find((each) => each.setting === 'profiling')?.source).toMatchObject({
      file: MANIFEST,
      line: 11,
    })
    // The process sees the mounts of its pod.
    expect(view?.strings('authorizers')).toMatchObject({ value: ['Node', 'Webhook', 'RBAC'] })
  })

  it('a mirror pod stands for a node that was not read', async () => {
    const manifests = pod(['--profiling=false']).replace(
      'labels:',
      'annotations: {kubernetes.io/config.mirror: x}, labels:',
    )
    const [view] = await viewsOf({ manifests })
    expect(view?.host).toBe('cp-1')
    expect(view?.command).toMatchObject({
      source: 'mirror-pod',
      described: 'mirror pod kube-system/kube-apiserver',
    })
    expect(view?.version).toMatchObject({ known: true, value: '1.36.2' })
    const setting = view?.config.settings.find((each) => each.setting === 'profiling')
    expect(setting?.source).toMatchObject({
      object: { kind: 'Pod' },
      path: ['spec', 'containers', 0, 'command', 1],
    })
    expect(setting?.origin).toMatchObject({ kind: 'object', path: ['spec', 'containers', 0, 'command', 1] })
    expect(view?.change('profiling', true).edits).toEqual([])
    const both = await viewsOf({ manifests, hosts: { 'cp-1': { files: { [MANIFEST]: pod([]) } } } })
    expect(both.map((each) => each.command?.source)).toEqual(['static-pod'])
  })

  it.each([
    ['a pod that only has the name', pod([]).replace('- kube-apiserver\n', '- sleep\n')],
    [
      'one of a user in another namespace',
      pod([]).replace('kube-system', 'shop').replace('component:', 'app:'),
    ],
    ['another kind', pod([]).replace('kind: Pod', 'kind: PodTemplate')],
  ])('%s is none', async (_name, manifests) => {
    expect(await viewsOf({ manifests })).toEqual([])
  })

  it('everything is unknown while a part of the command line is', async () => {
    const [variable] = await viewsOf({ manifests: pod(['--profiling=$(P)']) })
    expect(variable?.setting('profiling')).toMatchObject({ known: false, reason: 'unresolved-variable' })
    const [k3s] = await viewsOf({ hosts: { a: { processes: ['"/usr/local/bin/k3s server"'] } } })
    expect(k3s?.setting('profiling')).toMatchObject({ known: false, reason: 'no-source' })
    expect(await viewsOf({ hosts: { a: { processes: ['"/usr/local/bin/k3s agent"'] } } })).toEqual([])
  })

  it('hosts come in the order of their names', async () => {
    const files = { [MANIFEST]: pod([]) }
    const views = await viewsOf({ hosts: { b: { files }, a: { files } } })
    expect(views.map((view) => view.host)).toEqual(['a', 'b'])
  })
})

describe('the change of a flag', () => {
  test.each<[string, string[], string, JsonValue, string | undefined]>([
    ['that stands in the manifest', ['--profiling=true'], 'profiling', false, 'false'],
    ['that is not there', ['--v=2'], 'profiling', false, 'false'],
    [
      'with a list',
      ['--authorization-mode=AlwaysAllow'],
      'authorization-mode',
      ['Node', 'RBAC'],
      'Node,RBAC',
    ],
    ['that stands twice is advice', ['--v=1', '--v=2'], 'v', 3, undefined],
    ['that one word cannot hold is advice', ['--v=1'], 'v', { a: 1 }, undefined],
  ])('%s', async (_name, flags, name, value, word) => {
    const fix = (await viewOf(flags)).change(name, value)
    expect(fix.edits.map(({ file, op, path, value: to }) => [file, op, path, asString(to)])).toEqual(
      word === undefined ? [] : [[MANIFEST, 'setFlag', ['kube-apiserver', `--${name}`], word]],
    )
    expect(fix.risk).toBe('restart')
  })
})

it('never throws, whatever the arguments and files are', async () => {
  const flag = fc.constantFrom(
    '--authorization-mode',
    '--authorization-config=/etc/config/authz.yaml',
    '--authentication-config=/etc/config/authn.yaml',
    '--enable-admission-plugins',
    '--audit-log-path=x',
    '--__proto__=1',
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(flag, fc.string()), { maxLength: 6 }),
      fc.jsonValue(),
      fc.jsonValue(),
      async (flags, authorizers, anonymous) => {
        const files = {
          '/srv/config/authz.yaml': JSON.stringify({ authorizers }),
          '/srv/config/authn.yaml': JSON.stringify({ anonymous }),
        }
        const view = await viewOf(flags, files)
        for (const { setting } of view.config.settings) view.setting(setting)
      },
    ),
    { numRuns: 50 },
  )
})
