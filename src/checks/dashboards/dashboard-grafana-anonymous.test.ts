import { checkTests } from '../../../test/kit/check-tests.js'
import { dashboardGrafanaAnonymous } from './dashboard-grafana-anonymous.js'
import { consoleWith } from './example-console.js'

const image = 'grafana/grafana:12.2.0'
const variable = (value: string) => [{ name: 'GF_AUTH_ANONYMOUS_ENABLED', value }]
const mounted = (
  ini: string,
): string => `${consoleWith({ image }).replace('      containers:', '      volumes: [{ name: config, configMap: { name: grafana } }]\n      containers:')}---
apiVersion: v1
kind: ConfigMap
metadata: { name: grafana, namespace: tools }
data:
  grafana.ini: ${JSON.stringify(ini)}
`
const INI =
  '[server]\nroot_url = x\n[auth.anonymous]\n; enabled = false\nenabled = true\norg_role = Admin\n[log]\nenabled = false\n'

checkTests(dashboardGrafanaAnonymous, [
  {
    name: 'the environment',
    kind: 'failing',
    given: { manifests: consoleWith({ image, env: variable('true') }) },
    expect: [{ result: 'fail', severity: 'medium', line: 15, message: /role Viewer/, fix: 'advice' }],
  },
  {
    name: 'grafana.ini of its ConfigMap',
    kind: 'failing',
    given: { manifests: mounted(INI) },
    expect: [{ result: 'fail', line: 33, message: /role Admin/ }],
  },
  {
    name: 'the environment beats grafana.ini',
    kind: 'odd',
    given: {
      manifests: mounted(INI).replace(
        'image:',
        `env: ${JSON.stringify(variable('false'))}\n          image:`,
      ),
    },
    expect: [],
  },
  { name: 'nothing is set', kind: 'passing', given: { manifests: consoleWith({ image }) }, expect: [] },
  {
    name: 'its ConfigMap was not read',
    kind: 'unknown',
    given: {
      manifests: mounted(INI).replace('name: grafana, namespace: tools', 'name: other, namespace: tools'),
    },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: mounted(INI).replace(/grafana\.ini: .*/, 'grafana.ini: [1]') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
