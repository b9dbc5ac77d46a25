import { givenAddresses, isInternalLoadBalancer, isPrivateAddress, sourceRanges } from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'
import { nsa } from '../references.js'
import { serviceWith } from './example-service.js'
import { serviceType } from './service-type.js'

export const serviceLoadBalancerOpen = defineCheck({
  id: 'service-load-balancer-open',
  title: 'A load balancer takes connections from every address',
  severity: 'low',
  because: 'it may be meant so; advice where all its addresses are private',
  reach: 'unauthenticated',
  appliesTo: 'object',
  kinds: ['Service'],
  why: 'Without `loadBalancerSourceRanges`, and without the word of the cloud for an internal address, the load balancer stands on the internet for everybody.',
  references: [
    nsa('network separation'),
    'https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer',
  ],
  evaluate(subject, report) {
    const { object } = subject
    if (serviceType(subject, report) !== 'LoadBalancer') return
    if (isInternalLoadBalancer(object) || sourceRanges(object) !== undefined) return
    const addresses = givenAddresses(object)
    const at = addresses.length === 0 ? '' : ` at ${addresses.join(', ')}`
    report.fail(fieldEvidence(object, ['spec', 'type'], 'type is LoadBalancer, without source ranges'), {
      message: `its load balancer takes connections from every address${at}`,
      fix: advice(
        'Name who may connect in `loadBalancerSourceRanges`, or ask the cloud for an internal address.',
        {
          breaks: 'clients outside of these ranges',
        },
      ),
      ...(addresses.length > 0 && addresses.every(isPrivateAddress)
        ? { severity: 'info', because: 'its addresses are private: only that network reaches it' }
        : {}),
    })
  },
  examples: {
    bad: { manifests: serviceWith('type: LoadBalancer\nports: [{ port: 443 }]') },
    good: {
      manifests: serviceWith(
        'type: LoadBalancer\nloadBalancerSourceRanges: [198.51.100.0/24]\nports: [{ port: 443 }]',
      ),
    },
  },
})
