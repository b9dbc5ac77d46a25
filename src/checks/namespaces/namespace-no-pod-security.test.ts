import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentIn, namespaceWith, RESTRICTED_CONTAINER, RESTRICTED_POD } from './example-namespace.js'
import { namespaceNoPodSecurity } from './namespace-no-pod-security.js'

const NAMESPACE = namespaceWith({ team: 'web' })
const POD =
  '---\napiVersion: v1\nkind: Pod\nmetadata: { name: x, namespace: other }\nspec: { containers: [] }\n'
const defaults = (enforce: string, exempt: string): object => ({
  'cp-1': {
    files: {
      '/etc/rancher/rke2/rke2-pss.yaml': `apiVersion: pod-security.admission.config.k8s.io/v1\nkind: PodSecurityConfiguration\ndefaults: { enforce: ${enforce} }\nexemptions: { namespaces: [${exempt}] }\n`,
    },
  },
})

checkTests(namespaceNoPodSecurity, [
  {
    name: 'no label; what it runs was not all read',
    kind: 'failing',
    given: { manifests: NAMESPACE },
    expect: [{ result: 'fail', severity: 'medium', line: 5, fix: 'advice' }],
  },
  {
    name: 'everything in it keeps to restricted',
    kind: 'failing',
    given: {
      complete: true,
      manifests: `${NAMESPACE}${deploymentIn('shop', RESTRICTED_POD, RESTRICTED_CONTAINER)}${POD}`,
    },
    expect: [{ result: 'fail', severity: 'medium', fix: 'patch' }],
  },
  {
    name: 'a privileged workload: named, and first to be changed',
    kind: 'failing',
    given: {
      complete: true,
      manifests: `${NAMESPACE}${deploymentIn('shop', { hostPID: true }, { securityContext: { privileged: true } })}${POD}`,
    },
    expect: [
      {
        result: 'fail',
        severity: 'high',
        message: /Deployment web \(hostNamespaces, privileged\)/,
        fix: 'advice',
      },
    ],
  },
  {
    name: 'a workload of another namespace',
    kind: 'odd',
    given: { manifests: `${NAMESPACE}${deploymentIn('other', { hostPID: true })}` },
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'a label, though a wrong one',
    kind: 'odd',
    given: { manifests: namespaceWith({ 'pod-security.kubernetes.io/enforce': 'high' }) },
    expect: [],
  },
  {
    name: 'the API server enforces baseline where no label says otherwise',
    kind: 'passing',
    given: { manifests: NAMESPACE, hosts: defaults('baseline', 'kube-system') as never },
    expect: [],
  },
  {
    name: 'but exempts this one',
    kind: 'odd',
    given: { manifests: NAMESPACE, hosts: defaults('baseline', 'shop') as never },
    expect: [{ result: 'fail', message: /shop/ }],
  },
  {
    name: 'kube-system',
    kind: 'passing',
    given: { manifests: namespaceWith({}, 'kube-system') },
    expect: [],
  },
  {
    name: 'a network plug-in that must be privileged',
    kind: 'odd',
    given: {
      manifests: `${namespaceWith({}, 'calico-system')}${deploymentIn(
        'calico-system',
        { hostNetwork: true, volumes: [{ name: 'c', hostPath: { path: '/etc/cni/net.d' } }] },
        { image: 'docker.io/calico/node:v3.30.0' },
        'calico-node',
      ).replace('"Deployment"', '"DaemonSet"')}`,
    },
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: NAMESPACE.replace(/labels: .*/, 'labels: [a]') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
