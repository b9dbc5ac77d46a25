import { asList, asNumber, field, unknown, valueAt, type JsonPath } from '../../model/index.js'
import { gatewayWith, HTTPS } from './example-gateway.js'
import { listenersOf } from './gateway-parts.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'

const FRONTEND = ['spec', 'tls', 'frontend']

export const gatewayClientCertificateFallback = defineCheck({
  id: 'gateway-client-certificate-fallback',
  title: 'A Gateway asks for client certificates and takes clients without one',
  severity: 'medium',
  because: 'whoever has no certificate, or a forged one, is let through to the backends',
  reach: 'unauthenticated',
  appliesTo: 'object',
  kinds: ['Gateway.gateway.networking.k8s.io'],
  why: 'With AllowInsecureFallback the certificate authorities that are named there keep nobody out. A backend that trusts the Gateway to have asked serves everybody.',
  references: ['https://gateway-api.sigs.k8s.io/geps/gep-91/', 'https://gateway-api.sigs.k8s.io/guides/tls/'],
  evaluate({ object }, report) {
    const perPort = [...FRONTEND, 'perPort']
    const ports = valueAt(object.content, perPort) ?? []
    if (!Array.isArray(ports)) {
      return report.unknown(
        unknown('unparsable', '`perPort` is no list', { kind: 'object', object, path: perPort }),
      )
    }
    // Source: sigs.k8s.io/gateway-api v1.7.0 apis/v1/gateway_types.go, FrontendTLSConfig: a port's own entry wins.
    const own = new Set(asList(ports).map((each) => field(each, 'port')))
    const secure = listenersOf(object, report).filter(({ protocol }) => protocol === 'HTTPS')
    const covered = secure.length > 0 && secure.every(({ value }) => own.has(field(value, 'port')))
    const places: { at: JsonPath; name: string }[] = [
      ...(covered ? [] : [{ at: [...FRONTEND, 'default', 'validation', 'mode'], name: 'the default' }]),
      ...ports.map((each, number) => ({
        at: [...perPort, number, 'tls', 'validation', 'mode'],
        name: `port ${asNumber(field(each, 'port')) ?? number}`,
      })),
    ]
    for (const { at, name } of places) {
      if (valueAt(object.content, at) !== 'AllowInsecureFallback') continue
      report.fail(fieldEvidence(object, at, `${name} has mode AllowInsecureFallback`, name), {
        message: `clients without a valid certificate are let in (${name})`,
        fix: advice('Set mode AllowValidOnly once every client has a certificate of the authorities.', {
          breaks: 'clients without a certificate, browsers and probes from outside among them',
        }),
      })
    }
  },
  examples: {
    bad: { manifests: withMode('AllowInsecureFallback') },
    good: { manifests: withMode('AllowValidOnly') },
  },
})

function withMode(mode: string): string {
  return `${gatewayWith(HTTPS)}  tls:
    frontend:
      default:
        validation:
          mode: ${mode}
          caCertificateRefs: [{ group: "", kind: ConfigMap, name: clients-ca }]
`
}
