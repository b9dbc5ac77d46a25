import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podSensitiveHostPath } from './pod-sensitive-host-path.js'

const at = (path: string): string => `volumes:\n  - name: data\n    hostPath:\n      path: ${path}`
const mount = (more = ''): string => `volumeMounts: [{name: data, mountPath: /host${more}}]`
const READ_ONLY = ', readOnly: true'

checkTests(podSensitiveHostPath, [
  {
    name: 'the whole node',
    kind: 'failing',
    given: podWith(mount(), at('/')),
    expect: [
      { result: 'fail', severity: 'critical', path: 'spec.volumes[name=data].hostPath', fix: 'advice' },
    ],
  },
  {
    name: 'credentials, read-only, as root',
    kind: 'failing',
    given: podWith(mount(READ_ONLY), at('/etc/kubernetes/pki')),
    expect: [{ result: 'fail', severity: 'critical' }],
  },
  {
    name: 'credentials, read-only, as somebody who may not read them',
    kind: 'odd',
    given: podWith(`${mount(READ_ONLY)}\nsecurityContext: {runAsUser: 1000}`, at('/etc/kubernetes')),
    expect: [{ result: 'fail', severity: 'high', message: /read-only/ }],
  },
  {
    name: 'logs that the pod may write',
    kind: 'odd',
    given: podWith(mount(), at('/var/log')),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'logs, read-only',
    kind: 'odd',
    given: podWith(mount(READ_ONLY), at('/var/log')),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'a path that climbs out of a public folder',
    kind: 'odd',
    given: podWith(mount(READ_ONLY), at('/etc/ssl/certs/../../shadow')),
    expect: [{ result: 'fail', severity: 'critical' }],
  },
  {
    name: 'a part of the root that is nobody’s',
    kind: 'odd',
    given: podWith(mount(', subPath: srv/data'), at('/')),
    expect: [],
  },
  {
    name: 'a folder of its own',
    kind: 'passing',
    given: podWith(mount(), at('/srv/data')),
    expect: [],
  },
  {
    name: 'no text',
    kind: 'unknown',
    given: podWith('', at('5')),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
