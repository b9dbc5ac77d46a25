import {
  asList,
  asString,
  field,
  isObject,
  valueAt,
  type JsonObject,
  type JsonPath,
  type KubeObject,
} from '../model/index.js'
import { argoTemplates, isArgoKind } from './argo-templates.js'
import { POD_PATHS } from './pod-paths.js'
import { isSparkKind, sparkTemplates } from './spark-templates.js'
import { isTektonKind, tektonTemplates } from './tekton-templates.js'

/** A pod, or the template of one, inside an object. Paths start at the object's root. */
export interface PodTemplate {
  readonly metadata: JsonObject
  readonly metadataPath: JsonPath
  readonly spec: JsonObject
  readonly specPath: JsonPath
  /** The object's kind is not known to make pods; it only looks so. */
  readonly guessed?: boolean
  /** Parts of a pod that was put together from fields with other names: where each stands in the object. */
  readonly moved?: readonly MovedPart[]
  /** The object has no fields for the pod as a whole, only for its containers. */
  readonly containersOnly?: boolean
  /** A part of the object that may change the pod in ways that cannot be read. */
  readonly patchedBy?: JsonPath
}

/** A part of a pod (`spec`, `containers`, 0) that stands elsewhere in the object that holds the pod. */
export interface MovedPart {
  readonly from: JsonPath
  readonly to: JsonPath
}

/** Where a field of a pod (`spec`, `containers`, 0, ...) stands in the object that holds the pod. */
export function pathInObject(template: PodTemplate, path: JsonPath): JsonPath {
  const part = template.moved?.find(({ from }) => from.every((step, index) => path[index] === step))
  if (part !== undefined) return [...part.to, ...path.slice(part.from.length)]
  const root = path[0] === 'metadata' ? template.metadataPath : template.specPath
  return [...root, ...path.slice(1)]
}

/** One container of a pod, of any of the three lists. */
export interface Container {
  readonly kind: 'container' | 'init' | 'ephemeral'
  readonly name: string
  readonly spec: JsonObject
  /** In the object that holds the pod. */
  readonly path: JsonPath
  /** From the pod: `spec`, `containers`, 0. */
  readonly podPath: JsonPath
}

const HEURISTIC: JsonPath = ['spec', 'template']

/** The pod templates of an object: none for kinds that make no pods, several for kinds with a list of them. */
export function podTemplatesOf(object: KubeObject): PodTemplate[] {
  const { group, kind } = object.ref
  if (group === 'argoproj.io' && kind !== 'Rollout') return argoTemplates(kind, object.content)
  if (group === 'tekton.dev') return tektonTemplates(kind, object.content)
  if (group === 'sparkoperator.k8s.io') return sparkTemplates(kind, object.content)
  const known = POD_PATHS.get(`${kind}.${group}`)
  if (known !== undefined) return known.flatMap((path) => templatesAt(object.content, path))
  const own = (object.podTemplatePaths ?? []).flatMap((path) => templatesAt(object.content, path))
  if (own.length > 0) return own
  const looksLikeOne = Array.isArray(valueAt(object.content, [...HEURISTIC, 'spec', 'containers']))
  return looksLikeOne
    ? templatesAt(object.content, HEURISTIC).map((each) => ({ ...each, guessed: true }))
    : []
}

/** Whether a kind is known to make pods: what to ask a cluster for. Others may still look as if they did. */
export function makesPods(group: string, kind: string): boolean {
  if (group === 'tekton.dev') return isTektonKind(kind)
  if (group === 'sparkoperator.k8s.io') return isSparkKind(kind)
  return POD_PATHS.has(`${kind}.${group}`) || (group === 'argoproj.io' && isArgoKind(kind))
}

/** `*` in a path stands for every member of a list or mapping. */
function templatesAt(content: JsonObject, path: JsonPath, done: JsonPath = []): PodTemplate[] {
  const star = path.indexOf('*')
  if (star < 0) {
    const template = templateAt(content, [...done, ...path])
    return template === undefined ? [] : [template]
  }
  const before = [...done, ...path.slice(0, star)]
  const many = valueAt(content, before)
  const keys = Array.isArray(many) ? many.map((_, index) => index) : isObject(many) ? Object.keys(many) : []
  return keys.flatMap((key) => templatesAt(content, path.slice(star + 1), [...before, key]))
}

function templateAt(content: JsonObject, path: JsonPath): PodTemplate | undefined {
  const template = valueAt(content, path)
  const spec = field(template, 'spec')
  const here = path.length === 0 ? content : template
  // Some kinds hold the pod's spec itself.
  if (path.length > 0 && isObject(template) && spec === undefined && Array.isArray(template.containers))
    return { metadata: {}, metadataPath: path, spec: template, specPath: path }
  const specOf = path.length === 0 ? field(content, 'spec') : spec
  if (!isObject(here) || !isObject(specOf)) return undefined
  const metadata = field(here, 'metadata')
  return {
    metadata: isObject(metadata) ? metadata : {},
    metadataPath: [...path, 'metadata'],
    spec: specOf,
    specPath: [...path, 'spec'],
  }
}

const LISTS = [
  ['initContainers', 'init'],
  ['containers', 'container'],
  ['ephemeralContainers', 'ephemeral'],
] as const

/** All containers of a pod in the order init, normal, ephemeral. Members that are no mappings are left out. */
export function containersOf(template: PodTemplate): Container[] {
  return LISTS.flatMap(([list, kind]) =>
    asList(field(template.spec, list)).flatMap((container, index): Container[] =>
      isObject(container)
        ? [
            {
              kind,
              name: asString(container.name) ?? `${list}[${index}]`,
              spec: container,
              path: pathInObject(template, ['spec', list, index]),
              podPath: ['spec', list, index],
            },
          ]
        : [],
    ),
  )
}
