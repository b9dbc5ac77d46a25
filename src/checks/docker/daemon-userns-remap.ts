import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'

export const daemonUsernsRemap = defineCheck({
  id: 'daemon-userns-remap',
  title: 'Root in a container is root of the host',
  severity: 'medium',
  because: 'a process that breaks out as root is root of the host at once',
  reach: 'pod',
  appliesTo: 'dockerd',
  why: 'With `userns-remap` root of a container is an ordinary user outside. A rootless daemon has that by its nature.',
  references: [cisDocker('2.9'), dockerDocs('engine/security/userns-remap/')],
  evaluate(docker, report) {
    if (docker.rootless) return
    judgeSetting(docker, report, 'userns-remap', docker.string('userns-remap'), (value) =>
      value === ''
        ? {
            message: 'user ids of containers are those of the host',
            fix: docker.change('userns-remap', 'default'),
          }
        : undefined,
    )
  },
  examples: {
    bad: dockerdWith('{ "userns-remap": "" }'),
    good: dockerdWith('{ "userns-remap": "default" }'),
  },
})
