import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../model/index.js'
import { joinHostPort, listenAddresses } from './listen-addresses.js'
import { bestFirst } from './pod-order.js'
import { portPair, splitPort } from './port-pair.js'
import { podPorts, servicePorts } from './target-ports.js'
import { parseTarget, podQuery, targetPath } from './target.js'

describe('ports as they are written', () => {
  it.each([
    ['5000', { local: 5000, remote: 5000 }],
    ['8888:5000', { local: 8888, remote: 5000 }],
    [':5000', { local: 0, remote: 5000 }],
    ['0:5000', { local: 0, remote: 5000 }],
    ['65535', { local: 65_535, remote: 65_535 }],
  ])('%s', (text, pair) => {
    expect(portPair(splitPort(text))).toEqual(pair)
  })

  it.each([
    ['', /invalid port format ''/],
    [':', /invalid port format ':'/],
    ['1:2:3', /invalid port format '1:2:3'/],
    ['80:', /remote port cannot be empty/],
    ['80:0', /remote port must be > 0/],
    ['65536', /error parsing local port '65536'/],
    ['80:-1', /error parsing remote port '-1'/],
    ['80:8 0', /error parsing remote port '8 0'/],
  ])('refuses `%s`', (text, message) => {
    expect(() => portPair(splitPort(text))).toThrow(message)
  })
})

const pod: JsonObject = {
  metadata: { name: 'web-0' },
  spec: {
    containers: [
      {
        ports: [
          { name: 'http', containerPort: 8080 },
          { name: 'dns', containerPort: 53, protocol: 'UDP' },
        ],
      },
      {
        ports: [
          { containerPort: 54, protocol: 'UDP' },
          { containerPort: 54, protocol: 'TCP' },
        ],
      },
    ],
    initContainers: [{ ports: [{ name: 'side', containerPort: 9000 }] }],
  },
}
const service = (spec: JsonObject): JsonObject => ({
  metadata: { name: 'web' },
  spec: {
    clusterIP: '10.0.0.1',
    ports: [
      { name: 'plain', port: 80, targetPort: 'http' },
      { name: 'number', port: 81, targetPort: 9999 },
      { name: 'same', port: 82 },
      { name: 'udp', port: 83, protocol: 'UDP', targetPort: 53 },
      { name: 'lost', port: 84, targetPort: 'nowhere' },
    ],
    ...spec,
  },
})

describe('ports of a pod', () => {
  it.each([
    ['http', { local: 8080, remote: 8080 }],
    ['1:http', { local: 1, remote: 8080 }],
    [':http', { local: 0, remote: 8080 }],
    ['side', { local: 9000, remote: 9000 }],
    ['7000', { local: 7000, remote: 7000 }],
    ['54', { local: 54, remote: 54 }],
  ])('%s', (text, pair) => {
    expect(podPorts([splitPort(text)], pod)).toEqual([pair])
  })

  it.each([
    ['dns', 'UDP protocol is not supported for dns'],
    ['53', 'UDP protocol is not supported for 53'],
    [
      'htp',
      "Pod 'web-0' does not have a named port 'htp'; it has http (8080), dns (53), 54, 54, side (9000)",
    ],
  ])('refuses %s', (text, message) => {
    expect(() => podPorts([splitPort(text)], pod)).toThrow(message)
  })
})

describe('ports behind a service', () => {
  it.each([
    ['plain', { local: 80, remote: 8080 }],
    ['80', { local: 80, remote: 8080 }],
    ['8443:plain', { local: 8443, remote: 8080 }],
    [':81', { local: 0, remote: 9999 }],
    ['same', { local: 82, remote: 82 }],
  ])('%s', (text, pair) => {
    expect(servicePorts([splitPort(text)], service({}), pod)).toEqual([pair])
  })

  it('are those of the pod when the service has no address of its own', () => {
    expect(servicePorts([splitPort('81')], service({ clusterIP: 'None' }), pod)).toEqual([
      { local: 81, remote: 81 },
    ])
  })

  it.each([
    ['85', /Service web does not have a service port 85/],
    ['pla', /Service 'web' does not have a named port 'pla'/],
    ['udp', /UDP protocol is not supported for udp/],
    ['84', /does not have a named port 'nowhere'/],
  ])('refuses %s', (text, message) => {
    expect(() => servicePorts([splitPort(text)], service({}), pod)).toThrow(message)
  })
})

