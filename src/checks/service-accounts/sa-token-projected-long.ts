import { pathInObject } from '../../kube/index.js'
import { asList, asString, field, unknown, type JsonPath } from '../../model/index.js'
import { defineCheck, type WorkloadSubject } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { deploymentWith } from './example-workload.js'

const DAY = 24 * 60 * 60
const HOUR = 60 * 60

export const saTokenProjectedLong = defineCheck({
  id: 'sa-token-projected-long',
  title: 'A workload asks for a token that lives longer than a day',
  severity: 'low',
  because: 'a copy of the token is good for as long as it lives, and its end is all that limits it',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'The kubelet renews a projected token when four fifths of its life are over, so a short life costs nothing. A long one is for whoever copied the token. A server may cut what is asked for (--service-account-max-token-expiration).',
  references: [
    kubernetesDocs(
      'tasks/configure-pod-container/configure-service-account/#launch-a-pod-using-service-account-token-projection',
    ),
  ],
  evaluate(subject, report) {
    const { object, template } = subject
    for (const { path, source, volume } of tokenSources(subject)) {
      const seconds = field(source, 'expirationSeconds')
      if (seconds === undefined || seconds === null) continue
      const place = pathInObject(template, path)
      const origin = { kind: 'object', object, path: place } as const
      if (typeof seconds !== 'number') {
        report.unknown(unknown('unparsable', '`expirationSeconds` is not a number', origin))
        continue
      }
      if (seconds <= DAY) continue
      const audience = asString(field(source, 'audience'))
      const forWhom = audience === undefined ? 'the API server' : audience
      report.fail(
        { origin, key: `volumes[name=${volume}] expirationSeconds`, message: `${seconds} seconds` },
        {
          message: `volume \`${volume}\`: its token for ${forWhom} lives ${inDays(seconds)}`,
          fix: advice('Set `expirationSeconds` to 3600; the kubelet renews the token in time.', {
            needs: 'the program reads the token from its file again, at least every hour',
            breaks: 'programs that read the token once and keep it',
          }),
        },
      )
    }
  },
  examples: {
    bad: { manifests: deploymentWith({ volumes: [tokenVolume(30 * DAY)] }) },
    good: { manifests: deploymentWith({ volumes: [tokenVolume(HOUR)] }) },
  },
})

function tokenVolume(expirationSeconds: number): object {
  return {
    name: 'vault',
    projected: {
      sources: [{ serviceAccountToken: { path: 'token', audience: 'vault', expirationSeconds } }],
    },
  }
}

interface TokenSource {
  readonly path: JsonPath
  readonly source: unknown
  readonly volume: string
}

function tokenSources({ template }: WorkloadSubject): TokenSource[] {
  return asList(field(template.spec, 'volumes')).flatMap((volume, at) =>
    asList(field(field(volume, 'projected'), 'sources')).flatMap((each, index): TokenSource[] => {
      const source = field(each, 'serviceAccountToken')
      if (source === undefined) return []
      const base = ['spec', 'volumes', at, 'projected', 'sources', index, 'serviceAccountToken']
      const name = asString(field(volume, 'name')) ?? `volumes[${at}]`
      return [{ path: [...base, 'expirationSeconds'], source, volume: name }]
    }),
  )
}

function inDays(seconds: number): string {
  const days = Math.floor(seconds / DAY)
  return days < 2 ? `${Math.floor(seconds / HOUR)} hours` : `${days} days`
}
