import { absenceIsKnown } from '../../kube/index.js'
import { unknown, valueAt } from '../../model/index.js'
import { gatewayWith, routeWith } from './example-gateway.js'
import { GATEWAY_GROUP, isAttached, listenersOf } from './gateway-parts.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'

const PASS = '- { name: tls, port: 443, protocol: TLS, hostname: a.example, tls: { mode: Passthrough } }'

export const gatewayTlsPassthroughNone = defineCheck({
  id: 'gateway-tls-passthrough-none',
  title: 'A listener passes TLS through to no route',
  severity: 'info',
  because: 'the port is open and leads nowhere',
  reach: 'unauthenticated',
  appliesTo: 'object',
  kinds: ['Gateway.gateway.networking.k8s.io'],
  why: 'With mode Passthrough the certificate stands in the pods behind a TLSRoute. Without a route the listener is an open port that somebody else may take by attaching one.',
  references: ['https://gateway-api.sigs.k8s.io/guides/tls/#listeners-and-tls'],
  evaluate({ object, index }, report) {
    for (const { name, value, at } of listenersOf(object, report)) {
      if (valueAt(value, ['tls', 'mode']) !== 'Passthrough') continue
      const kinds = ['TLSRoute', 'TCPRoute'] as const
      const routes = kinds.flatMap((kind) => index.ofKind(GATEWAY_GROUP, kind))
      if (routes.some((route) => isAttached(route, object, name))) continue
      if (!absenceIsKnown(index, GATEWAY_GROUP, 'TLSRoute')) {
        const detail = `no TLSRoute of listener ${name} was read, and the input need not hold all of them`
        report.unknown(unknown('no-source', detail, { kind: 'object', object, path: at }))
        continue
      }
      report.fail(fieldEvidence(object, at, `listener ${name} passes TLS through`, `listener ${name}`), {
        message: `listener ${name} passes TLS through, and no route is attached to it`,
        fix: advice('Attach the TLSRoute that is meant, or delete the listener.'),
      })
    }
  },
  examples: {
    bad: { complete: true, manifests: gatewayWith(PASS) },
    good: {
      complete: true,
      manifests: `${gatewayWith(PASS)}---\n${routeWith('{ parentRefs: [{ name: edge }] }', 'TLSRoute')}`,
    },
  },
})
