import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { advice } from '../precondition.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'

export const daemonRootless = defineCheck({
  id: 'daemon-rootless',
  title: 'dockerd runs as root',
  severity: 'info',
  because: 'advice: where nothing needs root, a rootless daemon ends a whole class of break-outs',
  reach: 'pod',
  appliesTo: 'dockerd',
  why: 'A rootless daemon runs in the namespace of a user: who breaks out of a container is that user.',
  references: [cisDocker('2.1'), dockerDocs('engine/security/rootless/')],
  evaluate(docker, report) {
    judgeSetting(docker, report, 'rootless', docker.boolean('rootless'), (value) =>
      value
        ? undefined
        : {
            message: 'the daemon is root',
            fix: advice('Consider a rootless daemon for people who build and test on this host.'),
          },
    )
  },
  examples: {
    bad: dockerdWith('{}'),
    good: dockerdWith('', '--rootless'),
  },
})
