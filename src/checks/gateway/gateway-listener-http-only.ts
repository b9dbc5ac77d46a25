import { gatewayWith, HTTPS } from './example-gateway.js'
import { listenersOf } from './gateway-parts.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'

export const gatewayListenerHttpOnly = defineCheck({
  id: 'gateway-listener-http-only',
  title: 'A Gateway serves plain HTTP alone',
  severity: 'medium',
  because: 'whoever is on the way reads and changes what is sent',
  reach: 'unauthenticated',
  appliesTo: 'object',
  kinds: ['Gateway.gateway.networking.k8s.io'],
  why: 'A Gateway with HTTP listeners and none with TLS has no place where a certificate could stand: its routes are reached in clear.',
  references: ['https://gateway-api.sigs.k8s.io/guides/tls/'],
  evaluate({ object }, report) {
    const listeners = listenersOf(object, report)
    if (listeners.some(({ protocol }) => protocol === 'HTTPS' || protocol === 'TLS')) return
    for (const { name, protocol, at } of listeners) {
      if (protocol !== 'HTTP') continue
      report.fail(fieldEvidence(object, [...at, 'protocol'], `listener ${name} speaks HTTP`), {
        message: `listener ${name} speaks HTTP, and no listener has TLS`,
        fix: advice(
          'Add a listener of protocol HTTPS with a certificate, and let the HTTP one send requests on to it.',
          {
            breaks: 'clients that speak plain HTTP and do not follow redirects',
          },
        ),
      })
    }
  },
  examples: {
    bad: { manifests: gatewayWith('- { name: http, port: 80, protocol: HTTP }') },
    good: { manifests: gatewayWith(HTTPS) },
  },
})
