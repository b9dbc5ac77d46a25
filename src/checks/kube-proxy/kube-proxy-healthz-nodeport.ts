import { asList, asString, field, unknown, valueAt, type KubeObject } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { settingEvidence } from '../judge-setting.js'
import { kubernetesDocs } from '../references.js'
import { kubeProxyWith } from './example-kube-proxy.js'

export const kubeProxyHealthzNodeport = defineCheck({
  id: 'kube-proxy-healthz-nodeport',
  title: 'Node ports are open on the public addresses of nodes',
  severity: 'info',
  because:
    'advice: every Service of type NodePort is reached from the internet unless a firewall stands before it',
  reach: 'unauthenticated',
  appliesTo: 'kube-proxy',
  why: 'Without nodePortAddresses, kube-proxy serves node ports, and the health port of services, on every address of a node.',
  references: [
    kubernetesDocs('reference/config-api/kube-proxy-config.v1alpha1/'),
    kubernetesDocs('reference/networking/virtual-ips/'),
  ],
  evaluate(proxy, report) {
    const addresses = proxy.strings('nodePortAddresses')
    const mode = proxy.string('mode')
    if (!addresses.known) return report.unknown(addresses)
    if (addresses.value.length > 0) return
    // In this mode the default is the primary address of a node.
    // Source: kubernetes v1.36.2 cmd/kube-proxy/app/server_linux.go, platformApplyDefaults.
    if (mode.known && mode.value === 'nftables') return
    const nodes = proxy.index.ofKind('', 'Node')
    if (nodes.length === 0)
      return report.unknown(
        unknown('no-source', 'no Node was read: whether nodes have public addresses is not known'),
      )
    const open = nodes.filter(isPublic).map(({ ref }) => ref.name)
    if (open.length === 0) return
    const shown = open.sort().slice(0, 5).join(', ')
    report.fail(settingEvidence(proxy, 'nodePortAddresses', addresses.origin), {
      message: `node ports are open on public addresses of ${shown}${open.length > 5 ? ` and ${open.length - 5} more` : ''}`,
      fix: {
        ...proxy.change('nodePortAddresses', ['primary']),
        breaks: 'who reaches node ports on another address of a node, as load balancers may',
      },
    })
  },
  examples: {
    bad: kubeProxyWith('mode: iptables', nodeWith('ExternalIP', '203.0.113.7')),
    good: kubeProxyWith('nodePortAddresses: [primary]', nodeWith('ExternalIP', '203.0.113.7')),
  },
})

function nodeWith(type: string, address: string): string {
  return `apiVersion: v1
kind: Node
metadata: {name: node-1}
status: {addresses: [{type: ${type}, address: ${address}}]}
`
}

function isPublic({ content }: KubeObject): boolean {
  return asList(valueAt(content, ['status', 'addresses'])).some(
    (each) => asString(field(each, 'type')) === 'ExternalIP' && asString(field(each, 'address')) !== '',
  )
}
