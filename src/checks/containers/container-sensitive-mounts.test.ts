import { checkTests } from '../../../test/kit/check-tests.js'
import { containerSensitiveMounts } from './container-sensitive-mounts.js'
import { containerWith } from './example-container.js'

checkTests(containerSensitiveMounts, [
  {
    name: 'the settings of the host',
    kind: 'failing',
    given: containerWith({ Mounts: [{ Type: 'bind', Source: '/etc', Destination: '/host-etc', RW: true }] }),
    expect: [{ result: 'fail', severity: 'high', path: 'Mounts /host-etc', fix: 'advice' }],
  },
  {
    name: 'the whole host',
    kind: 'failing',
    given: containerWith({ Mounts: [{ Type: 'bind', Source: '/', Destination: '/host', RW: true }] }),
    expect: [{ result: 'fail', severity: 'critical' }],
  },
  {
    name: 'the time zone',
    kind: 'passing',
    given: containerWith({
      Mounts: [{ Type: 'bind', Source: '/etc/localtime', Destination: '/etc/localtime', RW: false }],
    }),
    expect: [],
  },
  {
    name: 'a volume of Docker',
    kind: 'passing',
    given: containerWith({
      Mounts: [
        { Type: 'volume', Source: '/var/lib/docker/volumes/data/_data', Destination: '/data', RW: true },
      ],
    }),
    expect: [],
  },
  {
    name: 'read-only, without secrets',
    kind: 'odd',
    given: containerWith({
      Mounts: [{ Type: 'bind', Source: '/sys', Destination: '/sys', RW: false }],
      Config: { User: '' },
    }),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'read-only, with secrets, as root',
    kind: 'odd',
    given: containerWith({
      Mounts: [{ Type: 'bind', Source: '/', Destination: '/host', RW: false }],
      Config: { User: 'root' },
    }),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'read-only, with secrets, as a user without rights',
    kind: 'odd',
    given: containerWith({ Mounts: [{ Type: 'bind', Source: '/', Destination: '/host', RW: false }] }),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'the socket of the runtime is said elsewhere',
    kind: 'odd',
    given: containerWith({
      Mounts: [{ Type: 'bind', Source: '/run/docker.sock', Destination: '/x', RW: true }],
    }),
    expect: [],
  },
  {
    name: 'made by Kubernetes',
    kind: 'odd',
    given: containerWith({
      Mounts: [{ Type: 'bind', Source: '/etc', Destination: '/x', RW: true }],
      name: 'k8s_a_b_c_1',
    }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'mounts of a wrong type',
    kind: 'unknown',
    given: containerWith({ Mounts: [null] as never }),
    expect: [],
  },
])
