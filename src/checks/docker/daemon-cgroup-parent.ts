import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { advice } from '../precondition.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'

export const daemonCgroupParent = defineCheck({
  id: 'daemon-cgroup-parent',
  title: 'Containers run below a control group of their own',
  severity: 'info',
  because: 'advice: limits of that group hold for all containers together',
  reach: 'host',
  appliesTo: 'dockerd',
  why: 'A parent control group is right when somebody meant it; otherwise limits of another service hold for all containers.',
  references: [cisDocker('2.10'), dockerDocs('reference/cli/dockerd/')],
  evaluate(docker, report) {
    judgeSetting(docker, report, 'cgroup-parent', docker.string('cgroup-parent'), (value) =>
      value !== ''
        ? {
            message: `containers run below \`${value}\``,
            fix: advice('Confirm that the control group is meant, or take `cgroup-parent` out.'),
          }
        : undefined,
    )
  },
  examples: {
    bad: dockerdWith('{ "cgroup-parent": "/batch" }'),
    good: dockerdWith('{}'),
  },
})
