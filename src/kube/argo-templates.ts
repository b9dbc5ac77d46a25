import { asList, field, isObject, valueAt, type JsonObject, type JsonPath } from '../model/index.js'
import { assemblePod, type PodParts } from './assemble-pod.js'
import type { PodTemplate } from './pod-template.js'

/** Where each kind keeps a workflow. Source: argo-workflows v3, pkg/apis/workflow/v1alpha1. */
const WORKFLOW_AT: Readonly<Record<string, JsonPath>> = {
  Workflow: ['spec'],
  WorkflowTemplate: ['spec'],
  ClusterWorkflowTemplate: ['spec'],
  CronWorkflow: ['spec', 'workflowSpec'],
}

/** Whether a kind of Argo Workflows holds pods. */
export function isArgoKind(kind: string): boolean {
  return Object.hasOwn(WORKFLOW_AT, kind)
}

/** Fields of a pod that a workflow gives to the pods of all its templates; a template's own win. */
const SHARED = [
  'securityContext',
  'serviceAccountName',
  'automountServiceAccountToken',
  'hostNetwork',
  'hostAliases',
  'priorityClassName',
  'tolerations',
  'nodeSelector',
  'imagePullSecrets',
] as const

/** The pods that the templates of an Argo workflow will make: each container, script or container set is one. */
export function argoTemplates(kind: string, content: JsonObject): PodTemplate[] {
  const at = Object.hasOwn(WORKFLOW_AT, kind) ? WORKFLOW_AT[kind] : undefined
  if (at === undefined) return []
  const workflow = valueAt(content, at)
  return asList(field(workflow, 'templates')).flatMap((template, index): PodTemplate[] =>
    isObject(template) ? podOf(workflow, at, template, [...at, 'templates', index]) : [],
  )
}

function podOf(workflow: unknown, at: JsonPath, template: JsonObject, here: JsonPath): PodTemplate[] {
  const single = ['container', 'script'].filter((name) => isObject(template[name]))
  const set = asList(valueAt(template, ['containerSet', 'containers']))
  if (single.length === 0 && set.length === 0) return []
  const fields = SHARED.flatMap((name): PodParts['fields'] => {
    if (template[name] !== undefined) return [{ name, value: template[name], path: [...here, name] }]
    const shared = field(workflow, name)
    return shared === undefined ? [] : [{ name, value: shared, path: [...at, name] }]
  })
  const patch = [
    { value: template.podSpecPatch, path: [...here, 'podSpecPatch'] },
    { value: field(workflow, 'podSpecPatch'), path: [...at, 'podSpecPatch'] },
  ].find(({ value }) => value !== undefined && value !== null && value !== '')
  return [
    assemblePod({
      metadataPath: [...here, 'metadata'],
      specPath: here,
      metadata: template.metadata,
      fields,
      lists: {
        initContainers: membersOf(template, 'initContainers', here),
        containers: [
          ...single.map((name) => ({ value: template[name], path: [...here, name] })),
          ...set.map((value, index) => ({ value, path: [...here, 'containerSet', 'containers', index] })),
          ...membersOf(template, 'sidecars', here),
        ],
        volumes: [...membersOf(workflow, 'volumes', at), ...membersOf(template, 'volumes', here)],
      },
      ...(patch === undefined ? {} : { patchedBy: patch.path }),
    }),
  ]
}

function membersOf(from: unknown, name: string, at: JsonPath): PodParts['lists'][string] {
  return asList(field(from, name)).map((value, index) => ({ value, path: [...at, name, index] }))
}
