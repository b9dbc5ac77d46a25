import { unknown } from '../../model/index.js'
import { endOfSupport } from '../../runtimes/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { containerdOfVersion } from './example-version.js'

export const containerdVersion = defineCheck({
  id: 'containerd-version',
  title: 'containerd is of a release that is no longer mended',
  severity: 'medium',
  because: 'known faults stay open; low for builds that a distribution mends itself',
  reach: 'pod',
  appliesTo: 'containerd',
  why: 'Faults of a runtime let containers out. The project mends a release line until an announced day only.',
  references: ['https://github.com/containerd/containerd/blob/main/RELEASES.md'],
  evaluate({ version, now, containerd }, report) {
    if (!version.known) return report.unknown(version)
    const end = endOfSupport(version.value)
    if (end === undefined) {
      // A line that is newer than the known ones is mended; other texts are no versions.
      if (/^v?\d+\.\d+/.test(version.value)) return
      return report.unknown(
        unknown('unparsable', `\`${version.value}\` is no version of containerd`, version.origin),
      )
    }
    if (end !== 'ended' && now <= Date.parse(`${end}T23:59:59Z`) / 1000) return
    const own = /\+deb\d|ubuntu|dfsg|~ds\d|\+k3s|\.el\d|amzn/.test(version.value)
    report.fail(
      { origin: version.origin, key: 'version', message: `containerd is ${version.value}` },
      {
        message: `containerd ${version.value} is of a release that the project ${end === 'ended' ? 'no longer mends' : `mended until ${end}`}`,
        ...(own ? { severity: 'low' as const, because: 'who built it mends it, while they support it' } : {}),
        fix: advice(
          `Update containerd to a release that is maintained, one node after the other${containerd.template === undefined ? '' : ` (it comes with ${containerd.unit})`}; containers go on meanwhile.`,
          { breaks: 'configuration of layout 1, and registry settings that 2.x no longer reads' },
        ),
      },
    )
  },
  examples: {
    bad: containerdOfVersion('1.6.20'),
    good: containerdOfVersion('2.3.1'),
  },
})
