import { checkTests } from '../../../test/kit/check-tests.js'
import { serviceWith } from './example-service.js'
import { serviceLoadBalancerOpen } from './service-load-balancer-open.js'

const LB = 'type: LoadBalancer\nports: [{ port: 443 }]'
const named = (name: string, text: string) => text.replace('name: web', `name: ${name}`)

checkTests(serviceLoadBalancerOpen, [
  {
    name: 'no ranges, with its address',
    kind: 'failing',
    given: { manifests: `${serviceWith(LB)}status: { loadBalancer: { ingress: [{ ip: 203.0.113.7 }] } }\n` },
    expect: [
      { result: 'fail', severity: 'low', path: 'spec.type', fix: 'advice', message: /203\.0\.113\.7$/ },
    ],
  },
  {
    name: 'ranges that are everybody',
    kind: 'odd',
    given: { manifests: serviceWith(`${LB}\nloadBalancerSourceRanges: [10.0.0.0/8, 0.0.0.0/0]`) },
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'an address of a private network',
    kind: 'odd',
    given: { manifests: `${serviceWith(LB)}status: { loadBalancer: { ingress: [{ ip: 192.168.1.7 }] } }\n` },
    expect: [{ result: 'fail', severity: 'info' }],
  },
  {
    name: 'ranges, internal, and the older annotation',
    kind: 'passing',
    given: {
      manifests: [
        serviceWith(`${LB}\nloadBalancerSourceRanges: [10.0.0.0/8]`),
        named(
          'a',
          serviceWith(LB, ', annotations: { service.beta.kubernetes.io/aws-load-balancer-scheme: internal }'),
        ),
        named('b', serviceWith(`${LB}\nloadBalancerClass: service.k8s.aws/nlb`)),
        named(
          'c',
          serviceWith(
            LB,
            ', annotations: { service.beta.kubernetes.io/load-balancer-source-ranges: 10.0.0.0/8 }',
          ),
        ),
      ].join('---\n'),
    },
    expect: [],
  },
  {
    name: 'no text',
    kind: 'unknown',
    given: { manifests: serviceWith('type: 7') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
