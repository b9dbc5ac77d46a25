import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentWith, serviceWith } from './example-service.js'
import { serviceSensitivePort } from './service-sensitive-port.js'

checkTests(serviceSensitivePort, [
  {
    name: 'a database behind a load balancer',
    kind: 'failing',
    given: { manifests: serviceWith('type: LoadBalancer\nports: [{ port: 5432 }]') },
    expect: [{ result: 'fail', severity: 'high', line: 6, fix: 'advice', message: /^PostgreSQL/ }],
  },
  {
    name: 'a named port of its pods, through external addresses',
    kind: 'failing',
    given: {
      manifests: `${serviceWith('selector: { app: web }\nexternalIPs: [192.0.2.1]\nports: [{ port: 80, targetPort: db }]')}---\n${deploymentWith('[{ name: db, containerPort: 6379 }]')}`,
    },
    expect: [{ result: 'fail', message: /^Redis .* externalIPs$/ }],
  },
  {
    name: 'an internal load balancer',
    kind: 'odd',
    given: {
      manifests: serviceWith(
        'type: LoadBalancer\nports: [{ port: 9200 }]',
        ', annotations: { networking.gke.io/load-balancer-type: Internal }',
      ),
    },
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'other ports, and inside of the cluster',
    kind: 'passing',
    given: {
      manifests: `${serviceWith('type: NodePort\nports: [{ port: 443, targetPort: 8443 }]')}---\n${serviceWith('ports: [{ port: 6379 }]').replace('name: web', 'name: db')}`,
    },
    expect: [],
  },
  {
    name: 'a name, and no pods',
    kind: 'unknown',
    given: {
      manifests: serviceWith(
        'type: NodePort\nselector: { app: web }\nports: [{ port: 80, targetPort: http }]',
      ),
    },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
