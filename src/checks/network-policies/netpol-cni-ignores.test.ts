import { checkTests } from '../../../test/kit/check-tests.js'
import { documents, policyWith } from './example-network.js'
import { netpolCniIgnores } from './netpol-cni-ignores.js'

const POLICY = policyWith('podSelector: {}')
const agent = (...containers: string[]) => `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: network, namespace: kube-system }
spec:
  template:
    spec: { containers: [${containers.join(', ')}] }
`
const FLANNEL = agent('{ name: a, image: "docker.io/flannel/flannel:v0.27.0" }')
const CALICO = agent('{ name: c, image: "quay.io/calico/node:v3.30.0" }').replace(
  'name: network',
  'name: calico',
)
const CNI = '602401143452.dkr.ecr.eu-west-1.amazonaws.com/amazon-k8s-cni:v1.20.0'
const AGENT = '602401143452.dkr.ecr.eu-west-1.amazonaws.com/amazon/aws-network-policy-agent:v1.2.0'
const vpc = (flag: string) =>
  agent(
    `{ name: aws-node, image: "${CNI}" }`,
    `{ name: agent, image: "${AGENT}", args: ["--enable-network-policy=${flag}"] }`,
  )
const host = (files: Record<string, string>, processes: string[] = []) => ({ 'node-1': { files, processes } })

checkTests(netpolCniIgnores, [
  {
    name: 'flannel alone',
    kind: 'failing',
    given: { complete: true, manifests: documents(FLANNEL, POLICY) },
    expect: [{ result: 'fail', severity: 'high', path: 'plug-in flannel', fix: 'advice' }],
  },
  {
    name: 'the VPC CNI as EKS installs it, with and without policies',
    kind: 'failing',
    given: { complete: true, manifests: documents(vpc('false'), POLICY) },
    expect: [{ result: 'fail', severity: 'high', message: /agent is off/ }],
  },
  {
    name: 'no policy that would not be enforced',
    kind: 'odd',
    given: { complete: true, manifests: vpc('false') },
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'the agent is on',
    kind: 'passing',
    given: { complete: true, manifests: documents(vpc('true'), POLICY) },
    expect: [],
  },
  {
    name: 'Canal: Calico beside flannel',
    kind: 'passing',
    given: { manifests: documents(FLANNEL, CALICO, POLICY) },
    expect: [],
  },
  {
    name: 'k3s enforces by itself, unless told not to',
    kind: 'odd',
    given: {
      manifests: POLICY,
      hosts: host({ '/etc/rancher/k3s/config.yaml': 'disable-network-policy: true\n' }, [
        '/usr/local/bin/k3s server',
      ]),
    },
    expect: [{ result: 'fail', severity: 'high', file: '/etc/rancher/k3s/config.yaml' }],
  },
  {
    name: 'k3s as installed, and Cilium on a host',
    kind: 'passing',
    given: {
      manifests: POLICY,
      hosts: {
        a: {
          files: { '/etc/rancher/k3s/config.yaml': 'token: x\n' },
          processes: ['/usr/local/bin/k3s server'],
        },
        b: { files: { '/etc/cni/net.d/05-cilium.conflist': '{"plugins": [{"type": "cilium-cni"}]}' } },
      },
    },
    expect: [],
  },
  {
    name: 'flannel in the configuration of a host, and a file that is no JSON',
    kind: 'failing',
    given: {
      manifests: POLICY,
      hosts: {
        a: {
          files: {
            '/etc/cni/net.d/10-flannel.conflist': '{"plugins": [{"type": "flannel"}, {"type": "portmap"}]}',
          },
        },
        b: { files: { '/etc/cni/net.d/10-flannel.conflist': '{' } },
      },
    },
    expect: [{ result: 'fail', severity: 'high', file: '/etc/cni/net.d/10-flannel.conflist' }],
  },
  {
    name: 'flannel was read, what else runs was not',
    kind: 'unknown',
    given: { manifests: documents(FLANNEL, POLICY) },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'no plug-in was seen',
    kind: 'unknown',
    given: { manifests: POLICY },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
