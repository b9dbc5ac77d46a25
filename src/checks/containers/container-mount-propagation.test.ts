import { checkTests } from '../../../test/kit/check-tests.js'
import { containerMountPropagation } from './container-mount-propagation.js'
import { containerWith } from './example-container.js'

checkTests(containerMountPropagation, [
  {
    name: 'the fault in its plainest form',
    kind: 'failing',
    given: containerWith({
      Mounts: [{ Type: 'bind', Source: '/srv/data', Destination: '/data', RW: true, Propagation: 'shared' }],
    }),
    expect: [{ result: 'fail', severity: 'medium', path: 'Mounts /data', fix: 'advice' }],
  },
  {
    name: 'a private mount',
    kind: 'passing',
    given: containerWith({
      Mounts: [
        { Type: 'bind', Source: '/srv/data', Destination: '/data', RW: true, Propagation: 'rprivate' },
      ],
    }),
    expect: [],
  },
  { name: 'no mounts', kind: 'passing', given: containerWith(), expect: [] },
  {
    name: 'recursively shared',
    kind: 'odd',
    given: containerWith({
      Mounts: [{ Type: 'bind', Source: '/srv/data', Destination: '/data', RW: true, Propagation: 'rshared' }],
    }),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'a mount of a wrong type',
    kind: 'odd',
    given: containerWith({ Mounts: [{ Propagation: 3 }] }),
    expect: [],
  },
  {
    name: 'a container that Kubernetes made',
    kind: 'odd',
    given: containerWith({
      name: 'k8s_web_web-0_shop_1',
      ...{
        Mounts: [
          { Type: 'bind', Source: '/srv/data', Destination: '/data', RW: true, Propagation: 'shared' },
        ],
      },
    }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'a mount that says nothing of propagation is not shared',
    kind: 'unknown',
    given: containerWith({ Mounts: [{ Type: 'volume', Name: 'data', Destination: '/data' }] }),
    expect: [],
  },
])
