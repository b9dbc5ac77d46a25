import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Estate, JsonObject, KubeObject } from '../model/index.js'
import { consoleOf } from './consoles.js'
import { exposuresOf } from './exposure.js'
import { imageName } from './image-repository.js'
import { labelsHave, selectorMatches } from './label-selector.js'
import { indexObjects } from './object-index.js'

function object(group: string, kind: string, name: string, spec: unknown, namespace = 'shop'): KubeObject {
  return {
    ref: { group, version: 'v1', kind, namespace, name },
    content: { spec } as JsonObject,
    source: 'manifest',
    slice: { file: 'x', format: 'yaml', offset: 0, length: 0, line: 1, column: 1 },
  }
}

function ways(...objects: KubeObject[]): string[] {
  const estate: Estate = { objects, hosts: [], sources: [], problems: [], texts: { read: () => undefined } }
  return exposuresOf(indexObjects(estate), 'shop', { app: 'web', tier: 'front' }).map((one) => one.described)
}

const service = (spec: object, namespace = 'shop'): KubeObject =>
  object('', 'Service', 'web', { selector: { app: 'web' }, ...spec }, namespace)
const backend = { service: { name: 'web', port: { number: 80 } } }

describe('exposuresOf', () => {
  it.each([
    ['a ClusterIP alone', [service({})], []],
    ['a NodePort', [service({ type: 'NodePort' })], ['Service shop/web (NodePort)']],
    ['a NodePort of another namespace', [service({ type: 'NodePort' }, 'other')], []],
    ['no selector', [object('', 'Service', 'web', { type: 'NodePort' })], []],
    ['external addresses', [service({ externalIPs: ['192.0.2.1'] })], ['Service shop/web (externalIPs)']],
    [
      'an Ingress twice to the same Service',
      [
        service({}),
        object('networking.k8s.io', 'Ingress', 'in', {
          defaultBackend: backend,
          rules: [{ http: { paths: [{ backend }] } }],
        }),
      ],
      ['Ingress.networking.k8s.io shop/in -> Service shop/web'],
    ],
    [
      'an HTTPRoute of another namespace',
      [
        service({}),
        object(
          'gateway.networking.k8s.io',
          'HTTPRoute',
          'r',
          { parentRefs: [{ name: 'gw' }], rules: [{ backendRefs: [{ name: 'web', namespace: 'shop' }] }] },
          'edge',
        ),
      ],
      ['HTTPRoute.gateway.networking.k8s.io edge/r -> Service shop/web'],
    ],
    [
      'an HTTPRoute without a Gateway',
      [
        service({}),
        object('gateway.networking.k8s.io', 'HTTPRoute', 'r', {
          rules: [{ backendRefs: [{ name: 'web' }] }],
        }),
      ],
      [],
    ],
    [
      'an OpenShift Route and a Traefik IngressRoute',
      [
        service({}),
        object('route.openshift.io', 'Route', 'r', { to: { kind: 'Service', name: 'web' } }),
        object('traefik.io', 'IngressRoute', 't', { routes: [{ services: [{ name: 'web' }] }] }),
      ],
      [
        'Route.route.openshift.io shop/r -> Service shop/web',
        'IngressRoute.traefik.io shop/t -> Service shop/web',
      ],
    ],
  ])('%s', (_name, objects, expected) => {
    expect(ways(...objects)).toEqual(expected)
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (a, b, c) => {
        ways(object('', 'Service', 'web', a), object('networking.k8s.io', 'Ingress', 'i', b))
        ways(service({}), object('gateway.networking.k8s.io', 'HTTPRoute', 'r', c))
        selectorMatches(a, b)
        labelsHave(a, b)
      }),
    )
  })
})

it.each([
  ['nginx', 'nginx', undefined],
  ['localhost:5000/grafana/grafana', 'grafana/grafana', undefined],
  ['docker.io/kubernetesui/dashboard:v2.7.0', 'kubernetesui/dashboard', 'v2.7.0'],
  ['grafana/grafana@sha256:aa', 'grafana/grafana', undefined],
  ['quay.io/argoproj/argocd:v3@sha256:aa', 'argoproj/argocd', 'v3'],
  ['', '', undefined],
])('imageName(%j)', (image, repository, tag) => {
  expect(imageName(image)).toEqual(tag === undefined ? { repository } : { repository, tag })
})

it.each([
  [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['1'] }] }, { a: '1' }, true],
  [{ matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['1'] }] }, {}, true],
  [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }, {}, false],
  [{ matchExpressions: [{ key: 'a', operator: 'DoesNotExist' }] }, {}, true],
  [{ matchExpressions: [{ key: 'a', operator: 'Nearly' }] }, { a: '1' }, false],
  [{}, {}, true],
  [{ matchLabels: { a: '1' } }, { a: '2' }, false],
])('selectorMatches(%j, %j)', (selector, labels, expected) => {
  expect(selectorMatches(selector, labels)).toBe(expected)
})

it.each([
  ['mirror.example.com/cache/kubernetesui/dashboard:v2.7.0', [], 'kubernetes-dashboard'],
  [
    'registry.example.com/my/dashboard:1',
    ['--auto-generate-certificates', '--namespace=x'],
    'kubernetes-dashboard',
  ],
  ['registry.example.com/my/dashboard:1', [], undefined],
  ['quay.io/argoproj/argocd:v3.0.0', ['/usr/local/bin/argocd-server', '--insecure'], 'argocd'],
  ['quay.io/argoproj/argocd:v3.0.0', ['argocd-repo-server'], undefined],
  ['quay.io/argoproj/argocli:v3.6.0', ['server'], 'argo-workflows'],
  ['notgrafana/grafana-agent', [], undefined],
])('consoleOf %s %j', (image, args, expected) => {
  expect(consoleOf({ kind: 'container', name: 'x', spec: { image, args }, path: [], podPath: [] })?.id).toBe(
    expected,
  )
})
