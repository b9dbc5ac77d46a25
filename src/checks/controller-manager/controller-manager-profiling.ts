import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { controllerManagerWith } from './example-controller-manager.js'
import { judgeFlag } from '../judge-flag.js'

export const controllerManagerProfiling = defineCheck({
  id: 'controller-manager-profiling',
  title: 'The controller manager serves profiles of itself',
  severity: 'low',
  because: 'only those whom RBAC lets read /debug/pprof see them',
  reach: 'user',
  appliesTo: 'controller-manager',
  why: 'Profiles show how the program works inside, and taking one costs it time: of use to an attacker who looks for a way to slow it down, and to nobody in daily work.',
  references: [
    cis('1.3.2'),
    kubernetesDocs('reference/command-line-tools-reference/kube-controller-manager/'),
  ],
  evaluate(manager, report) {
    judgeFlag(manager, report, 'profiling', manager.boolean('profiling'), (value) =>
      value
        ? { message: 'profiles are served at /debug/pprof', fix: manager.change('profiling', false) }
        : undefined,
    )
  },
  examples: {
    bad: controllerManagerWith(['--profiling=true']),
    good: controllerManagerWith(['--profiling=false']),
  },
})
