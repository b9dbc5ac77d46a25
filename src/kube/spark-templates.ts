import { asList, asString, field, isObject, type JsonObject, type JsonPath, valueAt } from '../model/index.js'
import { assemblePod, type PodParts } from './assemble-pod.js'
import type { PodTemplate } from './pod-template.js'

/** Where each kind of the Spark operator keeps an application. Source: kubeflow/spark-operator v2 api/v1beta2. */
const APPLICATION_AT: Readonly<Record<string, JsonPath>> = {
  SparkApplication: ['spec'],
  ScheduledSparkApplication: ['spec', 'template'],
}

/** Whether a kind of the Spark operator holds pods. */
export function isSparkKind(kind: string): boolean {
  return Object.hasOwn(APPLICATION_AT, kind)
}

/** Fields of the pod that have the same name beside the role of an application. */
const OF_POD = [
  'hostNetwork',
  'hostAliases',
  'tolerations',
  'nodeSelector',
  'shareProcessNamespace',
  'priorityClassName',
  'automountServiceAccountToken',
]

/** The pods of the driver and of the executors of a Spark application. */
export function sparkTemplates(kind: string, content: JsonObject): PodTemplate[] {
  const at = Object.hasOwn(APPLICATION_AT, kind) ? APPLICATION_AT[kind] : undefined
  const application = at === undefined ? undefined : valueAt(content, at)
  if (at === undefined || !isObject(application)) return []
  return ['driver', 'executor'].flatMap((role) => {
    const given = field(application, role)
    return isObject(given) ? [podOf(application, at, given, [...at, role], role)] : []
  })
}

function podOf(
  application: JsonObject,
  at: JsonPath,
  given: JsonObject,
  here: JsonPath,
  role: string,
): PodTemplate {
  const fields = OF_POD.flatMap((name): PodParts['fields'] =>
    given[name] === undefined ? [] : [{ name, value: given[name], path: [...here, name] }],
  )
  const renamed: PodParts['fields'] = [
    ['securityContext', 'podSecurityContext'],
    ['serviceAccountName', 'serviceAccount'],
  ].flatMap(([name = '', from = '']) =>
    given[from] === undefined ? [] : [{ name, value: given[from], path: [...here, from] }],
  )
  const image = asString(given.image) === undefined ? application.image : given.image
  const ofApplication = asString(given.image) === undefined && application.image !== undefined
  const inner = ofApplication ? [{ from: ['image'], to: [...at, 'image'] }] : []
  return assemblePod({
    metadata: { labels: given.labels, annotations: given.annotations },
    metadataPath: here,
    specPath: here,
    fields: [...fields, ...renamed],
    lists: {
      initContainers: membersOf(given, 'initContainers', here),
      containers: [
        { value: containerOf(given, image, role), path: here, inner },
        ...membersOf(given, 'sidecars', here),
      ],
      volumes: membersOf(application, 'volumes', at),
    },
    // What a template of the pod says besides is merged in by the operator.
    ...(given.template === undefined ? {} : { patchedBy: [...here, 'template'] }),
  })
}

/** Spark itself gives its containers a limit for memory and a request for cpu, 1g and 1 unless others are named. */
function containerOf(given: JsonObject, image: JsonObject[string], role: string): JsonObject {
  const kept = ['securityContext', 'env', 'envFrom', 'volumeMounts', 'ports', 'lifecycle'].filter(
    (name) => given[name] !== undefined,
  )
  return Object.fromEntries([
    ['name', `spark-kubernetes-${role}`],
    ['resources', { limits: { memory: given.memory ?? '1g' }, requests: { cpu: given.cores ?? 1 } }],
    ...(image === undefined ? [] : [['image', image] as const]),
    ...kept.map((name) => [name, given[name]] as const),
  ])
}

function membersOf(from: JsonObject, name: string, at: JsonPath): PodParts['lists'][string] {
  return asList(from[name]).map((value, index) => ({ value, path: [...at, name, index] }))
}
