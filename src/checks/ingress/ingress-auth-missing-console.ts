import {
  consoleOf,
  containersOf,
  podsWithLabels,
  type ObjectIndex,
  type WebConsole,
} from '../../kube/index.js'
import {
  asList,
  asString,
  field,
  isObject,
  unknown,
  valueAt,
  type JsonPath,
  type KubeObject,
} from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'
import { nsa } from '../references.js'
import { ingressWith, ruleFor } from './example-ingress.js'
import { INGRESSES, readable } from './ingress-parts.js'

/** Annotations by which controllers ask for a login first. Sources: the documentation of each controller. */
const LOGIN =
  /(?:^|\/)(?:auth-url|auth-type|auth-secret|auth-tls-secret|router\.middlewares|whitelist-source-range|auth-idp-cognito|auth-idp-oidc|enable-global-auth|basic-auth-secret)$/

export const ingressAuthMissingConsole = defineCheck({
  id: 'ingress-auth-missing-console',
  title: 'An Ingress leads to a web console without a login in front',
  severity: 'medium',
  because: 'only the console itself stands between its power and everybody',
  reach: 'unauthenticated',
  appliesTo: 'object',
  kinds: INGRESSES,
  why: 'Consoles have had flaws before their login. A login at the Ingress keeps those away who have no account at all.',
  references: [nsa('authentication'), 'https://kubernetes.io/docs/concepts/services-networking/ingress/'],
  evaluate({ object, index }, report) {
    if (!readable(object, report)) return
    const annotations = valueAt(object.content, ['metadata', 'annotations']) ?? {}
    if (!isObject(annotations)) {
      return report.unknown(
        unknown('unparsable', 'annotations are no mapping', {
          kind: 'object',
          object,
          path: ['metadata', 'annotations'],
        }),
      )
    }
    if (Object.keys(annotations).some((name) => LOGIN.test(name))) return
    const seen = new Set<string>()
    for (const { service, path } of backendsOf(object)) {
      const console = consoleBehind(index, object.ref.namespace, service)
      if (console === undefined || seen.has(service)) continue
      seen.add(service)
      const message = `${console.title} is behind Service ${service}, and nothing asks for a login before it`
      report.fail(fieldEvidence(object, path, message, `backend ${service}`), {
        message,
        fix: advice(
          'Have the controller ask for a login (an authenticating proxy, OpenID Connect), or take the console out of the Ingress.',
          {
            breaks: 'scripts that use the console without such a login',
          },
        ),
      })
    }
  },
  examples: {
    bad: { manifests: `${ingressWith(`rules: [${ruleFor('a.example')}]`)}---\n${example()}` },
    good: {
      manifests: `${ingressWith(`rules: [${ruleFor('a.example')}]`, 'nginx.ingress.kubernetes.io/auth-url: https://auth.example')}---\n${example()}`,
    },
  },
})

function backendsOf({ content }: KubeObject): { service: string; path: JsonPath }[] {
  const all: (readonly [unknown, JsonPath])[] = [
    [valueAt(content, ['spec', 'defaultBackend']), ['spec', 'defaultBackend']],
  ]
  asList(valueAt(content, ['spec', 'rules'])).forEach((rule, at) => {
    asList(valueAt(rule, ['http', 'paths'])).forEach((each, number) => {
      all.push([field(each, 'backend'), ['spec', 'rules', at, 'http', 'paths', number, 'backend']])
    })
  })
  return all.flatMap(([backend, path]) => {
    const service = asString(valueAt(backend, ['service', 'name'])) ?? asString(field(backend, 'serviceName'))
    return service === undefined ? [] : [{ service, path }]
  })
}

function consoleBehind(index: ObjectIndex, namespace: string, name: string): WebConsole | undefined {
  const service = index.get('', 'Service', namespace, name)
  return podsWithLabels(index, namespace, valueAt(service?.content, ['spec', 'selector']))
    .flatMap(({ template }) => containersOf(template))
    .flatMap((container) => consoleOf(container) ?? [])[0]
}

function example(): string {
  return `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "grafana/grafana:12.0.0" }] }
`
}
