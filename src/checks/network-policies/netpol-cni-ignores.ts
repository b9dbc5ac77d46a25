import { networkPluginsOf, type NetworkPlugin } from '../../kube/index.js'
import { unknown, type Origin } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs, nsa } from '../references.js'
import { documents, policyWith } from './example-network.js'

export const netpolCniIgnores = defineCheck({
  id: 'netpol-cni-ignores',
  title: 'The network plug-in does not enforce NetworkPolicies',
  severity: 'high',
  because: 'the policies of the cluster are not in force; medium while there are none',
  reach: 'pod',
  appliesTo: 'estate',
  why: 'The API server takes a NetworkPolicy whether or not anything enforces it. Under a plug-in that does not, every pod reaches every other, and whoever reads the policies believes the opposite.',
  references: [
    cis('5.3.1'),
    nsa('network policies'),
    kubernetesDocs('concepts/services-networking/network-policies/#prerequisites'),
  ],
  evaluate({ estate, index }, report) {
    const policies = index.ofKind('networking.k8s.io', 'NetworkPolicy')
    const plugins = networkPluginsOf(index, estate.hosts)
    if (plugins.some(({ enforces }) => enforces)) return
    const [ignoring] = plugins
    if (ignoring === undefined) {
      const [first] = policies
      if (first === undefined) return
      const origin = { kind: 'object', object: first, path: ['metadata', 'name'] } as const
      const detail = `no network plug-in was recognised that tells whether the ${policies.length} policies are enforced`
      return report.unknown(unknown('no-source', detail, origin))
    }
    const origin = placeOf(ignoring)
    if (ignoring.object !== undefined && !index.holdsAll('apps', 'DaemonSet') && !index.completeByWord) {
      const detail = `${ignoring.name} does not enforce policies, and what else runs on the nodes was not all read`
      return report.unknown(unknown('no-source', detail, origin))
    }
    const message = `${ignoring.name} does not enforce NetworkPolicies: ${ignoring.detail ?? 'it only moves packets'}`
    report.fail(
      { origin, key: `plug-in ${ignoring.name}`, message: `the network plug-in is ${ignoring.name}` },
      {
        message: policies.length === 0 ? message : `${message}; ${policies.length} policies are not in force`,
        ...(policies.length === 0
          ? { severity: 'medium', because: 'no policy was read that would not be enforced' }
          : {}),
        fix: advice('Run a plug-in that enforces policies, or switch enforcement on in this one.', {
          breaks:
            'connections that existing policies deny and nobody noticed, from the moment they are enforced',
        }),
      },
    )
  },
  examples: {
    bad: {
      complete: true,
      manifests: documents(agentOf('ghcr.io/flannel-io/flannel:v0.27.4'), policyWith('podSelector: {}')),
    },
    good: {
      complete: true,
      manifests: documents(agentOf('quay.io/cilium/cilium:v1.18.2'), policyWith('podSelector: {}')),
    },
  },
})

function placeOf({ object, host = '', file = '' }: NetworkPlugin): Origin {
  return object === undefined
    ? { kind: 'file', host, file: file === '' ? '/etc/rancher/k3s/config.yaml' : file }
    : { kind: 'object', object, path: ['spec', 'template', 'spec', 'containers'] }
}

function agentOf(image: string): string {
  return `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: network, namespace: kube-system }
spec:
  selector: { matchLabels: { app: network } }
  template:
    metadata: { labels: { app: network } }
    spec:
      containers: [{ name: agent, image: "${image}" }]
`
}
