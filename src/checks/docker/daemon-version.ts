import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdOfVersion } from './example-dockerd.js'
import { isDistributionBuild, isMaintained } from '../../docker/index.js'
import { unknown } from '../../model/index.js'

export const daemonVersion = defineCheck({
  id: 'daemon-version',
  title: 'dockerd is of a release that is no longer mended',
  severity: 'medium',
  because: 'known faults stay open; low for builds that a distribution mends itself',
  reach: 'host',
  appliesTo: 'dockerd',
  why: 'The project mends its two newest major releases and 25.0. Older ones keep faults such as the way around authorization plugins of 2024 (CVE-2024-41110).',
  references: [
    'https://github.com/moby/moby/blob/master/project/BRANCHES-AND-TAGS.md',
    dockerDocs('engine/release-notes/'),
    cisDocker('1.2.2'),
  ],
  evaluate(docker, report) {
    const { version } = docker
    if (!version.known) return report.unknown(version)
    const maintained = isMaintained(version.value)
    if (maintained === undefined) {
      return report.unknown(
        unknown('unparsable', `\`${version.value}\` is no version of dockerd`, version.origin),
      )
    }
    if (maintained) return
    const own = isDistributionBuild(version.value)
    report.fail(
      { origin: version.origin, key: 'version', message: `dockerd is ${version.value}` },
      {
        message: `dockerd ${version.value} is of a release that the project no longer mends`,
        ...(own
          ? { severity: 'low' as const, because: 'the distribution mends its own build while it supports it' }
          : {}),
        fix: advice('Update to a release that is maintained; with live-restore containers go on meanwhile.', {
          breaks: 'clients older than API 1.40 with 29.0; features that were removed in between',
        }),
      },
    )
  },
  examples: {
    bad: dockerdOfVersion('20.10.27'),
    good: dockerdOfVersion('29.0.1'),
  },
})
