import { checkTests } from '../../../test/kit/check-tests.js'
import { containerPrivileged } from './container-privileged.js'
import { containerOnHost, containerWith } from './example-container.js'

checkTests(containerPrivileged, [
  {
    name: 'the fault in its plainest form',
    kind: 'failing',
    given: containerWith({ HostConfig: { Privileged: true } }),
    expect: [{ result: 'fail', severity: 'critical', path: 'HostConfig.Privileged', fix: 'advice' }],
  },
  {
    name: 'the same, from the files of the daemon',
    kind: 'failing',
    given: containerOnHost('nothing', { HostConfig: { Privileged: true } }),
    expect: [{ result: 'fail', severity: 'critical', path: 'HostConfig.Privileged' }],
  },
  { name: 'a container without fault', kind: 'passing', given: containerWith(), expect: [] },
  {
    name: 'a stopped container',
    kind: 'odd',
    given: containerWith({ HostConfig: { Privileged: true }, State: { Status: 'exited', Running: false } }),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'a node of kind',
    kind: 'odd',
    given: containerWith({
      HostConfig: { Privileged: true },
      Config: { Labels: { 'io.x-k8s.kind.cluster': 'kind' } },
    }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'a daemon without root',
    kind: 'odd',
    given: containerWith({
      HostConfig: { Privileged: true },
      daemon: { SecurityOptions: ['name=seccomp,profile=builtin', 'name=rootless'] },
    }),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'a text in place of a boolean',
    kind: 'odd',
    given: containerWith({ HostConfig: { Privileged: 'true' } }),
    expect: [],
  },
  {
    name: 'a container of Compose',
    kind: 'odd',
    given: containerWith({
      HostConfig: { Privileged: true },
      Config: { Labels: { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' } },
    }),
    expect: [{ result: 'fail', severity: 'critical', fix: 'advice' }],
  },
  {
    name: 'a container that Kubernetes made',
    kind: 'odd',
    given: containerWith({ name: 'k8s_web_web-0_shop_1', ...{ HostConfig: { Privileged: true } } }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'its HostConfig was not seen',
    kind: 'unknown',
    given: containerOnHost('HostConfig'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
