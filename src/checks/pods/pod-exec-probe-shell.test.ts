import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podExecProbeShell } from './pod-exec-probe-shell.js'

const probe = (command: string, name = 'livenessProbe'): ReturnType<typeof podWith> =>
  podWith(`${name}: {exec: {command: ${command}}}`)

checkTests(podExecProbeShell, [
  {
    name: 'a shell',
    kind: 'failing',
    given: probe('[/bin/sh, -c, "redis-cli ping"]'),
    expect: [
      { result: 'fail', severity: 'info', path: 'spec.containers[name=app].livenessProbe.exec.command' },
    ],
  },
  { name: 'the program itself', kind: 'passing', given: probe('[redis-cli, ping]'), expect: [] },
  {
    name: 'of the start',
    kind: 'odd',
    given: probe('[bash, -ec, "true"]', 'startupProbe'),
    expect: [{ result: 'fail', message: /startupProbe/ }],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: probe('sh'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
