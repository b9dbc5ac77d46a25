import {
  asList,
  asString,
  asStrings,
  field,
  unknown,
  valueAt,
  type JsonPath,
  type KubeObject,
} from '../../model/index.js'
import type { Report } from '../define-check.js'

export const INGRESSES: readonly string[] = ['Ingress.networking.k8s.io', 'Ingress.extensions']

export interface IngressRule {
  readonly host: string | undefined
  readonly paths: readonly { readonly path: string; readonly type: string; readonly at: JsonPath }[]
  readonly at: JsonPath
}

/** The rules of an Ingress; hosts in lower case, as they are compared. */
export function rulesOf({ content }: KubeObject): IngressRule[] {
  return asList(valueAt(content, ['spec', 'rules'])).map((rule, number) => {
    const host = asString(field(rule, 'host'))?.toLowerCase()
    const at = ['spec', 'rules', number]
    return {
      host: host === '' ? undefined : host,
      at,
      paths: asList(valueAt(rule, ['http', 'paths'])).map((each, place) => ({
        path: asString(field(each, 'path')) ?? '/',
        type: asString(field(each, 'pathType')) ?? 'ImplementationSpecific',
        at: [...at, 'http', 'paths', place],
      })),
    }
  })
}

export interface IngressTls {
  readonly hosts: readonly string[]
  readonly secret: string | undefined
  readonly at: JsonPath
}

export function tlsOf({ content }: KubeObject): IngressTls[] {
  return asList(valueAt(content, ['spec', 'tls'])).map((each, number) => ({
    hosts: asStrings(field(each, 'hosts')).map((host) => host.toLowerCase()),
    secret: asString(field(each, 'secretName')),
    at: ['spec', 'tls', number],
  }))
}

/** An annotation as text. */
export function annotationOf({ content }: KubeObject, name: string): string | undefined {
  return asString(valueAt(content, ['metadata', 'annotations', name]))
}

/** Whether the lists of an Ingress are lists; what is not is said to be unknown. */
export function readable(object: KubeObject, report: Report): boolean {
  const broken = (['rules', 'tls'] as const).filter((key) => {
    const value = valueAt(object.content, ['spec', key]) ?? []
    return !Array.isArray(value)
  })
  for (const key of broken) {
    report.unknown(
      unknown('unparsable', `\`${key}\` is no list`, { kind: 'object', object, path: ['spec', key] }),
    )
  }
  return broken.length === 0
}

/** Whether a host of TLS covers a host of a rule: a wildcard stands for one label. Source: kubernetes.io, Ingress, "Hostname wildcards". */
export function coversHost(pattern: string, host: string): boolean {
  if (pattern === host) return true
  return (
    pattern.startsWith('*.') &&
    !host.startsWith('*.') &&
    host.slice(host.indexOf('.') + 1) === pattern.slice(2) &&
    host.indexOf('.') > 0
  )
}

/** What ends TLS in another way than by `spec.tls`. Sources: the documentation of each controller. */
const OTHER_TLS: readonly (readonly [name: string, value: RegExp])[] = [
  ['alb.ingress.kubernetes.io/certificate-arn', /./],
  ['alb.ingress.kubernetes.io/listen-ports', /HTTPS/],
  ['networking.gke.io/managed-certificates', /./],
  ['ingress.gcp.kubernetes.io/pre-shared-cert', /./],
  ['appgw.ingress.kubernetes.io/appgw-ssl-certificate', /./],
  ['traefik.ingress.kubernetes.io/router.tls', /^true$/],
  ['route.openshift.io/termination', /./],
  ['nginx.ingress.kubernetes.io/ssl-passthrough', /^true$/],
  ['haproxy.org/ssl-passthrough', /^true$/],
]

export function endsTlsElsewhere(object: KubeObject): boolean {
  return OTHER_TLS.some(([name, value]) => value.test(annotationOf(object, name) ?? ''))
}

/** The Ingress by which a certificate is asked for, which must be plain HTTP. Source: cert-manager.io, HTTP01 solver. */
export function isAcmeSolver({ content }: KubeObject): boolean {
  return valueAt(content, ['metadata', 'labels', 'acme.cert-manager.io/http01-solver']) === 'true'
}