describe('what is forwarded to', () => {
  it.each([
    ['web-0', 'pod/web-0', '/api/v1/namespaces/shop/pods/web-0'],
    ['po/web-0', 'pod/web-0', '/api/v1/namespaces/shop/pods/web-0'],
    ['SVC/web', 'service/web', '/api/v1/namespaces/shop/services/web'],
    ['deploy/web', 'deployment/web', '/apis/apps/v1/namespaces/shop/deployments/web'],
    ['deployments.apps/web', 'deployment/web', '/apis/apps/v1/namespaces/shop/deployments/web'],
    ['statefulset.v1.apps/db', 'statefulset/db', '/apis/apps/v1/namespaces/shop/statefulsets/db'],
    ['rs/web', 'replicaset/web', '/apis/apps/v1/namespaces/shop/replicasets/web'],
    ['job/once', 'job/once', '/apis/batch/v1/namespaces/shop/jobs/once'],
  ])('%s', (text, label, path) => {
    const target = parseTarget(text)
    expect(target.label).toBe(label)
    expect(targetPath(target, 'shop')).toBe(path)
  })

  it.each([
    ['deploymnt/web', /no kind that has pods; did you mean deployment/],
    ['nodes/n1', /no kind that has pods/],
    ['pod/', /no TYPE\/NAME/],
    ['pod/a/b', /no TYPE\/NAME/],
    ['pod/..', /no TYPE\/NAME/],
    ['pod/a?x=1', /no TYPE\/NAME/],
    ['pods.apps/x', /no kind that has pods/],
  ])('refuses %s', (text, message) => {
    expect(() => parseTarget(text)).toThrow(message)
  })

  it.each<[string, JsonObject, string]>([
    ['svc/web', { selector: { app: 'web', tier: 'front' } }, 'app=web,tier=front'],
    ['rc/web', { selector: { app: 'web' } }, 'app=web'],
    [
      'deploy/web',
      {
        selector: {
          matchLabels: { app: 'web' },
          matchExpressions: [
            { key: 'a', operator: 'In', values: ['1', '2'] },
            { key: 'b', operator: 'NotIn', values: ['3'] },
            { key: 'c', operator: 'Exists' },
            { key: 'd', operator: 'DoesNotExist' },
          ],
        },
      },
      'app=web,a in (1,2),b notin (3),c,!d',
    ],
  ])('%s is a query for pods', (text, spec, labelSelector) => {
    expect(podQuery(parseTarget(text), { spec })).toEqual({ labelSelector })
  })

  it('is refused without a selector', () => {
    expect(() => podQuery(parseTarget('svc/web'), { spec: {} })).toThrow(/service\/web has no selector/)
  })
})

describe('addresses to listen on', () => {
  it.each([
    [
      ['localhost'],
      [
        { host: '127.0.0.1', optional: true },
        { host: '::1', optional: true },
      ],
    ],
    [
      ['10.0.0.1,localhost'],
      ['10.0.0.1', '127.0.0.1', '::1'].map((host) => ({ host, optional: host !== '10.0.0.1' })),
    ],
    [['0.0.0.0'], [{ host: '0.0.0.0', optional: false }]],
    [['::1', '::1'], [{ host: '::1', optional: false }]],
  ])('%j', (texts, addresses) => {
    expect(listenAddresses(texts)).toEqual(addresses)
  })

  it('are refused when they are names', () => {
    expect(() => listenAddresses(['example.com'])).toThrow(/not a valid IP/)
    expect(joinHostPort('::1', 80)).toBe('[::1]:80')
  })
})

describe('the pod that is taken', () => {
  const ready = (since: string): JsonObject => ({
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: since }],
  })
  const named = (
    name: string,
    status: JsonObject,
    metadata: JsonObject = {},
    nodeName = 'n',
  ): JsonObject => ({
    metadata: { name, creationTimestamp: '2026-01-01T00:00:00Z', ...metadata },
    spec: nodeName === '' ? {} : { nodeName },
    status,
  })
  it('is running, ready, here to stay, and ready for longest', () => {
    const pods = [
      named('unassigned', { phase: 'Pending' }, {}, ''),
      named('pending', { phase: 'Pending' }),
      named('unknown', { phase: 'Unknown' }),
      named('unready', { phase: 'Running' }),
      named('leaving', ready('2026-01-01T00:00:00Z'), { deletionTimestamp: '2026-02-01T00:00:00Z' }),
      named('newly-ready', ready('2026-01-03T00:00:00Z')),
      named('restarted', { ...ready('2026-01-02T00:00:00Z'), containerStatuses: [{ restartCount: 3 }] }),
      named('younger', ready('2026-01-02T00:00:00Z'), { creationTimestamp: '2026-01-02T00:00:00Z' }),
      named('best', ready('2026-01-02T00:00:00Z')),
    ]
    const names = (list: readonly JsonObject[]) =>
      list.map(({ metadata }) => (metadata as { name: string }).name)
    const order = names(pods).reverse()
    expect(names(bestFirst(pods))).toEqual(order)
    expect(names(bestFirst(bestFirst(pods).reverse()))).toEqual(order)
  })
})
