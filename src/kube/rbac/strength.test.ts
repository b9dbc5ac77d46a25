import { expect, it } from 'vitest'
import type { PolicyRule } from './policy-rule.js'
import { strengthOf } from './strength.js'

const rule = (given: Partial<PolicyRule>): PolicyRule => ({
  path: ['rules', 0],
  verbs: ['get'],
  apiGroups: [],
  resources: [],
  resourceNames: [],
  nonResourceURLs: [],
  ...given,
})

it.each([
  ['everything', { verbs: ['*'], apiGroups: ['*'], resources: ['*'] }, ''],
  ['write', { verbs: ['*'], apiGroups: ['*'], resources: ['*'], resourceNames: ['x'] }, ''],
  ['write', { verbs: ['get', 'delete'], apiGroups: [''], resources: ['pods'] }, 'shop'],
  ['write', { verbs: ['impersonate'], apiGroups: [''], resources: ['users'] }, ''],
  ['secrets', { apiGroups: [''], resources: ['secrets'] }, 'shop'],
  ['secrets', { verbs: ['list'], apiGroups: ['*'], resources: ['*'] }, ''],
  ['read', { apiGroups: ['secrets-store.csi.x-k8s.io'], resources: ['secrets'] }, ''],
  ['read', { nonResourceURLs: ['/metrics'] }, ''],
  ['read', { nonResourceURLs: ['*'] }, ''],
  ['write', { verbs: ['*'], nonResourceURLs: ['*'] }, ''],
  ['nothing', { nonResourceURLs: ['*'] }, 'shop'],
  ['discovery', { nonResourceURLs: ['/healthz', '/version/', '/openapi/*'] }, ''],
  ['read', { nonResourceURLs: ['/healthzz'] }, ''],
  [
    'discovery',
    { apiGroups: [''], resources: ['configmaps'], resourceNames: ['cluster-info'] },
    'kube-public',
  ],
  ['read', { apiGroups: [''], resources: ['configmaps'], resourceNames: ['cluster-info'] }, 'shop'],
  ['read', { apiGroups: [''], resources: ['configmaps'] }, 'kube-public'],
  [
    'discovery',
    { verbs: ['create'], apiGroups: ['authorization.k8s.io'], resources: ['selfsubjectaccessreviews'] },
    '',
  ],
  ['nothing', { verbs: [], apiGroups: [''], resources: ['pods'] }, ''],
  ['nothing', { apiGroups: [], resources: ['pods'] }, ''],
])('%s from %j in %j', (expected, given, namespace) => {
  expect(strengthOf([rule(given)], namespace)).toBe(expected)
})
