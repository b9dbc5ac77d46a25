import { checkTests } from '../../../test/kit/check-tests.js'
import { swarmUnencryptedOverlay } from './swarm-unencrypted-overlay.js'
import { overlay, swarmWith } from './example-swarm.js'

checkTests(swarmUnencryptedOverlay, [
  {
    name: 'in clear text',
    kind: 'failing',
    given: swarmWith({ networks: [overlay('backend')] }),
    expect: [{ result: 'fail', severity: 'medium', path: 'Options', fix: 'advice' }],
  },
  {
    name: 'encrypted',
    kind: 'passing',
    given: swarmWith({ networks: [overlay('backend', { encrypted: '' })] }),
    expect: [],
  },
  {
    name: 'a bridge',
    kind: 'passing',
    given: swarmWith({ networks: [overlay('b', {}, { Driver: 'bridge', Scope: 'local' })] }),
    expect: [],
  },
  {
    name: 'the ingress network',
    kind: 'odd',
    given: swarmWith({ networks: [overlay('ingress', {}, { Ingress: true })] }),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'a swarm of one node',
    kind: 'odd',
    given: swarmWith({ nodes: 1, networks: [overlay('backend')] }),
    expect: [{ result: 'fail', severity: 'info' }],
  },
  {
    name: 'a network that services use',
    kind: 'odd',
    given: swarmWith({
      networks: [overlay('backend')],
      services: [
        { ID: 's', Spec: { Name: 'web', TaskTemplate: { Networks: [{ Target: 'id-of-backend' }] } } },
      ],
    }),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'networks without any daemon that was read',
    kind: 'unknown',
    given: { manifests: JSON.stringify([overlay('backend')]) },
    expect: [{ result: 'fail', severity: 'medium' }],
  },
])
