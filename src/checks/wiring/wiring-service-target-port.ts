import { containersOf, podsWithLabels } from '../../kube/index.js'
import { asList, asNumber, asString, field, inWords, isObject, unknown, valueAt } from '../../model/index.js'
import { deploymentWith, serviceWith, WEB_SERVICE } from './example-wiring.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'

export const wiringServiceTargetPort = defineCheck({
  id: 'wiring-service-target-port',
  title: 'A Service sends to a port that its pods do not name',
  severity: 'low',
  because: 'connections to that port of the Service are refused',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Service'],
  byDefault: 'manifests',
  why: 'A target port by name must be a port of a container. Renamed in one place, it leads nowhere, and the Service looks well.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports'],
  evaluate({ object, index }, report) {
    const ports = valueAt(object.content, ['spec', 'ports']) ?? []
    if (!Array.isArray(ports)) {
      return report.unknown(
        unknown('unparsable', '`ports` is no list', { kind: 'object', object, path: ['spec', 'ports'] }),
      )
    }
    const pods = podsWithLabels(index, object.ref.namespace, valueAt(object.content, ['spec', 'selector']))
    if (pods.length === 0) return
    const declared = pods
      .flatMap(({ template }) => containersOf(template))
      .flatMap(({ spec }) => asList(spec.ports))
    for (const [at, port] of ports.entries()) {
      const target = isObject(port) ? (field(port, 'targetPort') ?? field(port, 'port')) : undefined
      const named = asString(target)
      const isThere = declared.some((each) =>
        named === undefined
          ? asNumber(field(each, 'containerPort')) === target
          : field(each, 'name') === named,
      )
      // A number works whether or not the container writes it down.
      if (target === undefined || isThere || (named === undefined && declared.length === 0)) continue
      const message =
        named === undefined
          ? `no container of its pods declares port ${inWords(target)}`
          : `no container of its pods has a port named ${named}`
      report.fail(fieldEvidence(object, ['spec', 'ports', at], message, `port ${inWords(target)}`), {
        message,
        fix: advice('Write the name or number of the port on which the pods listen.'),
        ...(named === undefined
          ? { severity: 'info', because: 'a container may listen on a port that it does not declare' }
          : {}),
      })
    }
  },
  examples: {
    bad: {
      manifests: `${deploymentWith('ports: [{ name: web, containerPort: 8080 }]')}---\n${serviceWith(WEB_SERVICE)}`,
    },
    good: {
      manifests: `${deploymentWith('ports: [{ name: http, containerPort: 8080 }]')}---\n${serviceWith(WEB_SERVICE)}`,
    },
  },
})
