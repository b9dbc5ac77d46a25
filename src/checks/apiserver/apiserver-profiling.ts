import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverProfiling = defineCheck({
  id: 'apiserver-profiling',
  title: 'The API server serves profiles of itself',
  severity: 'low',
  because: 'only those whom RBAC lets read /debug/pprof see them',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'Profiles show how the program works inside, and taking one costs it time: of use to an attacker who looks for a way to slow it down, and to nobody in daily work.',
  references: [cis('1.2.15'), kubernetesDocs('reference/command-line-tools-reference/kube-apiserver/')],
  evaluate(apiserver, report) {
    judgeFlag(apiserver, report, 'profiling', apiserver.boolean('profiling'), (on) =>
      on
        ? {
            message: 'profiles are served at /debug/pprof',
            fix: apiserver.change('profiling', false),
          }
        : undefined,
    )
  },
  examples: {
    bad: apiserverWith(['--authorization-mode=Node,RBAC']),
    good: apiserverWith(['--authorization-mode=Node,RBAC', '--profiling=false']),
  },
})
