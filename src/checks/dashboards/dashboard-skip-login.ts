import { defineCheck } from '../define-check.js'
import { consoleWith } from './example-console.js'
import { judgeSwitch } from './judge-switch.js'

export const dashboardSkipLogin = defineCheck({
  id: 'dashboard-skip-login',
  title: 'The Kubernetes Dashboard lets visitors skip the login',
  severity: 'high',
  because: 'who reaches it acts with the rights of its own account',
  reach: 'unauthenticated',
  appliesTo: 'workload',
  why: 'With a Skip button on the login page, everybody who reaches the dashboard works as its service account. Many installations gave that account everything.',
  references: [
    'https://github.com/kubernetes-retired/dashboard/blob/v2.7.0/docs/common/dashboard-arguments.md',
  ],
  evaluate(subject, report) {
    judgeSwitch(
      {
        console: 'kubernetes-dashboard',
        flag: 'enable-skip-login',
        effect: 'lets everybody in as its own account',
        breaks: 'visitors without a token of their own',
      },
      subject,
      report,
    )
  },
  examples: {
    bad: {
      manifests: consoleWith({
        image: 'docker.io/kubernetesui/dashboard:v2.7.0',
        args: ['--auto-generate-certificates', '--namespace=tools', '--enable-skip-login'],
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
