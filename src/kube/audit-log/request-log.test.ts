import { describe, expect, it } from 'vitest'
import { requestLogBuilder } from './request-log.js'

const EVENT = {
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  stage: 'ResponseComplete',
  verb: 'list',
  requestURI: '/api/v1/pods',
  user: { username: 'alice', groups: ['devs', 7] },
  objectRef: { resource: 'pods', apiVersion: 'v1' },
  requestReceivedTimestamp: '2026-11-01T00:00:00.123456Z',
  annotations: { 'authorization.k8s.io/decision': 'allow' },
}

describe('a log of requests', () => {
  it('keeps one of each form, and the time from the first to the last event', () => {
    const builder = requestLogBuilder()
    const later = { ...EVENT, requestReceivedTimestamp: '2026-11-02T00:00:00Z', stage: 'RequestReceived' }
    expect([EVENT, EVENT, later].map((event) => builder.add(event))).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    const { users, since, until } = builder.log()
    expect(users.get('alice')?.requests).toEqual([
      { verb: 'list', path: '', apiGroup: '', resource: 'pods', subresource: '', namespace: '' },
    ])
    expect([...(users.get('alice')?.groups ?? [])]).toEqual(['devs'])
    expect([since, until]).toEqual([1793491200.123, 1793577600])
  })

  it('keeps the path of what is no resource, without its question', () => {
    const builder = requestLogBuilder()
    builder.add({ ...EVENT, objectRef: undefined, verb: 'get', requestURI: '/metrics?token=secret' })
    expect(builder.log().users.get('alice')?.requests[0]?.path).toBe('/metrics')
  })

  it('gives what was asked in the name of another to that one', () => {
    const builder = requestLogBuilder()
    builder.add({ ...EVENT, impersonatedUser: { username: 'bob', groups: ['ops'] } })
    const { users } = builder.log()
    expect(users.get('alice')).toEqual({ groups: new Set(), requests: [], impersonates: true })
    expect(users.get('bob')?.requests).toHaveLength(1)
  })

  it('ends where there is more than memory is meant for', () => {
    const builder = requestLogBuilder(3)
    expect(builder.add(EVENT)).toBeUndefined()
    expect(builder.add({ ...EVENT, verb: 'get' })).toMatch(/^more than 3 different requests/)
  })

  it.each([
    ['null', null, /not an Event/],
    ['a list', [EVENT], /not an Event/],
    ['another kind', { ...EVENT, kind: 'Pod' }, /not an Event/],
    ['another version', { ...EVENT, apiVersion: 'audit.k8s.io/v1beta1' }, /not an Event/],
    ['no time', { ...EVENT, requestReceivedTimestamp: 'yesterday', stageTimestamp: 5 }, /is a time/],
    ['no user', { ...EVENT, user: 'alice' }, /user.username/],
    ['no verb', { ...EVENT, verb: ['get'] }, /`verb`/],
    ['a wrong object', { ...EVENT, objectRef: { resource: { a: 1 } } }, /objectRef/],
    ['neither object nor path', { ...EVENT, objectRef: null, requestURI: '' }, /requestURI/],
    ['a long name', { ...EVENT, user: { username: 'x'.repeat(2000) } }, /longer than 1024/],
  ])('says what is wrong with %s', (_name, event, fault) => {
    expect(requestLogBuilder().add(event)).toMatch(fault)
  })

  it('is safe from names of the prototype', () => {
    const builder = requestLogBuilder()
    builder.add({ ...EVENT, user: { username: '__proto__', groups: ['constructor'] } })
    expect(builder.log().users.get('__proto__')?.requests).toHaveLength(1)
  })
})
