import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { advice } from '../precondition.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'

export const daemonDefaultUlimits = defineCheck({
  id: 'daemon-default-ulimits',
  title: 'No default limits for processes and files of containers',
  severity: 'info',
  because: 'advice: one container can use up what all share',
  reach: 'pod',
  appliesTo: 'dockerd',
  why: 'Default limits hold for each container that sets none of its own.',
  references: [cisDocker('2.8'), dockerDocs('reference/cli/dockerd/')],
  evaluate(docker, report) {
    judgeSetting(docker, report, 'default-ulimits', docker.map('default-ulimits'), (value) =>
      Object.keys(value).length === 0
        ? {
            message: 'containers inherit the limits of dockerd',
            fix: advice(
              'Set `default-ulimits` for nofile and nproc to what the containers of this host need.',
            ),
          }
        : undefined,
    )
  },
  examples: {
    bad: dockerdWith('{}'),
    good: dockerdWith(
      `{ "default-ulimits": { "nofile": { "Name": "nofile", "Hard": 64000, "Soft": 64000 } } }`,
    ),
  },
})
