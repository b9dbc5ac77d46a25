import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'

export const daemonNoNewPrivileges = defineCheck({
  id: 'daemon-no-new-privileges',
  title: 'Containers may gain privileges by setuid programs',
  severity: 'medium',
  because: 'a barrier that stops most ways from a user to root inside of a container is off by default',
  reach: 'pod',
  appliesTo: 'dockerd',
  why: 'With `no-new-privileges` a setuid program or file capability gives a process nothing new. As the default of the daemon it holds for every container that does not say otherwise.',
  references: [cisDocker('2.14'), dockerDocs('reference/cli/dockerd/')],
  evaluate(docker, report) {
    judgeSetting(docker, report, 'no-new-privileges', docker.boolean('no-new-privileges'), (value) =>
      !value
        ? {
            message: 'containers start without no-new-privileges unless they ask for it',
            fix: docker.change('no-new-privileges', true),
          }
        : undefined,
    )
  },
  examples: {
    bad: dockerdWith('{ "no-new-privileges": false }'),
    good: dockerdWith('{ "no-new-privileges": true }'),
  },
})
