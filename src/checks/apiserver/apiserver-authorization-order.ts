import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { chainOf } from './authorization-chain.js'
import { authorizationWith, webhookStep, plainStep } from './example-authorization.js'

export const apiserverAuthorizationOrder = defineCheck({
  id: 'apiserver-authorization-order',
  title: 'An authorizer allows before the webhook that may deny is asked',
  severity: 'medium',
  because:
    'a denial is passed over for whoever has a role; info where the webhook does not deny when it fails, so that it may be there only to allow more',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'The first authorizer that allows or denies decides. A webhook behind RBAC is never asked about what a role allows: rules that it was written to forbid are not in force.',
  references: [kubernetesDocs('reference/access-authn-authz/authorization/')],
  evaluate(apiserver, report) {
    const chain = chainOf(apiserver)
    if (!chain.known) return report.unknown(chain)
    const grants = chain.value.findIndex(({ type }) => type === 'RBAC' || type === 'ABAC')
    const all = chain.value.some(({ type }) => type === 'AlwaysAllow')
    if (grants < 0 || all) return
    const first = chain.value[grants]?.type ?? ''
    for (const { type, name, origin, failurePolicy } of chain.value.slice(grants + 1)) {
      if (type !== 'Webhook') continue
      report.fail(
        { origin, key: `authorizer ${name}`, message: `\`${name}\` stands behind ${first}` },
        {
          message: `what ${first} allows is never put before the webhook \`${name}\``,
          ...(failurePolicy === 'Deny' ? {} : MAY_ONLY_ALLOW),
          fix: advice(
            'If the webhook is there to deny, put it before RBAC (with match conditions, so that the control plane does not depend on it). If it only allows more, leave it where it is.',
            { breaks: 'every request that the webhook denies, or does not answer in time' },
          ),
        },
      )
    }
  },
  examples: {
    bad: authorizationWith(plainStep('Node') + plainStep('RBAC') + webhookStep('Deny')),
    good: authorizationWith(plainStep('Node') + webhookStep('Deny') + plainStep('RBAC')),
  },
})

const MAY_ONLY_ALLOW = {
  severity: 'info',
  because: 'it does not deny when it fails, so it may be there only to allow more',
} as const
