import { defineCheck } from '../define-check.js'
import { advice, withPrecondition } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { chainOf } from './authorization-chain.js'
import { authorizationWith, webhookStep, plainStep } from './example-authorization.js'

export const apiserverAuthorizationWebhookFailOpen = defineCheck({
  id: 'apiserver-authorization-webhook-fail-open',
  title: 'A webhook that guards requests lets them pass when it fails',
  severity: 'medium',
  because: 'whoever can make it fail, or wait for it, has every right that a role gives',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'With NoOpinion a failing webhook counts as if it were not there, and the authorizers behind it decide alone. Flags know no other way.',
  references: [
    kubernetesDocs('reference/access-authn-authz/authorization/#using-configuration-file-for-authorization'),
  ],
  evaluate(apiserver, report) {
    const chain = chainOf(apiserver)
    if (!chain.known) return report.unknown(chain)
    const allow = chain.value.map(({ type }) => type === 'RBAC' || type === 'ABAC').lastIndexOf(true)
    for (const { name, origin, failurePolicy } of chain.value.slice(0, Math.max(0, allow))) {
      if (failurePolicy !== 'NoOpinion') continue
      report.fail(
        { origin, key: `authorizer ${name}`, message: `\`${name}\`: a failure is no opinion` },
        {
          message: `when the webhook \`${name}\` fails, ${chain.value[allow]?.type ?? ''} decides alone`,
          fix: withPrecondition(
            advice(
              'Set `failurePolicy: Deny` for this webhook in the file of `--authorization-config` (flags cannot say it), with match conditions that leave out the control plane and kube-system.',
              { breaks: 'all requests that the webhook would be asked about, while it does not answer' },
            ),
            'the webhook runs more than once, outside of what it guards',
          ),
        },
      )
    }
  },
  examples: {
    bad: authorizationWith(plainStep('Node') + webhookStep('NoOpinion') + plainStep('RBAC')),
    good: authorizationWith(plainStep('Node') + webhookStep('Deny') + plainStep('RBAC')),
  },
})
