import { checkTests } from '../../../test/kit/check-tests.js'
import { serviceWith } from './example-service.js'
import { servicePublishUnready } from './service-publish-unready.js'

checkTests(servicePublishUnready, [
  {
    name: 'a Service for clients',
    kind: 'failing',
    given: { manifests: serviceWith('publishNotReadyAddresses: true') },
    expect: [{ result: 'fail', severity: 'info', path: 'spec.publishNotReadyAddresses', fix: 'advice' }],
  },
  { name: 'not set', kind: 'passing', given: { manifests: serviceWith('ports: []') }, expect: [] },
  {
    name: 'peers of a StatefulSet',
    kind: 'odd',
    given: { manifests: serviceWith('clusterIP: None\npublishNotReadyAddresses: true') },
    expect: [],
  },
  {
    name: 'a word',
    kind: 'unknown',
    given: { manifests: serviceWith('publishNotReadyAddresses: "yes"') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
