import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'

export const daemonExperimental = defineCheck({
  id: 'daemon-experimental',
  title: 'Experimental features are on',
  severity: 'low',
  because: 'they are less tested and may change',
  reach: 'host',
  appliesTo: 'dockerd',
  why: 'What is experimental may go away or open ways that nobody looked for.',
  references: [cisDocker('2.18'), dockerDocs('reference/cli/dockerd/')],
  evaluate(docker, report) {
    judgeSetting(docker, report, 'experimental', docker.boolean('experimental'), (value) =>
      value
        ? { message: 'experimental features are on', fix: docker.change('experimental', false) }
        : undefined,
    )
  },
  examples: {
    bad: dockerdWith('{ "experimental": true }'),
    good: dockerdWith('{ "experimental": false }'),
  },
})
