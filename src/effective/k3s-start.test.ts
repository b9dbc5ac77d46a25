import { expect, test } from 'vitest'
import type { HostInput } from '../model/index.js'
import { estateFrom } from '../sources/index.js'
import { apiserversOf } from './apiserver/index.js'
import { controllerManagersOf, schedulersOf } from './flag-controllers.js'
import { kubeletsOf } from './kubelet/index.js'
import type { ComponentView } from './component.js'

const CONFIG = '/etc/rancher/k3s/config.yaml'
const UNIT = '/etc/systemd/system/k3s.service'

function k3s(files: Record<string, string>, exec = 'server'): HostInput {
  return {
    files: {
      [UNIT]: `[Service]\nExecStart=/usr/local/bin/k3s \\\n    ${exec}\n`,
      '/proc/501/cmdline': '/usr/local/bin/k3s server\0\0\0',
      ...files,
    },
  }
}

const viewsOf = async (host: HostInput, of = apiserversOf): Promise<ComponentView[]> =>
  of(await estateFrom({ hosts: { a: host } }))

const listOf = (...words: string[]): string =>
  `kube-apiserver-arg:\n${words.map((word) => `- "${word}"\n`).join('')}`

test.each<[string, HostInput, setting: string, expected: unknown]>([
  ['k3s itself says it', k3s({}), 'anonymous-auth', false],
  ['k3s itself says it, in files', k3s({ [CONFIG]: '' }), 'authorization-mode', ['Node', 'RBAC']],
  ['nobody says it: the default of the API server', k3s({}), 'audit-log-path', ''],
  ['a value that k3s decides is not known', k3s({}), 'etcd-servers', undefined],
  ['a port that follows another', k3s({ [CONFIG]: 'https-listen-port: 7443' }), 'secure-port', 7444],
  ['the file says it', k3s({ [CONFIG]: listOf('profiling=true') }), 'profiling', true],
  ['a text in place of a list', k3s({ [CONFIG]: 'kube-apiserver-arg: profiling=true' }), 'profiling', true],
  ['a folder alone', k3s({ [`${CONFIG}.d/10-a.yaml`]: listOf('profiling=true') }), 'profiling', true],
  [
    'a later file takes the place of an earlier one',
    k3s({ [CONFIG]: listOf('anonymous-auth=true'), [`${CONFIG}.d/10-a.yaml`]: listOf('profiling=true') }),
    'anonymous-auth',
    false,
  ],
  [
    'with a plus it is added to it',
    k3s({
      [CONFIG]: listOf('anonymous-auth=true'),
      [`${CONFIG}.d/10-a.yaml`]: listOf('profiling=true').replace('arg:', 'arg+:'),
    }),
    'anonymous-auth',
    true,
  ],
  [
    'the last of several files',
    k3s({
      [`${CONFIG}.d/20-b.yml`]: listOf('profiling=false'),
      [`${CONFIG}.d/10-a.yaml`]: listOf('profiling=true'),
    }),
    'profiling',
    false,
  ],
  [
    'a file of another name is not read',
    k3s({ [`${CONFIG}.d/10-a.txt`]: listOf('profiling=true') }),
    'profiling',
    false,
  ],
  [
    'the unit says it behind the file',
    k3s({ [CONFIG]: listOf('profiling=true') }, "server '--kube-apiserver-arg=profiling=false'"),
    'profiling',
    false,
  ],
  [
    'the unit says it in two words',
    k3s({}, 'server --kube-apiserver-arg profiling=true --disable traefik'),
    'profiling',
    true,
  ],
  [
    'the unit names another file',
    k3s({ '/srv/k3s.yaml': listOf('profiling=true') }, 'server --config /srv/k3s.yaml'),
    'profiling',
    true,
  ],
  [
    'a list that is added to that of k3s',
    k3s({ [CONFIG]: listOf('enable-admission-plugins+=AlwaysPullImages') }),
    'enable-admission-plugins',
    ['NodeRestriction', 'AlwaysPullImages'],
  ],
  [
    'a list before that of k3s',
    k3s({ [CONFIG]: listOf('enable-admission-plugins-=AlwaysPullImages') }),
    'enable-admission-plugins',
    ['AlwaysPullImages', 'NodeRestriction'],
  ],
  [
    'a list in the place of that of k3s',
    k3s({ [CONFIG]: listOf('enable-admission-plugins=AlwaysPullImages') }),
    'enable-admission-plugins',
    ['AlwaysPullImages'],
  ],
  ['a switch without a value', k3s({ [CONFIG]: listOf('profiling') }), 'profiling', true],
  [
    'encryption of Secrets',
    k3s({ [CONFIG]: 'secrets-encryption: true' }),
    'encryption-provider-config',
    '/var/lib/rancher/k3s/server/cred/encryption-config.json',
  ],
  [
    'another folder of data',
    k3s({ [CONFIG]: 'data-dir: /data' }),
    'client-ca-file',
    '/data/server/tls/client-ca.crt',
  ],
  [
    'a file of authentication decides about strangers, and is not here',
    k3s({ [CONFIG]: listOf('authentication-config=/x.yaml') }),
    'anonymous-auth',
    undefined,
  ],
  ['the file is no YAML', k3s({ [CONFIG]: 'a: [' }), 'profiling', undefined],
  ['the file is a list', k3s({ [CONFIG]: '- a' }), 'profiling', undefined],
  ['the unit names a file that is not there', k3s({}, 'server -c /srv/k3s.yaml'), 'profiling', undefined],
  [
    'the unit has a variable that nobody knows',
    k3s({
      [UNIT]: '[Service]\nEnvironmentFile=/etc/absent\nExecStart=/usr/local/bin/k3s server $K3S_MORE\n',
    }),
    'profiling',
    undefined,
  ],
  [
    'the unit was not seen, and the process hides its arguments',
    { files: { [CONFIG]: '', '/proc/501/cmdline': '/usr/local/bin/k3s server\0\0\0' } },
    'anonymous-auth',
    undefined,
  ],
])('the API server: %s', async (_name, host, name, expected) => {
  const [view] = await viewsOf(host)
  const fact = view?.setting(name)
  expect(view).toBeDefined()
  expect(fact?.known === true ? fact.value : undefined).toEqual(expected)
})

