import { checkTests } from '../../../test/kit/check-tests.js'
import { containerDockerSocket } from './container-docker-socket.js'
import { containerWith } from './example-container.js'

checkTests(containerDockerSocket, [
  {
    name: 'the socket, read-only',
    kind: 'failing',
    given: containerWith({
      Mounts: [
        { Type: 'bind', Source: '/var/run/docker.sock', Destination: '/var/run/docker.sock', RW: false },
      ],
    }),
    expect: [{ result: 'fail', severity: 'critical', path: 'Mounts /var/run/docker.sock', fix: 'advice' }],
  },
  {
    name: 'the folder that holds it',
    kind: 'failing',
    given: containerWith({
      Mounts: [{ Type: 'bind', Source: '/run/containerd', Destination: '/x', RW: true }],
    }),
    expect: [{ result: 'fail', severity: 'critical' }],
  },
  {
    name: 'another folder',
    kind: 'passing',
    given: containerWith({ Mounts: [{ Type: 'bind', Source: '/srv/data', Destination: '/data', RW: true }] }),
    expect: [],
  },
  { name: 'no mounts', kind: 'passing', given: containerWith(), expect: [] },
  {
    name: 'a path that leads there',
    kind: 'odd',
    given: containerWith({
      Mounts: [{ Type: 'bind', Source: '/srv/../var/run/docker.sock', Destination: '/x', RW: true }],
    }),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'a daemon without root',
    kind: 'odd',
    given: containerWith({
      Mounts: [{ Type: 'bind', Source: '/run/user/1000/docker.sock', Destination: '/x', RW: true }],
      daemon: { SecurityOptions: ['name=rootless'] },
    }),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'made by Kubernetes',
    kind: 'odd',
    given: containerWith({
      Mounts: [{ Type: 'bind', Source: '/run/docker.sock', Destination: '/x', RW: true }],
      name: 'k8s_a_b_c_1',
    }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'mounts of a wrong type',
    kind: 'unknown',
    given: containerWith({ Mounts: [{ Type: 3, Source: ['/run/docker.sock'] }] }),
    expect: [],
  },
])
