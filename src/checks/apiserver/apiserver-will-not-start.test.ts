import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverWillNotStart } from './apiserver-will-not-start.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverWillNotStart, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'a boolean flag with its value as a word of its own',
    kind: 'failing',
    given: apiserverWith(['--profiling', 'false']),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        message: /does not take any arguments, got `false`/,
        path: 'refusal',
        line: 12,
        fix: 'advice',
      },
    ],
  },
  {
    name: 'a value of the wrong type',
    kind: 'failing',
    given: apiserverWith(['--secure-port=many']),
    expect: [{ result: 'fail', path: 'refusal', line: 11 }],
  },
  { name: 'flags that it takes', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'an unknown flag is said elsewhere',
    kind: 'odd',
    given: apiserverWith(['--no-such-flag']),
    expect: [],
  },
  {
    name: 'one plug-in on and off at once',
    kind: 'odd',
    given: apiserverWith([
      '--enable-admission-plugins=PodSecurity',
      '--disable-admission-plugins=PodSecurity',
    ]),
    expect: [{ result: 'fail', message: /enabled and disabled at once/ }],
  },
])
