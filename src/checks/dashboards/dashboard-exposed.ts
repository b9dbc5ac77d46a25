import { shellWord, type Exposure } from '../../kube/index.js'
import { asList, field, unknown, valueAt, type Edit, type Fix } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { nsa } from '../references.js'
import { consolesIn, waysTo } from './console-containers.js'
import { consoleWith, DASHBOARD } from './example-console.js'
import { malformedImages } from './malformed-images.js'

export const dashboardExposed = defineCheck({
  id: 'dashboard-exposed',
  title: 'A web console can be reached from outside of the cluster',
  severity: 'high',
  because: 'one flaw in its login, or one leaked credential, is enough from anywhere',
  reach: 'unauthenticated',
  appliesTo: 'workload',
  why: 'Consoles act with wide rights and were not built to stand on the open network. Reached through `kubectl port-forward` or a VPN they ask for a credential of the cluster first.',
  references: [
    nsa('network separation'),
    'https://kubernetes.io/docs/tasks/access-application-cluster/web-ui-dashboard/',
  ],
  evaluate(subject, report) {
    const { object, index } = subject
    for (const path of malformedImages(subject)) {
      report.unknown(
        unknown('unparsable', 'the image of a container is not a text', { kind: 'object', object, path }),
      )
    }
    const consoles = consolesIn(subject)
    const first = consoles[0]
    if (first === undefined) return
    const ways = waysTo(subject)
    for (const way of ways) {
      const open = first.console.open === true ? ', and it asks for no login as installed' : ''
      report.fail(
        {
          origin: { kind: 'object', object: way.object, path: way.path },
          key: `${way.by} ${way.object.ref.namespace}/${way.object.ref.name}`,
          message: way.described,
        },
        {
          message: `${first.console.title} is reached through ${way.described}${open}: it gives ${first.console.power}`,
          fix: closeWay(way),
        },
      )
    }
    if (ways.length === 0 && !index.complete) {
      const detail = `no Service or route to ${first.console.title} was read, and the input need not be the whole cluster`
      const origin = { kind: 'object', object, path: [...first.container.path, 'image'] } as const
      report.unknown(unknown('no-source', detail, origin))
    }
  },
  examples: {
    bad: { manifests: consoleWith({ image: DASHBOARD }, 'NodePort') },
    good: { complete: true, manifests: consoleWith({ image: DASHBOARD }) },
  },
})

/**
 * Fields that the API refuses on a ClusterIP Service.
 * Source: kubernetes v1.36.2 pkg/apis/core/validation/validation.go, ValidateService.
 */
const OUTSIDE_ONLY = [
  'externalTrafficPolicy',
  'healthCheckNodePort',
  'allocateLoadBalancerNodePorts',
  'loadBalancerClass',
  'loadBalancerIP',
  'loadBalancerSourceRanges',
]

function closeWay(way: Exposure): Fix {
  const { object, by } = way
  const breaks = `everybody who opens the console through ${way.described}`
  if (object !== way.service || by === 'externalIPs') {
    return advice(`Take the console out of ${way.described}; use \`kubectl port-forward\` or a VPN.`, {
      breaks,
    })
  }
  const { name, namespace } = object.ref
  const text = `Make Service ${name} a ClusterIP Service; reach the console with \`kubectl port-forward\`.`
  if (object.source !== 'manifest') {
    const patch = shellWord(JSON.stringify({ spec: { type: 'ClusterIP' } }))
    const command = `kubectl patch service -n ${shellWord(namespace)} -p ${patch} -- ${shellWord(name)}`
    return { text, edits: [], commands: [command], risk: 'traffic', needs: [], breaks }
  }
  const at = { file: object.slice.file, object: object.ref }
  const spec = field(object.content, 'spec')
  const edits: Edit[] = [
    { ...at, op: 'set', path: ['spec', 'type'], value: 'ClusterIP' },
    ...OUTSIDE_ONLY.filter((key) => field(spec, key) !== undefined).map((key): Edit => ({
      ...at,
      op: 'remove',
      path: ['spec', key],
    })),
    ...asList(valueAt(object.content, ['spec', 'ports'])).flatMap((port, index): Edit[] =>
      field(port, 'nodePort') === undefined
        ? []
        : [{ ...at, op: 'remove', path: ['spec', 'ports', index, 'nodePort'] }],
    ),
  ]
  return { text, edits, commands: [], risk: 'traffic', needs: [], breaks }
}
