import { asList, asNumber, field, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'
import { nsa } from '../references.js'
import { serviceWith } from './example-service.js'
import { serviceType } from './service-type.js'

export const serviceNodePort = defineCheck({
  id: 'service-node-port',
  title: 'A Service opens a port of every node',
  severity: 'low',
  because: 'whoever reaches a node reaches its pods, past load balancers, Ingresses and their TLS',
  reach: 'unauthenticated',
  appliesTo: 'object',
  kinds: ['Service'],
  why: 'A NodePort is open on every address of every node. What stands before the cluster to check requests can be passed by asking a node.',
  references: [
    nsa('network separation'),
    'https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport',
  ],
  evaluate(subject, report) {
    const { object } = subject
    if (serviceType(subject, report) !== 'NodePort') return
    const ports = asList(valueAt(object.content, ['spec', 'ports'])).flatMap(
      (port) => asNumber(field(port, 'nodePort')) ?? [],
    )
    const listed = ports.length === 0 ? 'a port' : `port ${ports.join(', ')}`
    report.fail(fieldEvidence(object, ['spec', 'type'], 'type is NodePort'), {
      message: `${listed} of every node leads to its pods`,
      fix: advice(
        'Use a ClusterIP Service behind an Ingress or a Gateway; where a NodePort is needed, close the range on the firewall of the nodes.',
        {
          breaks: 'clients that connect to a node',
        },
      ),
    })
  },
  examples: {
    bad: { manifests: serviceWith('type: NodePort\nports: [{ port: 80, nodePort: 30080 }]') },
    good: { manifests: serviceWith('ports: [{ port: 80 }]') },
  },
})
