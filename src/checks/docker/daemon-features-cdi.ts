import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'
import { versionNumbers } from '../../docker/index.js'
import { unknown } from '../../model/index.js'
import { settingEvidence } from '../judge-setting.js'

export const daemonFeaturesCdi = defineCheck({
  id: 'daemon-features-cdi',
  title: 'Containers may ask for devices by CDI',
  severity: 'info',
  because:
    'advice: who may write a CDI specification decides what a container mounts and which devices it gets',
  reach: 'user',
  appliesTo: 'dockerd',
  why: 'CDI specifications name devices, mounts and hooks that run as root. It is on by default from 28.3 on.',
  references: [dockerDocs('build/building/cdi/'), dockerDocs('reference/cli/dockerd/')],
  evaluate(docker, report) {
    const features = docker.map('features')
    if (!features.known) return report.unknown(features)
    const said = features.value['cdi']
    const numbers = docker.version.known ? versionNumbers(docker.version.value) : undefined
    if (said === undefined && numbers === undefined) {
      return report.unknown(
        unknown('version-unknown', 'whether CDI is on by default depends on the version of dockerd'),
      )
    }
    const [major = 0, minor = 0] = numbers ?? []
    if (said === false || (said !== true && (major < 28 || (major === 28 && minor < 3)))) return
    report.fail(settingEvidence(docker, said === undefined ? 'features' : 'features.cdi', features.origin), {
      message: 'CDI is on',
      fix: advice(
        'Where no container needs devices by CDI, set `features.cdi` to false; otherwise keep /etc/cdi and /var/run/cdi writable by root alone.',
      ),
    })
  },
  examples: {
    bad: dockerdWith(`{ "features": { "cdi": true } }`),
    good: dockerdWith(`{ "features": { "cdi": false } }`),
  },
})
