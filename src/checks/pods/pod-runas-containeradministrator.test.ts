import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podRunasContaineradministrator } from './pod-runas-containeradministrator.js'

const as = (user: string): string => `securityContext: {windowsOptions: {runAsUserName: ${user}}}`

checkTests(podRunasContaineradministrator, [
  {
    name: 'of the pod',
    kind: 'failing',
    given: podWith('', as('ContainerAdministrator')),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'spec.securityContext.windowsOptions.runAsUserName',
        fix: 'patch',
      },
    ],
  },
  {
    name: 'of a container, in small letters',
    kind: 'failing',
    given: podWith(as('containeradministrator')),
    expect: [{ result: 'fail', message: /`app`/ }],
  },
  { name: 'an ordinary user', kind: 'passing', given: podWith(as('ContainerUser')), expect: [] },
  {
    name: 'with the name of a machine',
    kind: 'odd',
    given: podWith(as("'User Manager\\ContainerAdministrator'")),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'a number',
    kind: 'unknown',
    given: podWith(as('5')),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
