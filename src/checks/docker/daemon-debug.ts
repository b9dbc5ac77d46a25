import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'

export const daemonDebug = defineCheck({
  id: 'daemon-debug',
  title: 'dockerd runs in debug mode',
  severity: 'low',
  because: 'its log holds the bodies of API calls, and profiles of the process are served',
  reach: 'host',
  appliesTo: 'dockerd',
  why: 'Debug mode writes what clients send, environment variables among it, and serves /debug on the API.',
  references: [dockerDocs('reference/cli/dockerd/')],
  evaluate(docker, report) {
    judgeSetting(docker, report, 'debug', docker.boolean('debug'), (value) =>
      value ? { message: 'debug mode is on', fix: docker.change('debug', false) } : undefined,
    )
  },
  examples: {
    bad: dockerdWith('{ "debug": true }'),
    good: dockerdWith('{ "debug": false }'),
  },
})
