import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'

export const daemonSeccompUnconfined = defineCheck({
  id: 'daemon-seccomp-unconfined',
  title: 'Containers run without a seccomp profile',
  severity: 'high',
  because: 'every system call of the kernel is open to every container',
  reach: 'pod',
  appliesTo: 'dockerd',
  why: 'The profile that is built in takes away about fifty system calls that have often been used to break out. `unconfined` gives all of them back.',
  references: [cisDocker('2.17'), dockerDocs('engine/security/seccomp/')],
  evaluate(docker, report) {
    judgeSetting(docker, report, 'seccomp-profile', docker.string('seccomp-profile'), (value) =>
      value === 'unconfined'
        ? { message: 'no system call is filtered', fix: docker.change('seccomp-profile', 'builtin') }
        : undefined,
    )
  },
  examples: {
    bad: dockerdWith('{ "seccomp-profile": "unconfined" }'),
    good: dockerdWith('{ "seccomp-profile": "builtin" }'),
  },
})
