import { imageName } from '../../kube/index.js'
import { asString, asStrings, unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'
import { controllerWith } from './example-ingress.js'

export const ingressTraefikInsecureApi = defineCheck({
  id: 'ingress-traefik-insecure-api',
  title: 'Traefik serves its API and dashboard without a login',
  severity: 'high',
  because: 'every pod reaches it, and whoever does reads all routes, and with debug on profiles',
  reach: 'pod',
  appliesTo: 'workload',
  why: '`--api.insecure` puts the dashboard and API on a port of its own (8080) without TLS and login: the map of everything behind the proxy, with names of Services, hosts and middlewares.',
  references: ['https://doc.traefik.io/traefik/reference/install-configuration/api-dashboard/'],
  evaluate({ object, containers }, report) {
    for (const { spec, path } of containers) {
      if (!/(?:^|\/)(?:mirrored-library-)?traefik$/.test(imageName(asString(spec.image) ?? '').repository))
        continue
      const lists = (['command', 'args'] as const).map((key) => [key, spec[key]] as const)
      for (const [key, list] of lists) {
        if (list !== undefined && list !== null && !Array.isArray(list)) {
          report.unknown(
            unknown('unparsable', `\`${key}\` is no list`, { kind: 'object', object, path: [...path, key] }),
          )
          continue
        }
        const at = asStrings(list).findLastIndex((word) => /^--api\.insecure(?:=|$)/i.test(word))
        const word = asStrings(list)[at]
        if (word === undefined || !/^--api\.insecure(?:=(?:true|t|1))?$/i.test(word)) continue
        report.fail(fieldEvidence(object, [...path, key, at], `\`${word}\``, 'api.insecure'), {
          message: `\`${word}\`: API and dashboard are open on port 8080`,
          fix: advice(
            'Take `--api.insecure` away; serve the dashboard by an IngressRoute to `api@internal` behind a login.',
            {
              breaks: 'people and probes that use port 8080',
            },
          ),
        })
      }
    }
  },
  examples: {
    bad: { manifests: controllerWith('docker.io/traefik:v3.5.0', ['--api.insecure=true']) },
    good: { manifests: controllerWith('docker.io/traefik:v3.5.0', ['--api.dashboard=true']) },
  },
})
