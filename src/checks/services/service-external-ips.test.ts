import { checkTests } from '../../../test/kit/check-tests.js'
import { serviceWith } from './example-service.js'
import { serviceExternalIps } from './service-external-ips.js'

checkTests(serviceExternalIps, [
  {
    name: 'an address',
    kind: 'failing',
    given: { manifests: serviceWith('ports: [{ port: 443 }]\nexternalIPs:\n  - 192.0.2.10') },
    expect: [{ result: 'fail', severity: 'high', path: 'spec.externalIPs', fix: 'patch' }],
  },
  { name: 'none', kind: 'passing', given: { manifests: serviceWith('ports: [{ port: 443 }]') }, expect: [] },
  { name: 'an empty list', kind: 'odd', given: { manifests: serviceWith('externalIPs: []') }, expect: [] },
  {
    name: 'no list',
    kind: 'unknown',
    given: { manifests: serviceWith('externalIPs: 192.0.2.1') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
