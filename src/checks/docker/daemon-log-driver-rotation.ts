import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'
import { settingEvidence } from '../judge-setting.js'

export const daemonLogDriverRotation = defineCheck({
  id: 'daemon-log-driver-rotation',
  title: 'Logs of containers grow without a limit',
  severity: 'medium',
  because: 'one container fills the disk of the host, and with it all others stop',
  reach: 'pod',
  appliesTo: 'dockerd',
  why: 'The driver json-file keeps everything unless `max-size` says otherwise. The driver `local` rotates by itself.',
  references: [cisDocker('2.13'), dockerDocs('engine/logging/configure/')],
  evaluate(docker, report) {
    const driver = docker.string('log-driver')
    if (!driver.known) return report.unknown(driver)
    if (driver.value !== 'json-file') return
    const options = docker.map('log-opts')
    if (!options.known) return report.unknown(options)
    const size = options.value['max-size']
    if (size !== undefined && size !== '' && size !== '-1') return
    report.fail(settingEvidence(docker, 'log-driver', driver.origin), {
      message: 'json-file keeps logs without `max-size`',
      fix: docker.change('log-opts.max-size', '10m'),
    })
  },
  examples: {
    bad: dockerdWith('{}'),
    good: dockerdWith(`{ "log-opts": { "max-size": "10m", "max-file": "3" } }`),
  },
})
