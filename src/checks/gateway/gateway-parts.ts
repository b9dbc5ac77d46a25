import {
  asList,
  asString,
  field,
  unknown,
  valueAt,
  type JsonPath,
  type JsonValue,
  type KubeObject,
} from '../../model/index.js'
import type { Report } from '../define-check.js'

export const GATEWAY_GROUP = 'gateway.networking.k8s.io'
export const ROUTE_KINDS: readonly string[] = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute']

export interface Listener {
  readonly name: string
  readonly protocol: string
  readonly hostname: string
  readonly value: JsonValue
  readonly at: JsonPath
}

/** The listeners of a Gateway; none, and said to be unknown, where the list is no list. */
export function listenersOf(object: KubeObject, report: Report): Listener[] {
  const path = ['spec', 'listeners']
  const list = valueAt(object.content, path) ?? []
  if (!Array.isArray(list)) {
    report.unknown(unknown('unparsable', '`listeners` is no list', { kind: 'object', object, path }))
    return []
  }
  return list.map((value, number) => ({
    name: asString(field(value, 'name')) ?? String(number),
    protocol: asString(field(value, 'protocol')) ?? '',
    hostname: asString(field(value, 'hostname')) ?? '',
    value,
    at: [...path, number],
  }))
}

export interface BackendRef {
  readonly kind: string
  readonly name: string
  readonly namespace: string
  readonly at: JsonPath
}

/** The backends of a route, as far as they name one. */
export function backendRefsOf({ ref, content }: KubeObject): BackendRef[] {
  return asList(valueAt(content, ['spec', 'rules'])).flatMap((rule, ruleAt) =>
    asList(field(rule, 'backendRefs')).flatMap((each, at) => {
      const name = asString(field(each, 'name'))
      if (name === undefined) return []
      return [
        {
          kind: asString(field(each, 'kind')) ?? 'Service',
          name,
          namespace: asString(field(each, 'namespace')) ?? ref.namespace,
          at: ['spec', 'rules', ruleAt, 'backendRefs', at],
        },
      ]
    }),
  )
}

/** Whether a route is attached to a listener of a Gateway by name, or to all of its listeners. */
export function isAttached(route: KubeObject, gateway: KubeObject, listener: string): boolean {
  return asList(valueAt(route.content, ['spec', 'parentRefs'])).some((parent) => {
    const section = asString(field(parent, 'sectionName'))
    return (
      (asString(field(parent, 'kind')) ?? 'Gateway') === 'Gateway' &&
      asString(field(parent, 'name')) === gateway.ref.name &&
      (asString(field(parent, 'namespace')) ?? route.ref.namespace) === gateway.ref.namespace &&
      (section === undefined || section === listener)
    )
  })
}
