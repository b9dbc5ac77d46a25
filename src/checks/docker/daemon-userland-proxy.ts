import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'

export const daemonUserlandProxy = defineCheck({
  id: 'daemon-userland-proxy',
  title: 'A process for every published port',
  severity: 'low',
  because: 'more code of Docker listens as root, and the sender of a connection is not seen',
  reach: 'host',
  appliesTo: 'dockerd',
  why: 'The userland proxy is only needed where the kernel cannot do hairpin NAT.',
  references: [cisDocker('2.16'), dockerDocs('reference/cli/dockerd/')],
  evaluate(docker, report) {
    judgeSetting(docker, report, 'userland-proxy', docker.boolean('userland-proxy'), (value) =>
      value
        ? {
            message: 'each published port has a process of its own',
            fix: docker.change('userland-proxy', false),
          }
        : undefined,
    )
  },
  examples: {
    bad: dockerdWith('{ "userland-proxy": true }'),
    good: dockerdWith('{ "userland-proxy": false }'),
  },
})
