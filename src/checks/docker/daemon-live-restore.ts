import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'

export const daemonLiveRestore = defineCheck({
  id: 'daemon-live-restore',
  title: 'Containers end when dockerd restarts',
  severity: 'low',
  because: 'security updates of Docker are put off because they stop everything',
  reach: 'host',
  appliesTo: 'dockerd',
  why: 'With `live-restore` containers go on while dockerd is restarted. Swarm mode does not allow it.',
  references: [cisDocker('2.15'), dockerDocs('engine/daemon/live-restore/')],
  evaluate(docker, report) {
    if (docker.swarm) return report.notApplicable('swarm mode does not allow live-restore')
    judgeSetting(docker, report, 'live-restore', docker.boolean('live-restore'), (value) =>
      !value
        ? { message: 'a restart of dockerd stops all containers', fix: docker.change('live-restore', true) }
        : undefined,
    )
  },
  examples: {
    bad: dockerdWith('{ "live-restore": false }'),
    good: dockerdWith('{ "live-restore": true }'),
  },
})
