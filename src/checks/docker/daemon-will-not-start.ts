import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'
import { unknown } from '../../model/index.js'

export const daemonWillNotStart = defineCheck({
  id: 'daemon-will-not-start',
  title: 'dockerd refuses to start with this configuration',
  severity: 'high',
  because: 'at the next restart of the host no container comes up',
  reach: 'host',
  appliesTo: 'dockerd',
  why: 'A daemon that runs keeps its old settings, so a broken file is noticed at the next restart: then the host is lost, and what the file should protect is not in force until then.',
  references: [dockerDocs('engine/daemon/troubleshoot/')],
  evaluate(docker, report) {
    const faults = docker.faults.filter(
      ({ kind, certain }) => certain && kind !== 'conflict' && kind !== 'unknown-key',
    )
    for (const { kind, message, origin, setting } of faults) {
      const fix = advice(
        'Correct what is named here; from 23.0 on `dockerd --validate --config-file=/etc/docker/daemon.json` checks a file without starting.',
      )
      report.fail(
        { origin, key: `${kind} ${setting ?? ''}`.trimEnd(), message },
        { message: `dockerd refuses to start: ${message}`, fix },
      )
    }
    const doubt = docker.faults.find(({ kind, certain }) => !certain && kind !== 'unknown-key')
    if (doubt !== undefined) report.unknown(unknown('version-unknown', doubt.message, doubt.origin))
    const gap = docker.config.gaps[0]
    if (faults.length === 0 && gap !== undefined) report.unknown(unknown(gap.reason, gap.detail, gap.origin))
  },
  examples: {
    bad: dockerdWith(`{ "debug": true, }`),
    good: dockerdWith(`{ "debug": true }`),
  },
})
