import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { schedulerProfiling } from './scheduler-profiling.js'
import { schedulerWith } from './example-scheduler.js'

checkTests(schedulerProfiling, [
  {
    name: 'on',
    kind: 'failing',
    given: schedulerWith(['--profiling=true']),
    expect: [{ result: 'fail', path: 'profiling', line: 11, fix: 'patch', severity: 'low' }],
  },
  {
    name: 'on by default',
    kind: 'failing',
    given: schedulerWith(['--v=2']),
    expect: [{ result: 'fail', path: 'profiling', fix: 'patch' }],
  },
  {
    name: 'off',
    kind: 'passing',
    given: schedulerWith(['--profiling=false']),
    expect: [],
  },
  {
    name: 'the file is on, the flag off: the file counts',
    kind: 'odd',
    given: schedulerWith(['--config=/etc/kubernetes/scheduler-config.yaml', '--profiling=false'], {
      files: {
        '/etc/kubernetes/scheduler-config.yaml':
          'apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\nenableProfiling: true\n',
      },
    }),
    expect: [
      {
        result: 'fail',
        path: 'profiling',
        file: '/etc/kubernetes/scheduler-config.yaml',
        line: 3,
        fix: 'advice',
      },
    ],
  },
  {
    name: 'the file does not say: on',
    kind: 'odd',
    given: schedulerWith(['--config=/etc/kubernetes/scheduler-config.yaml', '--profiling=false'], {
      files: {
        '/etc/kubernetes/scheduler-config.yaml':
          'apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\n',
      },
    }),
    expect: [{ result: 'fail', path: 'profiling', file: '/etc/kubernetes/scheduler-config.yaml' }],
  },
  {
    name: 'the file is off, the flag on',
    kind: 'odd',
    given: schedulerWith(['--config=/etc/kubernetes/scheduler-config.yaml', '--profiling=true'], {
      files: {
        '/etc/kubernetes/scheduler-config.yaml':
          'apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\nenableProfiling: false\n',
      },
    }),
    expect: [],
  },
  {
    name: 'a file that was not read',
    kind: 'unknown',
    given: schedulerWith(['--config=/srv/scheduler.yaml', '--profiling=false']),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'a text where a boolean belongs',
    kind: 'unknown',
    given: schedulerWith(['--config=/etc/kubernetes/scheduler-config.yaml'], {
      files: {
        '/etc/kubernetes/scheduler-config.yaml':
          'apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\nenableProfiling: "no"\n',
      },
    }),
    expect: [{ result: 'unknown' }],
  },
  ...unseenRows('kube-scheduler'),
])
