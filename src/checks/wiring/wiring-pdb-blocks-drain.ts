import { podsSelectedBy } from '../../kube/index.js'
import { asNumber, field, unknown, valueAt, type JsonValue, type KubeObject } from '../../model/index.js'
import { deploymentWith } from './example-wiring.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'

export const wiringPdbBlocksDrain = defineCheck({
  id: 'wiring-pdb-blocks-drain',
  title: 'A disruption budget lets no pod be moved',
  severity: 'low',
  because: 'nodes of its pods cannot be drained for upgrades and fixes',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['PodDisruptionBudget.policy'],
  byDefault: 'manifests',
  why: 'A budget of zero stops every drain: node upgrades wait, or somebody deletes pods by force.',
  references: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/'],
  evaluate({ object, index }, report) {
    const spec = valueAt(object.content, ['spec'])
    const most = field(spec, 'maxUnavailable') ?? undefined
    const least = field(spec, 'minAvailable') ?? undefined
    const named = [
      ['maxUnavailable', most],
      ['minAvailable', least],
    ] as const
    for (const [key, value] of named) {
      if (value === undefined || typeof value === 'number' || typeof value === 'string') continue
      report.unknown(
        unknown('unparsable', `\`${key}\` is no number`, { kind: 'object', object, path: ['spec', key] }),
      )
    }
    const sources = podsSelectedBy(index, object.ref.namespace, field(spec, 'selector'))
    const message = isNone(most)
      ? 'maxUnavailable is 0'
      : least === '100%'
        ? 'minAvailable is 100%'
        : keepsAll(
            least,
            sources.map(({ object: source }) => source),
          )
    if (message === undefined) return
    report.fail(
      fieldEvidence(object, ['spec', isNone(most) ? 'maxUnavailable' : 'minAvailable'], message, 'budget'),
      {
        message: `${message}: no pod may be evicted`,
        fix: advice(
          'Let one pod at least be unavailable (`maxUnavailable: 1`), with more than one replica.',
          {
            breaks: 'an application that does not bear the loss of one pod',
          },
        ),
      },
    )
  },
  examples: {
    bad: { manifests: `${deploymentWith()}---\n${pdb('maxUnavailable: 0')}` },
    good: { manifests: `${deploymentWith()}---\n${pdb('maxUnavailable: 1')}` },
  },
})

function isNone(value: JsonValue | undefined): boolean {
  return value === 0 || value === '0%' || value === '0'
}

/** Whether as many pods must be available as their workloads have; undefined where a workload does not say how many. */
function keepsAll(least: JsonValue | undefined, workloads: readonly KubeObject[]): string | undefined {
  const wanted = asNumber(least)
  if (wanted === undefined || workloads.length === 0) return undefined
  const replicas = workloads.map(({ ref, content }) =>
    ref.kind === 'DaemonSet' ? undefined : (asNumber(valueAt(content, ['spec', 'replicas'])) ?? 1),
  )
  if (replicas.includes(undefined)) return undefined
  const all = replicas.reduce<number>((sum, each) => sum + (each ?? 0), 0)
  return all > 0 && wanted >= all ? `minAvailable is ${wanted} of ${all} replicas` : undefined
}

function pdb(line: string): string {
  return `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web, namespace: shop }
spec: { selector: { matchLabels: { app: web } }, ${line} }
`
}
