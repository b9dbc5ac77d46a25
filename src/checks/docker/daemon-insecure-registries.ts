import { defineCheck } from '../define-check.js'
import { advice, withPrecondition } from '../precondition.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'
import { registryScope } from '../../docker/index.js'
import { settingEvidence } from '../judge-setting.js'

export const daemonInsecureRegistries = defineCheck({
  id: 'daemon-insecure-registries',
  title: 'Images come from registries without TLS',
  severity: 'medium',
  because: 'whoever stands between puts own images in; low for a registry on this host',
  reach: 'user',
  appliesTo: 'dockerd',
  why: 'For these registries dockerd takes any certificate, and plain HTTP. Names and whole networks count alike.',
  references: [cisDocker('2.5'), dockerDocs('reference/cli/dockerd/')],
  evaluate(docker, report) {
    const entries = docker.strings('insecure-registries')
    if (!entries.known) return report.unknown(entries)
    const evidence = settingEvidence(docker, 'insecure-registries', entries.origin)
    for (const entry of entries.value) {
      const isLocal = registryScope(entry) === 'loopback'
      const rest = entries.value.filter((other) => registryScope(other) === 'loopback')
      report.fail(
        { ...evidence, key: `insecure-registries ${entry}` },
        {
          ...(isLocal ? { severity: 'low' as const, because: 'the registry is on this host' } : {}),
          message: `\`${entry}\` is asked without a trusted certificate`,
          fix: isLocal
            ? advice('Loopback addresses are allowed without TLS by default: take the entry out.')
            : withPrecondition(
                docker.change('insecure-registries', rest),
                'the registry serves TLS with a certificate that this host trusts',
              ),
        },
      )
    }
  },
  examples: {
    bad: dockerdWith(`{ "insecure-registries": ["registry.internal:5000"] }`),
    good: dockerdWith('{}'),
  },
})
