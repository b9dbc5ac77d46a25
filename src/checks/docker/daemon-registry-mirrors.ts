import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'
import { registryScope } from '../../docker/index.js'
import { settingEvidence } from '../judge-setting.js'

export const daemonRegistryMirrors = defineCheck({
  id: 'daemon-registry-mirrors',
  title: 'A registry mirror is asked without TLS',
  severity: 'medium',
  because: 'whoever stands between answers pulls of Docker Hub',
  reach: 'user',
  appliesTo: 'dockerd',
  why: 'Pulls of Docker Hub go to the mirror first. Over plain HTTP anyone on the way answers in its place.',
  references: [dockerDocs('reference/cli/dockerd/')],
  evaluate(docker, report) {
    const mirrors = docker.strings('registry-mirrors')
    if (!mirrors.known) return report.unknown(mirrors)
    for (const mirror of mirrors.value) {
      const host = /^http:\/\/(.*)$/is.exec(mirror.trim())?.[1]
      if (host === undefined || registryScope(host) === 'loopback') continue
      report.fail(
        { ...settingEvidence(docker, 'registry-mirrors', mirrors.origin), key: `registry-mirrors ${mirror}` },
        {
          message: `the mirror \`${mirror}\` has no TLS`,
          fix: advice('Serve the mirror with TLS and name it with https://, or take it out.'),
        },
      )
    }
  },
  examples: {
    bad: dockerdWith(`{ "registry-mirrors": ["http://mirror.internal:5000"] }`),
    good: dockerdWith(`{ "registry-mirrors": ["https://mirror.internal"] }`),
  },
})
