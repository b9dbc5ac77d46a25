import { defineCheck } from '../define-check.js'
import { containerdWith, criV2 } from './example-containerd.js'
import { judgeCri } from './judge-cri.js'

export const containerdDeviceOwnership = defineCheck({
  id: 'containerd-device-ownership',
  title: 'Devices that pods get belong to the users of these pods',
  severity: 'info',
  because: 'a device is meant for the pod that asks for it; those without root in it may use it too',
  reach: 'pod',
  appliesTo: 'containerd',
  why: 'With `device_ownership_from_security_context` a device has the user and group of the pod. That lets pods do without root, and gives them disks and hypervisors that root alone had before.',
  references: [
    'https://github.com/containerd/containerd/blob/main/docs/cri/config.md',
    'https://kubernetes.io/blog/2021/11/09/non-root-containers-and-devices/',
  ],
  evaluate(subject, report) {
    judgeCri(subject, report, 'runtime', ['device_ownership_from_security_context'], (value) =>
      value === true
        ? {
            message: 'pods without root use the devices that they are given',
            value: 'false',
            breaks: 'pods without root that use devices (KubeVirt asks for this setting)',
          }
        : undefined,
    )
  },
  examples: {
    bad: containerdWith(criV2('  device_ownership_from_security_context = true')),
    good: containerdWith(criV2('')),
  },
})
