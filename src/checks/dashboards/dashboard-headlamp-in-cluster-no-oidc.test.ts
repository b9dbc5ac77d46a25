import { checkTests } from '../../../test/kit/check-tests.js'
import { dashboardHeadlampInClusterNoOidc } from './dashboard-headlamp-in-cluster-no-oidc.js'
import { consoleWith } from './example-console.js'

const image = 'ghcr.io/headlamp-k8s/headlamp:v0.40.0'

checkTests(dashboardHeadlampInClusterNoOidc, [
  {
    name: 'no client',
    kind: 'failing',
    given: { manifests: consoleWith({ image, args: ['-in-cluster', '-plugins-dir=/plugins'] }) },
    expect: [{ result: 'fail', severity: 'high', line: 15, fix: 'advice' }],
  },
  {
    name: 'a client by flag',
    kind: 'passing',
    given: { manifests: consoleWith({ image, args: ['-in-cluster', '-oidc-client-id=$(OIDC_CLIENT_ID)'] }) },
    expect: [],
  },
  {
    name: 'a client by environment',
    kind: 'passing',
    given: {
      manifests: consoleWith({
        image,
        args: ['-in-cluster'],
        env: [
          {
            name: 'HEADLAMP_CONFIG_OIDC_CLIENT_ID',
            valueFrom: { secretKeyRef: { name: 'oidc', key: 'id' } },
          },
        ],
      }),
    },
    expect: [],
  },
  {
    name: 'under another name, told by its command line',
    kind: 'odd',
    given: {
      manifests: consoleWith({
        image: 'registry.example.com/ui:1',
        args: ['-in-cluster', '-plugins-dir=/p'],
      }),
    },
    expect: [{ result: 'fail' }],
  },
  {
    name: 'the environment comes from elsewhere',
    kind: 'unknown',
    given: {
      manifests: consoleWith({ image, args: ['-in-cluster'], envFrom: [{ secretRef: { name: 'oidc' } }] }),
    },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: consoleWith({ image, args: { 'in-cluster': true } }) },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
