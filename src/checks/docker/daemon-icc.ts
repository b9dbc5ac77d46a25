import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'

export const daemonIcc = defineCheck({
  id: 'daemon-icc',
  title: 'Containers of the default bridge reach one another on every port',
  severity: 'medium',
  because: 'one taken container reaches the others that nobody meant to connect',
  reach: 'pod',
  appliesTo: 'dockerd',
  why: 'On the default bridge `icc` lets all containers talk to one another. Networks that users make are apart from each other anyway.',
  references: [cisDocker('2.2'), dockerDocs('reference/cli/dockerd/')],
  evaluate(docker, report) {
    const bridge = docker.string('bridge')
    if (bridge.known && bridge.value === 'none') return
    judgeSetting(docker, report, 'icc', docker.boolean('icc'), (value) =>
      value
        ? { message: 'containers of the default bridge reach one another', fix: docker.change('icc', false) }
        : undefined,
    )
  },
  examples: {
    bad: dockerdWith('{ "icc": true }'),
    good: dockerdWith('{ "icc": false }'),
  },
})
