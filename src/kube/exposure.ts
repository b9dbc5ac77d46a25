import {
  asList,
  asString,
  asStrings,
  field,
  formatRef,
  valueAt,
  type JsonPath,
  type JsonValue,
  type KubeObject,
} from '../model/index.js'
import { labelsHave } from './label-selector.js'
import type { ObjectIndex } from './object-index.js'

/** One way in which pods can be reached from outside of the cluster. */
export interface Exposure {
  /** The object that opens the way, outermost: a Service or what routes to it. */
  readonly object: KubeObject
  readonly path: JsonPath
  /** `NodePort`, `LoadBalancer`, `externalIPs`, `Ingress`, `HTTPRoute` ... */
  readonly by: string
  readonly service: KubeObject
  /** End to end: `Ingress.networking.k8s.io shop/web -> Service shop/web`. */
  readonly described: string
}

/** The Services of a namespace whose selector takes pods with these labels. */
export function servicesFor(index: ObjectIndex, namespace: string, labels: unknown): KubeObject[] {
  const candidates = servicesByNamespace(index).get(namespace) ?? []
  return candidates.filter((service) => labelsHave(labels, valueAt(service.content, ['spec', 'selector'])))
}

const services = new WeakMap<ObjectIndex, ReadonlyMap<string, readonly KubeObject[]>>()

function servicesByNamespace(index: ObjectIndex): ReadonlyMap<string, readonly KubeObject[]> {
  const known = services.get(index)
  if (known !== undefined) return known
  const byNamespace = new Map<string, KubeObject[]>()
  for (const service of index.ofKind('', 'Service')) {
    const list = byNamespace.get(service.ref.namespace)
    if (list === undefined) byNamespace.set(service.ref.namespace, [service])
    else list.push(service)
  }
  services.set(index, byNamespace)
  return byNamespace
}

/** Every way to pods with these labels: Services beyond ClusterIP, and Ingresses and routes to any of their Services. */
export function exposuresOf(index: ObjectIndex, namespace: string, labels: unknown): Exposure[] {
  return servicesFor(index, namespace, labels).flatMap((service) => [
    ...serviceExposures(service),
    ...(routesTo(index).get(`${namespace}/${service.ref.name}`) ?? []).map(({ object, path }): Exposure => ({
      object,
      path,
      by: object.ref.kind,
      service,
      described: `${formatRef(object.ref)} -> ${formatRef(service.ref)}`,
    })),
  ])
}

function serviceExposures(service: KubeObject): Exposure[] {
  const type = asString(valueAt(service.content, ['spec', 'type']))
  const exposures: Exposure[] = []
  const add = (by: string, path: JsonPath): void => {
    exposures.push({ object: service, path, by, service, described: `${formatRef(service.ref)} (${by})` })
  }
  if (type === 'NodePort' || type === 'LoadBalancer') add(type, ['spec', 'type'])
  if (asStrings(valueAt(service.content, ['spec', 'externalIPs'])).length > 0)
    add('externalIPs', ['spec', 'externalIPs'])
  return exposures
}

interface Route {
  readonly object: KubeObject
  readonly path: JsonPath
}

/** A Service that a route names. */
export interface Backend {
  readonly namespace: string
  readonly name: string
  readonly path: JsonPath
}

/** Group and kind of what leads from outside to a Service, with the reader of its backends. */
const ROUTES: readonly (readonly [
  group: string,
  kind: string,
  backends: (object: KubeObject) => Backend[],
])[] = [
  ['networking.k8s.io', 'Ingress', ingressBackends],
  ['extensions', 'Ingress', ingressBackends],
  ['gateway.networking.k8s.io', 'HTTPRoute', gatewayBackends],
  ['gateway.networking.k8s.io', 'GRPCRoute', gatewayBackends],
  ['gateway.networking.k8s.io', 'TLSRoute', gatewayBackends],
  ['gateway.networking.k8s.io', 'TCPRoute', gatewayBackends],
  ['route.openshift.io', 'Route', openshiftBackends],
  ['traefik.io', 'IngressRoute', traefikBackends],
  ['traefik.containo.us', 'IngressRoute', traefikBackends],
]

const made = new WeakMap<ObjectIndex, ReadonlyMap<string, readonly Route[]>>()

/** Routes by `namespace/name` of the Service that they lead to; made once for an estate. */
function routesTo(index: ObjectIndex): ReadonlyMap<string, readonly Route[]> {
  const known = made.get(index)
  if (known !== undefined) return known
  const routes = new Map<string, Route[]>()
  for (const [group, kind, backends] of ROUTES) {
    for (const object of index.ofKind(group, kind)) {
      const seen = new Set<string>()
      for (const { namespace, name, path } of backends(object)) {
        const key = `${namespace}/${name}`
        if (seen.has(key)) continue
        seen.add(key)
        routes.set(key, [...(routes.get(key) ?? []), { object, path }])
      }
    }
  }
  made.set(index, routes)
  return routes
}

/** The Services that an Ingress sends requests to. */
export function ingressBackends(ingress: KubeObject): Backend[] {
  const backends: Backend[] = []
  const add = (backend: JsonValue | undefined, path: JsonPath): void => {
    // networking.k8s.io/v1, and the older serviceName.
    const name = asString(valueAt(backend, ['service', 'name'])) ?? asString(field(backend, 'serviceName'))
    if (name !== undefined) backends.push({ namespace: ingress.ref.namespace, name, path })
  }
  const spec = field(ingress.content, 'spec')
  for (const key of ['defaultBackend', 'backend']) add(field(spec, key), ['spec', key])
  asList(field(spec, 'rules')).forEach((rule, ruleAt) => {
    asList(valueAt(rule, ['http', 'paths'])).forEach((one, at) => {
      add(field(one, 'backend'), ['spec', 'rules', ruleAt, 'http', 'paths', at, 'backend'])
    })
  })
  return backends
}

/** Routes of the Gateway API without a parent lead nowhere. */
function gatewayBackends(route: KubeObject): Backend[] {
  const spec = field(route.content, 'spec')
  if (asList(field(spec, 'parentRefs')).length === 0) return []
  return asList(field(spec, 'rules')).flatMap((rule, ruleAt) =>
    asList(field(rule, 'backendRefs')).flatMap((backend, at) => {
      const name = asString(field(backend, 'name'))
      const kind = asString(field(backend, 'kind')) ?? 'Service'
      if (name === undefined || kind !== 'Service') return []
      const namespace = asString(field(backend, 'namespace')) ?? route.ref.namespace
      return [{ namespace, name, path: ['spec', 'rules', ruleAt, 'backendRefs', at] }]
    }),
  )
}

function openshiftBackends(route: KubeObject): Backend[] {
  const name = asString(valueAt(route.content, ['spec', 'to', 'name']))
  return name === undefined ? [] : [{ namespace: route.ref.namespace, name, path: ['spec', 'to'] }]
}

function traefikBackends(route: KubeObject): Backend[] {
  return asList(valueAt(route.content, ['spec', 'routes'])).flatMap((one, routeAt) =>
    asList(field(one, 'services')).flatMap((service, at) => {
      const name = asString(field(service, 'name'))
      if (name === undefined) return []
      const namespace = asString(field(service, 'namespace')) ?? route.ref.namespace
      return [{ namespace, name, path: ['spec', 'routes', routeAt, 'services', at] }]
    }),
  )
}
