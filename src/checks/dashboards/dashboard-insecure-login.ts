import { defineCheck } from '../define-check.js'
import { consoleWith } from './example-console.js'
import { judgeSwitch } from './judge-switch.js'

export const dashboardInsecureLogin = defineCheck({
  id: 'dashboard-insecure-login',
  title: 'The Kubernetes Dashboard takes logins over plain HTTP',
  severity: 'high',
  because: 'tokens cross the network in clear',
  reach: 'unauthenticated',
  appliesTo: 'workload',
  why: 'With this switch the login page works over HTTP from anywhere: the token that a visitor pastes can be read on the way, and it is as good as the visitor.',
  references: [
    'https://github.com/kubernetes-retired/dashboard/blob/v2.7.0/docs/common/dashboard-arguments.md',
  ],
  evaluate(subject, report) {
    judgeSwitch(
      {
        console: 'kubernetes-dashboard',
        flag: 'enable-insecure-login',
        effect: 'lets tokens be sent over plain HTTP',
        breaks: 'logins through a plain HTTP address',
      },
      subject,
      report,
    )
  },
  examples: {
    bad: {
      manifests: consoleWith({
        image: 'docker.io/kubernetesui/dashboard:v2.7.0',
        args: ['--auto-generate-certificates', '--namespace=tools', '--enable-insecure-login'],
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
