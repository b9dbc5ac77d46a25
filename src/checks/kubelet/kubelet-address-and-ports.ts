import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'
import { advice } from '../precondition.js'

export const kubeletAddressAndPorts = defineCheck({
  id: 'kubelet-address-and-ports',
  title: 'The kubelet listens more widely than it need',
  severity: 'info',
  because: 'advice: firewalls and an address of the node network narrow who can try',
  reach: 'unauthenticated',
  appliesTo: 'kubelet',
  why: 'A kubelet that lets callers in too easily should at least not be reachable on every address, and its health port needs no one from outside.',
  references: [kubernetesDocs('reference/config-api/kubelet-config.v1beta1/')],
  evaluate(kubelet, report) {
    const anonymous = kubelet.boolean('authentication.anonymous.enabled')
    const mode = kubelet.string('authorization.mode')
    const open = (anonymous.known && anonymous.value) || (mode.known && mode.value === 'AlwaysAllow')
    judgeSetting(kubelet, report, 'address', kubelet.string('address'), (address) =>
      open && (address === '0.0.0.0' || address === '::')
        ? {
            message: 'port 10250 is open on every address while callers are let in too easily',
            fix: advice(
              'First close anonymous access and AlwaysAllow; then bind `address` to the node network or use a firewall.',
            ),
          }
        : undefined,
    )
    judgeSetting(kubelet, report, 'healthzBindAddress', kubelet.string('healthzBindAddress'), (address) =>
      address === '127.0.0.1' || address === '::1' || address === 'localhost'
        ? undefined
        : {
            message: `the health port listens on ${address}`,
            fix: {
              ...kubelet.change('healthzBindAddress', '127.0.0.1'),
              breaks: 'whoever asks the health port from another machine',
            },
          },
    )
  },
  examples: {
    bad: kubeletWith(`healthzBindAddress: 0.0.0.0`),
    good: kubeletWith(''),
  },
})