test('others of the control plane', async () => {
  const host = k3s({
    [CONFIG]:
      'kube-controller-manager-arg: [terminated-pod-gc-threshold=10]\nkube-scheduler-arg: profiling=true',
  })
  const [manager] = await viewsOf(host, controllerManagersOf)
  expect(manager?.setting('use-service-account-credentials')).toMatchObject({ value: true })
  expect(manager?.setting('terminated-pod-gc-threshold')).toMatchObject({ value: 10 })
  expect(manager?.setting('controllers')).toMatchObject({ known: false })
  const [scheduler] = await viewsOf(host, schedulersOf)
  expect(scheduler?.setting('profiling')).toMatchObject({ value: true })
  expect(scheduler?.setting('bind-address')).toMatchObject({ value: '127.0.0.1' })
})

test('a component that k3s is told not to run', async () => {
  const views = await viewsOf(k3s({ [CONFIG]: 'disable-scheduler: true' }), schedulersOf)
  expect(views.map(({ unseen }) => unseen?.reason)).toEqual(['no-source'])
})

test('evidence is the line of the file, and the fix is for it', async () => {
  const [view] = await viewsOf(k3s({ [CONFIG]: `token: x\n${listOf('profiling=true')}` }))
  const setting = view?.config.settings.find((each) => each.setting === 'profiling')
  expect(setting?.source).toMatchObject({ kind: 'flag', file: CONFIG, line: 3 })
  expect(setting?.origin).toMatchObject({ kind: 'process', place: { file: CONFIG, host: 'a', line: 3 } })
  expect(view?.change('profiling', false)).toMatchObject({
    edits: [],
    restart: 'systemctl try-restart k3s',
    text: expect.stringContaining(
      '`kube-apiserver-arg` in `/etc/rancher/k3s/config.yaml` the item `profiling=false`',
    ) as string,
  })
})

test('files behind its flags are read', async () => {
  const host = k3s({
    [CONFIG]: listOf('audit-policy-file=/srv/audit.yaml'),
    '/srv/audit.yaml': 'kind: Policy',
    '/srv/psa.yaml': 'kind: AdmissionConfiguration',
    [UNIT]:
      '[Service]\nExecStart=/usr/local/bin/k3s server --kube-apiserver-arg=admission-control-config-file=/srv/psa.yaml\n',
  })
  const [view] = await viewsOf(host)
  expect(view?.file?.('/srv/audit.yaml')?.text).toBe('kind: Policy')
  expect(view?.file?.('/srv/psa.yaml')?.text).toBe('kind: AdmissionConfiguration')
})

test("the kubelet's arguments come from the same files and the unit", async () => {
  const drops = '/var/lib/rancher/k3s/agent/etc/kubelet.conf.d'
  const host = k3s(
    {
      [CONFIG]: 'kubelet-arg: max-pods=50',
      [`${CONFIG}.d/a.yaml`]: 'kubelet-arg+: [event-qps=7]',
      [`${drops}/00-k3s-defaults.conf`]:
        'kind: KubeletConfiguration\napiVersion: kubelet.config.k8s.io/v1beta1\n',
    },
    "server '--kubelet-arg=pod-max-pids=100'",
  )
  const [kubelet] = await viewsOf(host, kubeletsOf)
  expect(['maxPods', 'eventRecordQPS', 'podPidsLimit'].map((name) => kubelet?.number(name))).toMatchObject([
    { value: 50 },
    { value: 7 },
    { value: 100 },
  ])
})
