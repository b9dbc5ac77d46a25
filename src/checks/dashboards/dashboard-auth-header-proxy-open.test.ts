import { checkTests } from '../../../test/kit/check-tests.js'
import { dashboardAuthHeaderProxyOpen } from './dashboard-auth-header-proxy-open.js'
import { consoleWith } from './example-console.js'

const image = 'grafana/grafana:12.2.0'
const enabled = { name: 'GF_AUTH_PROXY_ENABLED', value: 'true' }

checkTests(dashboardAuthHeaderProxyOpen, [
  {
    name: 'every address is believed',
    kind: 'failing',
    given: { manifests: consoleWith({ image, env: [enabled] }, 'NodePort') },
    expect: [{ result: 'fail', severity: 'high', line: 15, message: /NodePort/, fix: 'advice' }],
  },
  {
    name: 'an empty list is no list',
    kind: 'odd',
    given: {
      manifests: consoleWith({ image, env: [enabled, { name: 'GF_AUTH_PROXY_WHITELIST', value: '' }] }),
    },
    expect: [{ result: 'fail' }],
  },
  {
    name: 'a list of addresses',
    kind: 'passing',
    given: {
      manifests: consoleWith({
        image,
        env: [enabled, { name: 'GF_AUTH_PROXY_WHITELIST', value: '10.1.2.3' }],
      }),
    },
    expect: [],
  },
  { name: 'no proxy', kind: 'passing', given: { manifests: consoleWith({ image, env: [] }) }, expect: [] },
  {
    name: 'the value comes from a Secret',
    kind: 'unknown',
    given: {
      manifests: consoleWith({
        image,
        env: [{ name: 'GF_AUTH_PROXY_ENABLED', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }],
      }),
    },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
