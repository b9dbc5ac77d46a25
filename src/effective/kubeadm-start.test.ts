import { expect, test } from 'vitest'
import type { EstateInput } from '../model/index.js'
import { estateFrom } from '../sources/index.js'
import { apiserversOf } from './apiserver/index.js'
import { etcdsOf } from './etcd/index.js'
import { controllerManagersOf, schedulersOf } from './flag-controllers.js'
import type { ComponentView } from './component.js'

const indented = (text: string): string => text.replace(/^/gm, '    ')

function config(more: string, version = 'v1.36.3', api = 'v1beta4'): string {
  return `apiVersion: v1
kind: ConfigMap
metadata: {name: kubeadm-config, namespace: kube-system}
data:
  ClusterConfiguration: |
${indented(`apiVersion: kubeadm.k8s.io/${api}
kind: ClusterConfiguration
certificatesDir: /etc/kubernetes/pki
kubernetesVersion: ${version}
networking: {dnsDomain: cluster.local, serviceSubnet: 10.96.0.0/12, podSubnet: 10.244.0.0/16}
${more}`)}
`
}

const list = (part: string, ...args: [string, string][]): string =>
  `${part}:\n  extraArgs:\n${args.map(([name, value]) => `  - {name: ${name}, value: "${value}"}`).join('\n')}`

const manifests = (text: string): EstateInput => ({ manifests: text })
const OF: Readonly<Record<string, (estate: Parameters<typeof apiserversOf>[0]) => ComponentView[]>> = {
  apiserver: apiserversOf,
  manager: controllerManagersOf,
  scheduler: schedulersOf,
  etcd: etcdsOf,
}

test.each<[string, EstateInput, component: string, setting: string, expected: unknown]>([
  [
    'a list says it',
    manifests(config(list('apiServer', ['profiling', 'false']))),
    'apiserver',
    'profiling',
    false,
  ],
  [
    'a map of v1beta3 says it',
    manifests(config('apiServer:\n  extraArgs:\n    profiling: "false"', 'v1.30.2', 'v1beta3')),
    'apiserver',
    'profiling',
    false,
  ],
  ['nobody says it', manifests(config('')), 'apiserver', 'profiling', undefined],
  ['nobody says whether strangers come in', manifests(config('')), 'apiserver', 'anonymous-auth', undefined],
  ['nobody says that nothing is recorded', manifests(config('')), 'apiserver', 'audit-backends', undefined],
  ['kubeadm says it', manifests(config('')), 'apiserver', 'authorization-mode', ['Node', 'RBAC']],
  [
    'kubeadm makes it of a field',
    manifests(config('')),
    'apiserver',
    'client-ca-file',
    '/etc/kubernetes/pki/ca.crt',
  ],
  [
    'kubeadm of a version that is not known',
    manifests(config(list('apiServer', ['profiling', 'false']), 'v1.22.1')),
    'apiserver',
    'authorization-mode',
    undefined,
  ],
  [
    'a list beats kubeadm',
    manifests(config(list('apiServer', ['authorization-mode', 'AlwaysAllow']))),
    'apiserver',
    'authorizers',
    ['AlwaysAllow'],
  ],
  [
    'with a file of authorizers kubeadm names none, and the file is not here',
    manifests(config(list('apiServer', ['authorization-config', '/etc/kubernetes/authz.yaml']))),
    'apiserver',
    'authorizers',
    undefined,
  ],
  [
    'a flag that stands twice adds up where it is a list',
    manifests(
      config(
        list('apiServer', ['service-account-issuer', 'https://a'], ['service-account-issuer', 'https://b']),
      ),
    ),
    'apiserver',
    'service-account-issuer',
    ['https://a', 'https://b'],
  ],
  [
    'v1 appends to what kubeadm says',
    manifests(
      config(
        'apiServer:\n  extraArgs:\n  - {name: enable-admission-plugins, value: ",AlwaysPullImages", mergeMethod: append}',
        'v1.37.2',
        'v1',
      ),
    ),
    'apiserver',
    'enable-admission-plugins',
    ['NodeRestriction', 'AlwaysPullImages'],
  ],
  [
    'v1 puts before what kubeadm says',
    manifests(
      config(
        'apiServer:\n  extraArgs:\n  - {name: enable-admission-plugins, value: "AlwaysPullImages,", mergeMethod: prepend}',
        'v1.37.2',
        'v1',
      ),
    ),
    'apiserver',
    'enable-admission-plugins',
    ['AlwaysPullImages', 'NodeRestriction'],
  ],
  ['an address of the node', manifests(config('')), 'apiserver', 'advertise-address', undefined],
  ['the addresses of pods', manifests(config('')), 'manager', 'cluster-cidr', '10.244.0.0/16'],
  ['the key that may be elsewhere', manifests(config('')), 'manager', 'cluster-signing-key-file', undefined],
  ['the scheduler', manifests(config('')), 'scheduler', 'bind-address', '127.0.0.1'],
  ['etcd of kubeadm', manifests(config('etcd: {local: {dataDir: /data}}')), 'etcd', 'client-cert-auth', true],
  ['etcd elsewhere', manifests(config('etcd: {local: {dataDir: /data}}')), 'etcd', 'data-dir', '/data'],
  ['etcd, which nobody tells it', manifests(config('')), 'etcd', 'auto-tls', undefined],
  [
    'etcd is told',
    manifests(config('etcd:\n  local:\n    extraArgs:\n    - {name: client-cert-auth, value: "false"}')),
    'etcd',
    'client-cert-auth',
    false,
  ],
  [
    'another etcd',
    manifests(config('etcd:\n  external: {endpoints: ["http://10.0.0.9:2379"]}')),
    'apiserver',
    'etcd-servers',
    ['http://10.0.0.9:2379'],
  ],
  [
    'a manifest that was seen beats it',
    {
      ...manifests(config(list('apiServer', ['profiling', 'false']))),
      hosts: { a: { processes: ['/usr/bin/kube-apiserver --profiling=true'] } },
    },
    'apiserver',
    'profiling',
    true,
  ],
])('%s', async (_name, input, component, name, expected) => {
  const views = OF[component]?.(await estateFrom(input)) ?? []
  expect(views).toHaveLength(1)
  const fact = views[0]?.setting(name)
  expect(fact?.known === true ? fact.value : undefined).toEqual(expected)
})

