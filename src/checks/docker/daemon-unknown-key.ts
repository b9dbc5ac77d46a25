import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'
import { unknown } from '../../model/index.js'
import { removeKey } from './remove-key.js'

export const daemonUnknownKey = defineCheck({
  id: 'daemon-unknown-key',
  title: 'daemon.json holds a key that dockerd does not know or ignores',
  severity: 'high',
  because: 'dockerd does not start again with a key that it does not know',
  reach: 'host',
  appliesTo: 'dockerd',
  why: 'dockerd refuses unknown keys. Some wrong names it takes silently, the names of flags for instance (`insecure-registry` instead of `insecure-registries`): the setting that seems to protect the host is then not in force.',
  references: [dockerDocs('reference/cli/dockerd/#daemon-configuration-file')],
  evaluate(docker, report) {
    for (const { kind, message, setting, origin, certain } of docker.faults) {
      if (kind !== 'unknown-key') continue
      if (!certain) {
        report.unknown(unknown('version-unknown', message, origin))
        continue
      }
      report.fail(
        { origin, key: setting ?? '', message },
        { message, fix: removeKey(setting ?? '', origin, ', or write the right name') },
      )
    }
    for (const { key, origin } of docker.ignored) {
      const message = `dockerd takes the key \`${key}\` and does nothing with it`
      const because = 'it starts, without what the key was meant for'
      const fix = advice(`Write the setting under its right name, or take \`${key}\` out.`)
      report.fail({ origin, key, message }, { severity: 'medium', because, message, fix })
    }
    const gap = docker.config.gaps.find(({ origin }) => origin?.kind === 'file')
    if (gap !== undefined) report.unknown(unknown(gap.reason, gap.detail, gap.origin))
  },
  examples: {
    bad: dockerdWith(`{ "live_restore": true }`),
    good: dockerdWith(`{ "live-restore": true }`),
  },
})
