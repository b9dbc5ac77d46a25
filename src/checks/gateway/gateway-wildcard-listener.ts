import { gatewayWith, HTTPS } from './example-gateway.js'
import { listenersOf } from './gateway-parts.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'

export const gatewayWildcardListener = defineCheck({
  id: 'gateway-wildcard-listener',
  title: 'A listener of a Gateway takes every host',
  severity: 'low',
  because: 'routes may serve names that nobody gave to this entrance',
  reach: 'unauthenticated',
  appliesTo: 'object',
  kinds: ['Gateway.gateway.networking.k8s.io'],
  why: 'A listener without a hostname, or with a wildcard, leaves it to routes which names they serve: mistyped, given up, or those of other teams.',
  references: ['https://gateway-api.sigs.k8s.io/reference/spec/#listener'],
  evaluate({ object }, report) {
    for (const { name, protocol, hostname, at } of listenersOf(object, report)) {
      if (!['HTTP', 'HTTPS', 'TLS'].includes(protocol) || (hostname !== '' && !hostname.startsWith('*')))
        continue
      const hosts = hostname === '' ? 'every host' : hostname
      report.fail(
        fieldEvidence(
          object,
          hostname === '' ? at : [...at, 'hostname'],
          `listener ${name} takes ${hosts}`,
          `listener ${name}`,
        ),
        {
          message: `listener ${name} takes ${hosts}`,
          fix: advice('Name the host in `hostname`, one listener for each.', {
            breaks: 'routes of hosts that no listener names',
          }),
        },
      )
    }
  },
  examples: {
    bad: { manifests: gatewayWith('- { name: web, port: 80, protocol: HTTP }') },
    good: { manifests: gatewayWith(HTTPS) },
  },
})
