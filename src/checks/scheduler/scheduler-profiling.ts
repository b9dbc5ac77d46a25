import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { schedulerWith } from './example-scheduler.js'
import { judgeFlag } from '../judge-flag.js'
import { advice } from '../precondition.js'

export const schedulerProfiling = defineCheck({
  id: 'scheduler-profiling',
  title: 'The scheduler serves profiles of itself',
  severity: 'low',
  because: 'only those whom RBAC lets read /debug/pprof see them',
  reach: 'user',
  appliesTo: 'scheduler',
  why: 'Profiles show how the program works inside, and taking one costs it time. With --config the file decides and the flag is not looked at, so that a flag alone may look like an answer and be none.',
  references: [cis('1.4.1'), kubernetesDocs('reference/command-line-tools-reference/kube-scheduler/')],
  evaluate(scheduler, report) {
    const config = scheduler.string('config')
    judgeFlag(scheduler, report, 'profiling', scheduler.boolean('profiling'), (on) =>
      on
        ? {
            message: 'profiles are served at /debug/pprof',
            fix:
              config.known && config.value === ''
                ? scheduler.change('profiling', false)
                : advice(
                    'Set `enableProfiling: false` in the file of --config, then restart kube-scheduler: with a file the flag is not looked at.',
                  ),
          }
        : undefined,
    )
  },
  examples: {
    bad: schedulerWith(['--profiling=true']),
    good: schedulerWith(['--profiling=false']),
  },
})
