import type { Attributes } from '../attributes.js'
import type { Authorizer, Decision } from '../authorizer.js'

const EVERYTHING = { apiGroups: ['*'], resources: ['*'], resourceNames: [], nonResourceURLs: [] }
const EVERY_URL = { apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: ['*'] }

/**
 * The authorizer that every API server asks first: members of system:masters may do everything, whatever else is
 * configured. Source: kubernetes v1.36.2 apiserver pkg/authorization/authorizerfactory/builtin.go, NewPrivilegedGroups.
 */
export const systemMasters: Authorizer = {
  name: 'system:masters',
  type: 'SystemMasters',
  authorize: ({ user }: Attributes): Decision =>
    user.groups.includes('system:masters')
      ? { verdict: 'allow', reason: '', grant: { kind: 'built-in', name: 'the group system:masters' } }
      : { verdict: 'noOpinion', reason: '' },
  rulesFor: (user) => ({
    rules: user.groups.includes('system:masters')
      ? [EVERYTHING, EVERY_URL].map((rule) => ({
          ...rule,
          verbs: ['*'],
          grant: { kind: 'built-in', name: 'the group system:masters' },
        }))
      : [],
    incomplete: [],
  }),
}

const alwaysGrant = { kind: 'built-in', name: 'AlwaysAllow' } as const

/** Allows everything to everybody. Source: the same file, NewAlwaysAllowAuthorizer. */
export const alwaysAllow: Authorizer = {
  name: 'alwaysallow',
  type: 'AlwaysAllow',
  authorize: () => ({ verdict: 'allow', reason: '', grant: alwaysGrant }),
  rulesFor: () => ({
    rules: [EVERYTHING, EVERY_URL].map((rule) => ({ ...rule, verbs: ['*'], grant: alwaysGrant })),
    incomplete: [],
  }),
}

/** Allows nothing and denies nothing: authorizers after it are still asked. Source: NewAlwaysDenyAuthorizer. */
export const alwaysDeny: Authorizer = {
  name: 'alwaysdeny',
  type: 'AlwaysDeny',
  authorize: () => ({ verdict: 'noOpinion', reason: 'Everything is forbidden.' }),
  rulesFor: () => ({ rules: [], incomplete: [] }),
}
