import { gatewayWith, HTTPS } from './example-gateway.js'
import { listenersOf } from './gateway-parts.js'
import { valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'

export const gatewayAllowedRoutesAll = defineCheck({
  id: 'gateway-allowed-routes-all',
  title: 'A Gateway takes routes of every namespace',
  severity: 'medium',
  because: 'every namespace may serve hosts of this listener',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Gateway.gateway.networking.k8s.io'],
  why: 'Whoever may write a route in any namespace takes hosts and paths on the shared entrance, and is sent the requests meant for others.',
  references: [
    'https://gateway-api.sigs.k8s.io/guides/multiple-ns/',
    'https://gateway-api.sigs.k8s.io/concepts/security-model/',
  ],
  evaluate({ object }, report) {
    for (const { name, value, at, hostname } of listenersOf(object, report)) {
      const from = valueAt(value, ['allowedRoutes', 'namespaces', 'from'])
      if (from !== 'All') continue
      report.fail(
        fieldEvidence(
          object,
          [...at, 'allowedRoutes', 'namespaces', 'from'],
          `listener ${name} takes routes from All`,
        ),
        {
          message: `every namespace may attach routes to listener ${name}${hostname === '' ? '' : ` (${hostname})`}`,
          fix: advice('Use `from: Selector` with a label of the namespaces that may, or `from: Same`.', {
            breaks: 'routes in namespaces that are no longer allowed',
          }),
        },
      )
    }
  },
  examples: {
    bad: { manifests: gatewayWith(`${HTTPS.slice(0, -2)}, allowedRoutes: { namespaces: { from: All } } }`) },
    good: { manifests: gatewayWith(HTTPS) },
  },
})
