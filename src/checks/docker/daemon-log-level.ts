import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'

export const daemonLogLevel = defineCheck({
  id: 'daemon-log-level',
  title: 'dockerd logs too much or too little',
  severity: 'low',
  because: 'debug writes requests with what is in them; above info, starts and API calls go unrecorded',
  reach: 'host',
  appliesTo: 'dockerd',
  why: 'At `info` the log holds what an investigation needs. At `debug` it also holds the bodies of API calls, which may carry secrets.',
  references: [cisDocker('2.3'), dockerDocs('reference/cli/dockerd/')],
  evaluate(docker, report) {
    judgeSetting(docker, report, 'log-level', docker.string('log-level'), (value) =>
      value.toLowerCase() !== 'info'
        ? { message: `the log level is ${value}`, fix: docker.change('log-level', 'info') }
        : undefined,
    )
  },
  examples: {
    bad: dockerdWith('{ "log-level": "debug" }'),
    good: dockerdWith('{ "log-level": "info" }'),
  },
})
