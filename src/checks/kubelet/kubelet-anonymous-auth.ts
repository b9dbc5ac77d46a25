import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { cis, kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'

export const kubeletAnonymousAuth = defineCheck({
  id: 'kubelet-anonymous-auth',
  title: 'The kubelet answers requests that carry no credential',
  severity: 'high',
  because: 'an authorizer still stands behind it; critical where none does',
  reach: 'unauthenticated',
  appliesTo: 'kubelet',
  why: 'Whoever reaches port 10250 is served as system:anonymous. With AlwaysAllow that means commands in every container of the node.',
  references: [cis('4.2.1'), kubernetesDocs('reference/access-authn-authz/kubelet-authn-authz/')],
  evaluate(kubelet, report) {
    const mode = kubelet.string('authorization.mode')
    const open = mode.known && mode.value === 'AlwaysAllow'
    judgeSetting(
      kubelet,
      report,
      'authentication.anonymous.enabled',
      kubelet.boolean('authentication.anonymous.enabled'),
      (value) =>
        value
          ? {
              message: open
                ? 'everyone who reaches port 10250 may run commands in the pods of this node'
                : 'requests without a credential are served as system:anonymous',
              ...(open
                ? {
                    severity: 'critical' as const,
                    because: 'no authorizer stands behind it: nobody is refused',
                  }
                : {}),
              fix: {
                ...kubelet.change('authentication.anonymous.enabled', false),
                breaks: 'monitoring agents that scrape port 10250 without a credential',
              },
            }
          : undefined,
    )
  },
  examples: {
    bad: kubeletWith(`authentication:\n  anonymous:\n    enabled: true`),
    good: kubeletWith(`authentication:\n  anonymous:\n    enabled: false`),
  },
})
