import { checkTests } from '../../../test/kit/check-tests.js'
import { serviceWith } from './example-service.js'
import { serviceNodePort } from './service-node-port.js'

checkTests(serviceNodePort, [
  {
    name: 'with its port',
    kind: 'failing',
    given: { manifests: serviceWith('type: NodePort\nports: [{ port: 80, nodePort: 30080 }]') },
    expect: [
      { result: 'fail', severity: 'low', path: 'spec.type', line: 5, fix: 'advice', message: /30080/ },
    ],
  },
  {
    name: 'the port is given later',
    kind: 'odd',
    given: { manifests: serviceWith('type: NodePort\nports: [{ port: 80 }]') },
    expect: [{ result: 'fail', message: /^a port/ }],
  },
  {
    name: 'other types',
    kind: 'passing',
    given: {
      manifests: `${serviceWith('ports: []')}---\n${serviceWith('type: LoadBalancer').replace('web', 'lb')}`,
    },
    expect: [],
  },
  {
    name: 'no text',
    kind: 'unknown',
    given: { manifests: serviceWith('type: [NodePort]') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
