import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { advice } from '../precondition.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'
import { removeKey } from './remove-key.js'

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
    const profile = docker.string('seccomp-profile')
    judgeSetting(docker, report, 'seccomp-profile', profile, (value) => {
      if (value !== 'unconfined') return undefined
      // Releases before 23.0 have no word for the profile that is built in: they have it when nothing is said.
      const fix = profile.known ? removeKey('seccomp-profile', profile.origin, '') : undefined
      const byHand = advice(
        'Take `--seccomp-profile=unconfined` out of the command line of dockerd; then restart docker.',
      )
      return { message: 'no system call is filtered', fix: fix ?? byHand }
    })
  },
  examples: {
    bad: dockerdWith('{ "seccomp-profile": "unconfined" }'),
    good: dockerdWith('{ "seccomp-profile": "builtin" }'),
  },
})
