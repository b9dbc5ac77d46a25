import {
  asList,
  asString,
  field,
  isObject,
  unknown,
  type JsonPath,
  type JsonValue,
} from '../../model/index.js'
import { pathInObject, type Container, type PodTemplate } from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { deploymentWith } from './example-wiring.js'
import { judgeMissing } from './judge-missing.js'

export const wiringSecretOrConfigmapMissing = defineCheck({
  id: 'wiring-secret-or-configmap-missing',
  title: 'A workload needs a Secret or ConfigMap that does not exist',
  severity: 'low',
  because: 'its pods do not start, and whoever creates the object decides what they read',
  reach: 'user',
  appliesTo: 'workload',
  byDefault: 'manifests',
  why: 'The kubelet does not start a container whose Secret or ConfigMap is missing, unless the reference is optional. After a restart the workload stays down.',
  references: [
    'https://kubernetes.io/docs/concepts/configuration/secret/',
    'https://kubernetes.io/docs/concepts/configuration/configmap/',
  ],
  evaluate({ object, template, containers, index }, report) {
    const { volumes } = template.spec
    if (volumes !== undefined && volumes !== null && !Array.isArray(volumes)) {
      report.unknown(
        unknown('unparsable', '`volumes` is no list', {
          kind: 'object',
          object,
          path: pathInObject(template, ['spec', 'volumes']),
        }),
      )
    }
    const seen = new Set<string>()
    for (const { kind, name, path } of [...containers.flatMap(ofContainer), ...ofVolumes(template)]) {
      // Every namespace is given this one. Source: kubernetes v1.36.2 pkg/controller/certificates/rootcacertpublisher.
      if (seen.has(`${kind}/${name}`) || name === 'kube-root-ca.crt') continue
      seen.add(`${kind}/${name}`)
      judgeMissing(
        object,
        index,
        report,
        { group: '', kind, namespace: object.ref.namespace, name, path },
        {
          fix: advice(`Create the ${kind}, or name the one that is meant.`),
        },
      )
    }
  },
  examples: {
    bad: { complete: true, manifests: deploymentWith('envFrom: [{ configMapRef: { name: web } }]') },
    good: {
      complete: true,
      manifests: `${deploymentWith('envFrom: [{ configMapRef: { name: web } }]')}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: web, namespace: shop }\n`,
    },
  },
})

interface Reference {
  readonly kind: 'Secret' | 'ConfigMap'
  readonly name: string
  readonly path: JsonPath
}

function reference(
  kind: Reference['kind'],
  source: JsonValue | undefined,
  path: JsonPath,
  key = 'name',
): Reference[] {
  const name = asString(field(source, key))
  return !isObject(source) || name === undefined || name === '' || field(source, 'optional') === true
    ? []
    : [{ kind, name, path: [...path, key] }]
}

function ofContainer({ spec, path }: Container): Reference[] {
  return [
    ...asList(spec.env).flatMap((each, at) => {
      const from = field(each, 'valueFrom')
      const here = [...path, 'env', at, 'valueFrom']
      return [
        ...reference('Secret', field(from, 'secretKeyRef'), [...here, 'secretKeyRef']),
        ...reference('ConfigMap', field(from, 'configMapKeyRef'), [...here, 'configMapKeyRef']),
      ]
    }),
    ...asList(spec.envFrom).flatMap((each, at) => [
      ...reference('Secret', field(each, 'secretRef'), [...path, 'envFrom', at, 'secretRef']),
      ...reference('ConfigMap', field(each, 'configMapRef'), [...path, 'envFrom', at, 'configMapRef']),
    ]),
  ]
}

function ofVolumes(template: PodTemplate): Reference[] {
  return asList(template.spec.volumes).flatMap((volume, at) => {
    const here = pathInObject(template, ['spec', 'volumes', at])
    return [
      ...reference('Secret', field(volume, 'secret'), [...here, 'secret'], 'secretName'),
      ...reference('ConfigMap', field(volume, 'configMap'), [...here, 'configMap']),
      ...asList(field(field(volume, 'projected'), 'sources')).flatMap((source, number) => [
        ...reference('Secret', field(source, 'secret'), [...here, 'projected', 'sources', number, 'secret']),
        ...reference('ConfigMap', field(source, 'configMap'), [
          ...here,
          'projected',
          'sources',
          number,
          'configMap',
        ]),
      ]),
    ]
  })
}
