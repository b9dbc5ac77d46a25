import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentIn, namespaceWith } from './example-namespace.js'
import { namespacePodSecurityPrivileged } from './namespace-pod-security-privileged.js'

const LABEL = 'pod-security.kubernetes.io/enforce'
const privileged = (name?: string): string => namespaceWith({ [LABEL]: 'privileged' }, name)
const flannel = deploymentIn(
  'kube-flannel-2',
  { hostNetwork: true },
  { image: 'ghcr.io/flannel-io/flannel:v0.27.0', args: ['--ip-masq', '--kube-subnet-mgr'] },
).replace('"Deployment"', '"DaemonSet"')

checkTests(namespacePodSecurityPrivileged, [
  {
    name: 'nothing in it needs that',
    kind: 'failing',
    given: { manifests: `${privileged()}${deploymentIn('shop')}` },
    expect: [{ result: 'fail', severity: 'medium', line: 5, message: /none/, fix: 'advice' }],
  },
  {
    name: 'every pod was read',
    kind: 'failing',
    given: {
      complete: true,
      manifests: `${privileged()}---\napiVersion: v1\nkind: Pod\nmetadata: { name: p, namespace: x }\nspec: { containers: [] }\n`,
    },
    expect: [{ result: 'fail', fix: 'patch' }],
  },
  {
    name: 'a workload breaks baseline',
    kind: 'failing',
    given: { manifests: `${privileged()}${deploymentIn('shop', { hostPID: true })}` },
    expect: [{ result: 'fail', severity: 'medium', message: /1 workload/, fix: 'advice' }],
  },
  {
    name: 'a network agent runs there',
    kind: 'odd',
    given: {
      manifests: `${privileged('calico-system')}${deploymentIn(
        'calico-system',
        { volumes: [{ name: 'c', hostPath: { path: '/etc/cni/net.d' } }] },
        { image: 'docker.io/calico/node:v3.30.0' },
      ).replace('"Deployment"', '"DaemonSet"')}`,
    },
    expect: [{ result: 'fail', severity: 'info', message: /Calico/ }],
  },
  {
    name: 'a copy of one in a namespace of its own',
    kind: 'odd',
    given: { manifests: `${privileged('kube-flannel-2')}${flannel}` },
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  { name: 'kube-system', kind: 'passing', given: { manifests: privileged('kube-system') }, expect: [] },
  {
    name: 'another level',
    kind: 'passing',
    given: { manifests: namespaceWith({ [LABEL]: 'baseline' }) },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: namespaceWith({ [LABEL]: ['privileged'] }) },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
