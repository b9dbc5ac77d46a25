import { asList, asNumber, field } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { askContainers } from './ask-pod.js'
import { CONTROL_PORTS } from './control-ports.js'
import { podWith } from './example-pod.js'

export const podHostNetworkServicePort = defineCheck({
  id: 'pod-host-network-service-port',
  title: 'A pod takes a port of the node that belongs to a component of the cluster',
  severity: 'medium',
  because: 'whoever connects believes to speak with the component, and sends its credentials',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'A pod on the network of the node that listens where the kubelet, etcd or the API server would is taken for it: it gets tokens and client certificates, or keeps the component from starting.',
  references: [kubernetesDocs('reference/networking/ports-and-protocols/')],
  evaluate(workload, report) {
    if (workload.template.spec.hostNetwork !== true) return
    askContainers(workload, report, {
      reads: [{ of: 'container', path: ['ports', '*', 'containerPort'], type: 'number' }],
      severity: 'medium',
      judge: ({ name, spec }) =>
        asList(spec.ports).flatMap((port, index) => {
          const number = asNumber(field(port, 'containerPort'))
          const owner = number === undefined ? undefined : CONTROL_PORTS.get(number)
          if (number === undefined || owner === undefined) return []
          return [
            {
              message: `container \`${name}\` listens on port ${number} of the node, which is that of ${owner}`,
              at: ['ports', index, 'containerPort'],
              named: String(number),
              fix: advice('Let the program listen on another port, or give up hostNetwork.', {
                breaks: 'clients that use the port',
              }),
            },
          ]
        }),
    })
  },
  examples: {
    bad: podWith('ports:\n  - containerPort: 10250', 'hostNetwork: true'),
    good: podWith('ports:\n  - containerPort: 8080', 'hostNetwork: true'),
  },
})
