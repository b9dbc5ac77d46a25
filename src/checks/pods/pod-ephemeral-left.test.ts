import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podEphemeralLeft } from './pod-ephemeral-left.js'

const HARD = 'securityContext: {allowPrivilegeEscalation: false, runAsUser: 5}'
const debug = (context: string, status = ''): { manifests: string } => ({
  manifests: `${podWith(HARD, `ephemeralContainers: [{name: debug, image: busybox, securityContext: {${context}}}]`).manifests ?? ''}${status}`,
})

checkTests(podEphemeralLeft, [
  {
    name: 'privileged',
    kind: 'failing',
    given: debug('privileged: true'),
    expect: [
      { result: 'fail', severity: 'medium', path: 'spec.ephemeralContainers[name=debug]', fix: 'advice' },
    ],
  },
  {
    name: 'as root, beside a program that is not',
    kind: 'failing',
    given: debug('runAsUser: 0, allowPrivilegeEscalation: false'),
    expect: [{ result: 'fail', message: /runs as root/ }],
  },
  { name: 'none', kind: 'passing', given: podWith(HARD), expect: [] },
  {
    name: 'no more than the pod',
    kind: 'passing',
    given: debug('allowPrivilegeEscalation: false'),
    expect: [],
  },
  {
    name: 'it has ended',
    kind: 'odd',
    given: debug(
      'privileged: true',
      'status: {ephemeralContainerStatuses: [{name: debug, state: {terminated: {exitCode: 0}}}]}\n',
    ),
    expect: [],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: podWith(HARD, 'ephemeralContainers: {a: b}'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
