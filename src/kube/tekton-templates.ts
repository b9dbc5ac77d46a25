import { asList, field, isObject, valueAt, type JsonObject, type JsonPath } from '../model/index.js'
import { assemblePod, type PodParts } from './assemble-pod.js'
import type { PodTemplate } from './pod-template.js'

interface TektonPlaces {
  /** Where tasks stand; `*` is every member of a list. */
  readonly tasks: readonly JsonPath[]
  /** Where the fields of the pod as a whole stand. */
  readonly pod?: JsonPath
}

/** Source: tektoncd/pipeline v1 API, pkg/apis/pipeline/v1. */
const PLACES: Readonly<Record<string, TektonPlaces>> = {
  Task: { tasks: [['spec']] },
  ClusterTask: { tasks: [['spec']] },
  TaskRun: { tasks: [['spec', 'taskSpec']], pod: ['spec', 'podTemplate'] },
  Pipeline: {
    tasks: [
      ['spec', 'tasks', '*', 'taskSpec'],
      ['spec', 'finally', '*', 'taskSpec'],
    ],
  },
  PipelineRun: {
    tasks: [
      ['spec', 'pipelineSpec', 'tasks', '*', 'taskSpec'],
      ['spec', 'pipelineSpec', 'finally', '*', 'taskSpec'],
    ],
    pod: ['spec', 'taskRunTemplate', 'podTemplate'],
  },
}

/** Whether a kind of Tekton holds tasks. */
export function isTektonKind(kind: string): boolean {
  return Object.hasOwn(PLACES, kind)
}

/** The pods that the tasks of a Tekton object will make; tasks that it only names are objects of their own. */
export function tektonTemplates(kind: string, content: JsonObject): PodTemplate[] {
  const places = Object.hasOwn(PLACES, kind) ? PLACES[kind] : undefined
  if (places === undefined) return []
  return places.tasks
    .flatMap((path) => expand(content, path))
    .flatMap((path): PodTemplate[] => {
      const task = valueAt(content, path)
      return isObject(task) && Array.isArray(task.steps) ? [podOf(content, task, path, places.pod)] : []
    })
}

function podOf(content: JsonObject, task: JsonObject, at: JsonPath, pod: JsonPath | undefined): PodTemplate {
  const podTemplate = pod === undefined ? undefined : valueAt(content, pod)
  const fields = Object.entries(isObject(podTemplate) ? podTemplate : {})
    .filter(([name]) => name !== 'volumes')
    .map(([name, value]) => ({ name, value, path: [...(pod ?? []), name] }))
  return assemblePod({
    metadataPath: [...at, 'metadata'],
    specPath: pod ?? at,
    fields,
    lists: {
      containers: [...stepsOf(task, at), ...membersOf(task, 'sidecars', at)],
      volumes: [...membersOf(task, 'volumes', at), ...membersOf(podTemplate, 'volumes', pod ?? at)],
    },
    ...(pod === undefined ? { containersOnly: true } : {}),
  })
}

/** Steps take what they do not set from the task's `stepTemplate`. */
function stepsOf(task: JsonObject, at: JsonPath): PodParts['lists'][string] {
  const shared = field(task.stepTemplate, 'securityContext')
  return membersOf(task, 'steps', at).map((step) => {
    if (!isObject(step.value) || shared === undefined || step.value.securityContext !== undefined) return step
    return {
      ...step,
      value: { ...step.value, securityContext: shared },
      inner: [{ from: ['securityContext'], to: [...at, 'stepTemplate', 'securityContext'] }],
    }
  })
}

function membersOf(from: unknown, name: string, at: JsonPath): PodParts['lists'][string] {
  return asList(field(from, name)).map((value, index) => ({ value, path: [...at, name, index] }))
}

function expand(content: JsonObject, path: JsonPath): JsonPath[] {
  const star = path.indexOf('*')
  if (star < 0) return [path]
  const list = path.slice(0, star)
  return asList(valueAt(content, list)).map((_, index) => [...list, index, ...path.slice(star + 1)])
}
