import { checkTests } from '../../../test/kit/check-tests.js'
import { containerDevices } from './container-devices.js'
import { containerOnHost, containerWith } from './example-container.js'

checkTests(containerDevices, [
  {
    name: 'the fault in its plainest form',
    kind: 'failing',
    given: containerWith({
      HostConfig: {
        Devices: [{ PathOnHost: '/dev/sda1', PathInContainer: '/dev/x', CgroupPermissions: 'rwm' }],
      },
    }),
    expect: [{ result: 'fail', severity: 'high', path: 'HostConfig.Devices /dev/sda1', fix: 'advice' }],
  },
  {
    name: 'the same, from the files of the daemon',
    kind: 'failing',
    given: containerOnHost('nothing', {
      HostConfig: {
        Devices: [{ PathOnHost: '/dev/sda1', PathInContainer: '/dev/x', CgroupPermissions: 'rwm' }],
      },
    }),
    expect: [{ result: 'fail', severity: 'high', path: 'HostConfig.Devices /dev/sda1' }],
  },
  { name: 'none', kind: 'passing', given: containerWith(), expect: [] },
  {
    name: 'one that every process has',
    kind: 'passing',
    given: containerWith({
      HostConfig: {
        Devices: [{ PathOnHost: '/dev/null', PathInContainer: '/dev/x', CgroupPermissions: 'rwm' }],
      },
    }),
    expect: [],
  },
  {
    name: 'a graphics card, made to be shared',
    kind: 'odd',
    given: containerWith({
      HostConfig: {
        Devices: [{ PathOnHost: '/dev/dri/renderD128', PathInContainer: '/dev/x', CgroupPermissions: 'rwm' }],
      },
    }),
    expect: [{ result: 'fail', severity: 'info' }],
  },
  {
    name: 'a serial line',
    kind: 'odd',
    given: containerWith({
      HostConfig: {
        Devices: [{ PathOnHost: '/dev/ttyUSB0', PathInContainer: '/dev/x', CgroupPermissions: 'rwm' }],
      },
    }),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'all devices',
    kind: 'odd',
    given: containerWith({
      HostConfig: { Devices: [{ PathOnHost: '/dev', PathInContainer: '/dev/x', CgroupPermissions: 'rwm' }] },
    }),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'devices of a wrong type',
    kind: 'odd',
    given: containerWith({ HostConfig: { Devices: ['/dev/sda', null] } }),
    expect: [],
  },
  {
    name: 'a container that Kubernetes made',
    kind: 'odd',
    given: containerWith({
      name: 'k8s_web_web-0_shop_1',
      ...{
        HostConfig: {
          Devices: [{ PathOnHost: '/dev/sda1', PathInContainer: '/dev/x', CgroupPermissions: 'rwm' }],
        },
      },
    }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'its HostConfig was not seen',
    kind: 'unknown',
    given: containerOnHost('HostConfig'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
