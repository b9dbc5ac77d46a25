import { defineCheck } from '../define-check.js'
import { consoleWith } from './example-console.js'
import { judgeSwitch } from './judge-switch.js'

export const dashboardDisableSettingsAuthorizer = defineCheck({
  id: 'dashboard-disable-settings-authorizer',
  title: 'The Kubernetes Dashboard shows its settings without asking who calls',
  severity: 'high',
  because: 'a barrier of the login is off, and settings say what the next visitor sees',
  reach: 'unauthenticated',
  appliesTo: 'workload',
  why: 'The settings page changes what other visitors see and pin. Without its authorizer anybody who reaches the dashboard changes it with the rights of the dashboard itself.',
  references: [
    'https://github.com/kubernetes-retired/dashboard/blob/v2.7.0/docs/common/dashboard-arguments.md',
  ],
  evaluate(subject, report) {
    judgeSwitch(
      {
        console: 'kubernetes-dashboard',
        flag: 'disable-settings-authorizer',
        effect: 'opens its settings to visitors without a login',
        breaks: 'nothing but changing settings without a login',
      },
      subject,
      report,
    )
  },
  examples: {
    bad: {
      manifests: consoleWith({
        image: 'docker.io/kubernetesui/dashboard:v2.7.0',
        args: ['--auto-generate-certificates', '--namespace=tools', '--disable-settings-authorizer'],
      }),
    },
    good: {
      manifests: consoleWith({
        image: 'docker.io/kubernetesui/dashboard:v2.7.0',
        args: ['--auto-generate-certificates', '--namespace=tools'],
      }),
    },
  },
})
