import { describe, expect, it } from 'vitest'
import type { Attributes, ResourceAttributes, User } from '../attributes.js'
import { buildReview } from './build-review.js'

const USER: User = { name: 'alice', uid: '', groups: ['dev'], extra: new Map() }
const POD: ResourceAttributes = {
  kind: 'resource',
  user: USER,
  verb: 'get',
  namespace: 'shop',
  group: '',
  version: 'v1',
  resource: 'pods',
  subresource: 'log',
  name: 'web-0',
  fieldSelector: [],
  labelSelector: [],
}
const resourceAttributes = {
  namespace: 'shop',
  verb: 'get',
  version: 'v1',
  resource: 'pods',
  subresource: 'log',
  name: 'web-0',
}

// What kube-apiserver 1.36 posted for the same requests.
describe('buildReview', () => {
  it.each<[string, Attributes, object]>([
    ['a resource, without what is empty', POD, { resourceAttributes, user: 'alice', groups: ['dev'] }],
    [
      'a URL',
      { kind: 'nonResource', user: USER, verb: 'get', path: '/metrics' },
      { nonResourceAttributes: { path: '/metrics', verb: 'get' }, user: 'alice', groups: ['dev'] },
    ],
    [
      'a user with everything',
      { ...POD, user: { name: 'a', uid: 'u1', groups: [], extra: new Map([['scopes', ['x', 'y']]]) } },
      { resourceAttributes, user: 'a', extra: { scopes: ['x', 'y'] }, uid: 'u1' },
    ],
    ['nobody', { ...POD, user: { ...USER, name: '', groups: [] } }, { resourceAttributes }],
    [
      'selectors as requirements',
      {
        ...POD,
        fieldSelector: [{ key: 'spec.nodeName', operator: 'In', values: ['n1'] }],
        labelSelector: [{ key: 'app', operator: 'Exists', values: [] }],
      },
      {
        resourceAttributes: {
          ...resourceAttributes,
          fieldSelector: { requirements: [{ key: 'spec.nodeName', operator: 'In', values: ['n1'] }] },
          labelSelector: { requirements: [{ key: 'app', operator: 'Exists' }] },
        },
        user: 'alice',
        groups: ['dev'],
      },
    ],
  ])('%s', (_name, attributes, spec) => {
    const review = buildReview(attributes, 'v1')
    expect(review).toEqual({
      kind: 'SubjectAccessReview',
      apiVersion: 'authorization.k8s.io/v1',
      metadata: {},
      spec,
      status: { allowed: false },
    })
    expect(JSON.parse(JSON.stringify(review))).toEqual(review)
  })

  it('names the groups `group` in v1beta1', () => {
    const review = buildReview(POD, 'v1beta1')
    expect(review.apiVersion).toBe('authorization.k8s.io/v1beta1')
    expect(review.spec).toEqual({ resourceAttributes, user: 'alice', group: ['dev'] })
  })
})
