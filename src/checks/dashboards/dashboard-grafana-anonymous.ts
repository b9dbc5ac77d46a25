import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { consolesIn } from './console-containers.js'
import { consoleWith } from './example-console.js'
import { grafanaSetting, isOn } from './grafana-setting.js'
import { reachedBy } from './judge-switch.js'

const image = 'docker.io/grafana/grafana:12.2.0'

export const dashboardGrafanaAnonymous = defineCheck({
  id: 'dashboard-grafana-anonymous',
  title: 'Grafana lets visitors in without a login',
  severity: 'medium',
  because: 'dashboards and, with most roles, queries to the data sources are open to all who reach it',
  reach: 'unauthenticated',
  appliesTo: 'workload',
  why: 'With anonymous access a visitor has the role of the setting `org_role`, at the least Viewer, and through its dashboards may send queries to every data source of the organisation.',
  references: [
    'https://grafana.com/docs/grafana/latest/setup-grafana/configure-access/configure-authentication/anonymous-auth/',
  ],
  evaluate(subject, report) {
    for (const { container } of consolesIn(subject, 'grafana')) {
      const enabled = grafanaSetting(subject, container, 'auth.anonymous', 'enabled')
      if (!enabled.known) {
        report.unknown(enabled)
        continue
      }
      if (!isOn(enabled.value)) continue
      const role = grafanaSetting(subject, container, 'auth.anonymous', 'org_role')
      const name = role.known ? role.value || 'Viewer' : 'not known'
      report.fail(
        {
          origin: enabled.origin,
          key: `containers[name=${container.name}] auth.anonymous.enabled`,
          message: 'anonymous access is on',
        },
        {
          message: `visitors without a login have the role ${name}${reachedBy(subject)}`,
          fix: advice(
            'Set `enabled = false` in `[auth.anonymous]` (GF_AUTH_ANONYMOUS_ENABLED=false) and let people log in.',
            {
              breaks: 'screens and links that show dashboards without a login',
            },
          ),
        },
      )
    }
  },
  examples: {
    bad: { manifests: consoleWith({ image, env: [{ name: 'GF_AUTH_ANONYMOUS_ENABLED', value: 'true' }] }) },
    good: { manifests: consoleWith({ image }) },
  },
})
