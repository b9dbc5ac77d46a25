import { expect, test } from 'vitest'
import type { EstateInput } from '../model/index.js'
import { estateFrom } from '../sources/index.js'
import { apiserversOf } from './apiserver/index.js'
import { controllerManagersOf, schedulersOf } from './flag-controllers.js'

const node = (labels: string, version: string): string =>
  `apiVersion: v1\nkind: Node\nmetadata: {name: n, labels: ${labels}}\nstatus: {nodeInfo: {kubeletVersion: ${version}}}\n`
const cp = (files: Record<string, string>, processes: string[] = []): EstateInput => ({
  hosts: { 'cp-1': { files, processes } },
})

test.each<[string, EstateInput, [host: string, managedBy: string | undefined, detail: RegExp][]]>([
  ['a worker alone', { hosts: { w: { processes: ['/usr/bin/kubelet'] } } }, []],
  ['a host of etcd alone', { hosts: { e: { processes: ['/usr/bin/etcd'] } } }, []],
  ['manifests alone', { manifests: node('{}', 'v1.36.2') }, []],
  [
    'a host with the key of the cluster',
    cp({ '/etc/kubernetes/pki/ca.key': '' }),
    [['cp-1', undefined, /cp-1 is a host of the control plane, and neither/]],
  ],
  [
    'a server of k3s',
    // k3s puts this title in place of its arguments.
    cp({ '/etc/rancher/k3s/config.yaml': '', '/proc/501/cmdline': '/usr/local/bin/k3s server\0\0' }),
    [['cp-1', undefined, /k3s runs kube-apiserver in its own process/]],
  ],
  ['an agent of k3s', cp({ '/etc/rancher/k3s/config.yaml': '' }, ['/usr/local/bin/k3s agent']), []],
  [
    'a server of rke2 whose manifests were not read',
    cp({ '/etc/rancher/rke2/config.yaml': '' }, ['/usr/local/bin/rke2 server']),
    [['cp-1', undefined, /neither a process/]],
  ],
  [
    'a whole cluster without its pods',
    { manifests: node('{}', 'v1.36.2'), complete: true },
    [['control plane', undefined, /no pod of the cluster/]],
  ],
  [
    'a whole cluster of k3s',
    { manifests: node('{}', 'v1.34.1+k3s1'), complete: true },
    [['control plane', undefined, /k3s runs/]],
  ],
  [
    'nodes of EKS',
    { manifests: node('{}', 'v1.34.1-eks-113cf36') },
    [['control plane', 'Amazon EKS', /EKS/]],
  ],
  ['nodes of GKE', { manifests: node('{}', 'v1.34.1-gke.100') }, [['control plane', 'Google GKE', /GKE/]]],
  [
    'nodes of AKS',
    { manifests: node('{kubernetes.azure.com/mode: system}', 'v1.34.1') },
    [['control plane', 'Azure AKS', /AKS/]],
  ],
  [
    'hosts of AKS',
    {
      hosts: {
        a: { files: { '/etc/kubernetes/azure.json': '{}' } },
        b: { files: { '/etc/kubernetes/azure.json': '{}' } },
      },
    },
    [['control plane', 'Azure AKS', /AKS/]],
  ],
  ['labels that are none', { manifests: node('[1]', '7') }, []],
])('%s', async (_name, input, expected) => {
  const views = apiserversOf(await estateFrom(input))
  const found = views.map(({ host, managedBy, unseen }) => [host, managedBy, unseen?.detail])
  expect(found).toEqual(expected.map(([host, by, detail]) => [host, by, expect.stringMatching(detail)]))
  for (const view of views) {
    expect(view.setting('profiling')).toMatchObject({ known: false })
    expect(view.change('profiling', false)).toMatchObject({ edits: [], commands: [] })
  }
})

test('each component of the control plane has views of its own', async () => {
  const pod = (name: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: kube-system}\nspec:\n  containers:\n  - name: a\n    command: [${name}, --profiling=false]\n`
  const estate = await estateFrom(
    cp({ '/etc/kubernetes/manifests/kube-scheduler.yaml': pod('kube-scheduler') }),
  )
  expect(schedulersOf(estate).map((view) => view.boolean('profiling'))).toMatchObject([{ value: false }])
  expect(controllerManagersOf(estate)).toMatchObject([{ host: 'cp-1', unseen: { reason: 'no-source' } }])
  expect(apiserversOf(estate)).toMatchObject([{ host: 'cp-1', unseen: { reason: 'no-source' } }])
})