test('an etcd that kubeadm does not run has no view', async () => {
  const text = config('etcd:\n  external: {endpoints: ["https://10.0.0.9:2379"]}')
  expect(etcdsOf(await estateFrom(manifests(text)))).toEqual([])
})

test.each([
  ['no YAML', 'apiServer: [}'],
  ['a text', 'apiServer: x\n---\n- 1'],
  ['a switch without quotation marks', 'apiServer:\n  extraArgs:\n    profiling: false'],
  ['a list of texts', 'apiServer:\n  extraArgs: [profiling]'],
  ['a number for everything', 'apiServer:\n  extraArgs: 7'],
])('bad input, %s: nothing is known', async (_name, text) => {
  for (const view of apiserversOf(await estateFrom(manifests(config(text)))).concat()) {
    if (text.includes('extraArgs')) expect(view.setting('profiling')).toMatchObject({ reason: 'unparsable' })
    expect(view.setting('profiling').known).toBe(false)
  }
})

test.each([
  ['of another namespace', (text: string) => text.replace('kube-system', 'default')],
  [
    'of another kind',
    (text: string) => text.replace('kind: ClusterConfiguration', 'kind: InitConfiguration'),
  ],
  ['without its document', (text: string) => text.replace('ClusterConfiguration: |', 'Other: |')],
])('a ConfigMap %s says nothing', async (_name, change) => {
  const text = change(config(list('apiServer', ['profiling', 'false'])))
  expect(apiserversOf(await estateFrom(manifests(text)))).toEqual([])
})

test('says who says it, and why the rest is not known', async () => {
  const text = config(list('apiServer', ['profiling', 'false']))
  const [view] = apiserversOf(await estateFrom(manifests(text)))
  expect(view).toMatchObject({ host: 'control plane', distribution: 'kubeadm', version: { value: '1.36.3' } })
  const sourceOf = (name: string) => view?.config.settings.find(({ setting }) => setting === name)?.source
  expect(sourceOf('profiling')).toMatchObject({
    described: 'kubeadm would write it from ConfigMap kube-system/kubeadm-config',
    path: ['apiServer', 'extraArgs', 0],
  })
  expect(sourceOf('authorization-mode')).toMatchObject({
    described: 'kubeadm itself writes it for Kubernetes v1.36.3',
  })
  expect(view?.setting('anonymous-auth')).toMatchObject({
    reason: 'no-source',
    detail: expect.stringMatching(/^neither kubeadm nor its ConfigMap/) as string,
  })
  expect(view?.change('profiling', true)).toMatchObject({
    edits: [],
    text: expect.stringMatching(/apiServer\.extraArgs.*each node of the control plane/) as string,
  })
  expect(view?.config.refusal).toBeUndefined()
})
