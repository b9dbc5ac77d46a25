import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { controllerManagerWith } from './example-controller-manager.js'
import { judgeFlag } from '../judge-flag.js'

export const controllerManagerServiceAccountCredentials = defineCheck({
  id: 'controller-manager-service-account-credentials',
  title: 'All controllers act as one identity',
  severity: 'medium',
  because:
    'a fault in one controller, or its token, has the rights of all of them; RBAC and the audit log cannot tell them apart',
  reach: 'host',
  appliesTo: 'controller-manager',
  why: 'With --use-service-account-credentials each controller has a service account of its own with the rights that it needs. Without, all of them use the credential of the controller manager, which then needs the rights of all.',
  references: [
    cis('1.3.3'),
    kubernetesDocs('reference/command-line-tools-reference/kube-controller-manager/'),
  ],
  evaluate(manager, report) {
    judgeFlag(
      manager,
      report,
      'use-service-account-credentials',
      manager.boolean('use-service-account-credentials'),
      (value) =>
        !value
          ? {
              message: 'every controller uses the credential of the controller manager',
              fix: {
                ...manager.change('use-service-account-credentials', true),
                breaks:
                  'controllers stop where RBAC is on and their default roles (system:controller:*) were removed',
              },
            }
          : undefined,
    )
  },
  examples: {
    bad: controllerManagerWith(['--use-service-account-credentials=false']),
    good: controllerManagerWith(['--use-service-account-credentials=true']),
  },
})
