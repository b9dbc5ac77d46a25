import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatPath, type JsonObject, type KubeObject } from '../model/index.js'
import { containersOf, pathInObject, podTemplatesOf } from './pod-template.js'
import { indexObjects } from './object-index.js'
import { isMirrorPod, topOwner } from './owners.js'

function object(kind: string, group: string, content: JsonObject, name = 'x'): KubeObject {
  return {
    ref: { group, version: 'v1', kind, namespace: 'ns', name },
    content: { kind, ...content },
    source: 'manifest',
    slice: { file: 'f', format: 'yaml', offset: 0, length: 0, line: 1, column: 1 },
  }
}
const pod = { spec: { containers: [{ name: 'a' }] } }

describe('pods put together from other fields', () => {
  const paths = (given: KubeObject): string[] =>
    podTemplatesOf(given).flatMap((template) => [
      ...containersOf(template).map((container) => formatPath(container.path)),
      ...['securityContext', 'volumes', 'hostNetwork']
        .filter((name) => Object.hasOwn(template.spec, name))
        .map((name) => formatPath(pathInObject(template, ['spec', name]))),
    ])

  it('takes what an Argo template does not set from the workflow', () => {
    const given = object('WorkflowTemplate', 'argoproj.io', {
      spec: {
        hostNetwork: true,
        securityContext: { runAsNonRoot: true },
        podSpecPatch: '{}',
        volumes: [{ name: 'w', hostPath: { path: '/' } }],
        templates: [
          {
            securityContext: {},
            script: { name: 's' },
            initContainers: [{ name: 'i' }],
            sidecars: [{ name: 'c' }],
            volumes: [{ name: 't' }],
          },
        ],
      },
    })
    expect(paths(given)).toEqual([
      'spec.templates[0].initContainers[0]',
      'spec.templates[0].script',
      'spec.templates[0].sidecars[0]',
      'spec.templates[0].securityContext',
      'spec.templates[0].volumes',
      'spec.hostNetwork',
    ])
    const [template] = podTemplatesOf(given)
    if (template === undefined) throw new Error('no template')
    expect(formatPath(pathInObject(template, ['spec', 'volumes', 0, 'hostPath']))).toBe(
      'spec.volumes[0].hostPath',
    )
    expect(formatPath(pathInObject(template, ['spec', 'volumes', 1]))).toBe('spec.templates[0].volumes[0]')
    expect(template.patchedBy).toEqual(['spec', 'podSpecPatch'])
  })

  it("takes what a Tekton step does not set from the task's stepTemplate", () => {
    const given = object('Task', 'tekton.dev', {
      spec: {
        stepTemplate: { securityContext: { privileged: true } },
        steps: [{ name: 'a' }, { name: 'b', securityContext: {} }],
        sidecars: [{ name: 'c' }],
      },
    })
    const [template] = podTemplatesOf(given)
    if (template === undefined) throw new Error('no template')
    expect(template.containersOnly).toBe(true)
    expect(containersOf(template).map((container) => formatPath(container.path))).toEqual([
      'spec.steps[0]',
      'spec.steps[1]',
      'spec.sidecars[0]',
    ])
    const place = (index: number): string =>
      formatPath(pathInObject(template, ['spec', 'containers', index, 'securityContext', 'privileged']))
    expect([place(0), place(1)]).toEqual([
      'spec.stepTemplate.securityContext.privileged',
      'spec.steps[1].securityContext.privileged',
    ])
  })

  it('takes the fields of a Spark role where they stand', () => {
    const given = object('SparkApplication', 'sparkoperator.k8s.io', {
      spec: {
        image: 'spark:4',
        volumes: [{ name: 'v' }],
        driver: {
          podSecurityContext: { runAsUser: 0 },
          securityContext: { privileged: true },
          serviceAccount: 'spark',
          sidecars: [{ name: 's' }],
          template: {},
        },
      },
    })
    const [template] = podTemplatesOf(given)
    if (template === undefined) throw new Error('no template')
    const place = (...path: (string | number)[]): string =>
      formatPath(pathInObject(template, ['spec', ...path]))
    expect([
      place('containers', 0, 'securityContext', 'privileged'),
      place('containers', 0, 'image'),
      place('containers', 1),
      place('securityContext', 'runAsUser'),
      place('volumes', 0),
    ]).toEqual([
      'spec.driver.securityContext.privileged',
      'spec.image',
      'spec.driver.sidecars[0]',
      'spec.driver.podSecurityContext.runAsUser',
      'spec.volumes[0]',
    ])
    expect(template.spec.serviceAccountName).toBe('spark')
    expect(template.patchedBy).toEqual(['spec', 'driver', 'template'])
  })

  it('keeps a hostile key an ordinary one', () => {
    const podTemplate = JSON.parse('{"__proto__": {"hostNetwork": true}}') as JsonObject
    const [template] = podTemplatesOf(
      object('TaskRun', 'tekton.dev', { spec: { taskSpec: { steps: [{}] }, podTemplate } }),
    )
    expect(template?.spec.hostNetwork).toBeUndefined()
  })

  it('never throws', () => {
    const kinds = [
      ['Workflow', 'argoproj.io'],
      ['PipelineRun', 'tekton.dev'],
      ['Task', 'tekton.dev'],
      ['RayCluster', 'ray.io'],
      ['SparkApplication', 'sparkoperator.k8s.io'],
      ['Pod', ''],
      ['__proto__', 'tekton.dev'],
      ['constructor', 'argoproj.io'],
    ] as const
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.jsonValue(), ([kind, group], value) => {
        const templates = [{ container: value, script: value, steps: value, volumes: value, sidecars: value }]
        for (const spec of [value, { templates }, { tasks: templates, pipelineSpec: { tasks: templates } }]) {
          for (const template of podTemplatesOf(object(kind, group, { spec }))) containersOf(template)
        }
      }),
    )
  })
})

describe('podTemplatesOf', () => {
  it.each<[string, KubeObject, string[]]>([
    ['Pod', object('Pod', '', pod), ['spec']],
    ['Deployment', object('Deployment', 'apps', { spec: { template: pod } }), ['spec.template.spec']],
    [
      'CronJob',
      object('CronJob', 'batch', { spec: { jobTemplate: { spec: { template: pod } } } }),
      ['spec.jobTemplate.spec.template.spec'],
    ],
    ['PodTemplate', object('PodTemplate', '', { template: pod }), ['template.spec']],
    [
      'a list of templates',
      object('JobSet', 'jobset.x-k8s.io', {
        spec: { replicatedJobs: [{ template: { spec: { template: pod } } }] },
      }),
      ['spec.replicatedJobs[0].template.spec.template.spec'],
    ],
    [
      'a mapping of templates',
      object('PyTorchJob', 'kubeflow.org', { spec: { pytorchReplicaSpecs: { Worker: { template: pod } } } }),
      ['spec.pytorchReplicaSpecs.Worker.template.spec'],
    ],
    [
      'an unknown kind that looks like one',
      object('Thing', 'acme.example', { spec: { template: pod } }),
      ['spec.template.spec'],
    ],
    [
      'an Argo workflow: every template that runs something',
      object('Workflow', 'argoproj.io', {
        spec: {
          templates: [
            { container: {} },
            { steps: [] },
            { script: {} },
            { containerSet: { containers: [{}] } },
          ],
        },
      }),
      ['spec.templates[0]', 'spec.templates[2]', 'spec.templates[3]'],
    ],
    [
      'a CronWorkflow',
      object('CronWorkflow', 'argoproj.io', { spec: { workflowSpec: { templates: [{ container: {} }] } } }),
      ['spec.workflowSpec.templates[0]'],
    ],
    ['a Tekton task', object('Task', 'tekton.dev', { spec: { steps: [{ name: 'a' }] } }), ['spec']],
    [
      'tasks inside a Tekton pipeline',
      object('PipelineRun', 'tekton.dev', {
        spec: {
          pipelineSpec: { tasks: [{ taskRef: { name: 'x' } }, { taskSpec: { steps: [{}] } }] },
          taskRunTemplate: { podTemplate: { hostNetwork: true } },
        },
      }),
      ['spec.taskRunTemplate.podTemplate'],
    ],
    [
      'a Spark application: the driver and the executors',
      object('SparkApplication', 'sparkoperator.k8s.io', { spec: { driver: {}, executor: {} } }),
      ['spec.driver', 'spec.executor'],
    ],
    [
      'a Spark application on a schedule',
      object('ScheduledSparkApplication', 'sparkoperator.k8s.io', { spec: { template: { driver: {} } } }),
      ['spec.template.driver'],
    ],
    [
      'a runtime for training',
      object('ClusterTrainingRuntime', 'trainer.kubeflow.org', {
        spec: { template: { spec: { replicatedJobs: [{ template: { spec: { template: pod } } }] } } },
      }),
      ['spec.template.spec.replicatedJobs[0].template.spec.template.spec'],
    ],
    ['an Argo CD application', object('Application', 'argoproj.io', { spec: { template: pod } }), []],
    ['a Service', object('Service', '', { spec: { template: 3 } }), []],
    ['wrong types', object('Deployment', 'apps', { spec: { template: { spec: [] } } }), []],
    ['no spec', object('Pod', '', {}), []],
  ])('%s', (_name, given, paths) => {
    expect(podTemplatesOf(given).map((template) => formatPath(template.specPath))).toEqual(paths)
  })

  it('lists containers of all three kinds and passes over what is none', () => {
    const [template] = podTemplatesOf(
      object('Pod', '', {
        spec: {
          initContainers: [{ name: 'i' }],
          containers: [7, { name: {} }],
          ephemeralContainers: [{ name: 'e' }],
        },
      }),
    )
    const containers = template === undefined ? [] : containersOf(template)
    expect(containers.map(({ kind, name, path }) => [kind, name, formatPath(path)])).toEqual([
      ['init', 'i', 'spec.initContainers[0]'],
      ['container', 'containers[1]', 'spec.containers[1]'],
      ['ephemeral', 'e', 'spec.ephemeralContainers[0]'],
    ])
  })
})

describe('owners', () => {
  const owned = (kind: string, group: string, name: string, ownerKind: string, owner: string): KubeObject =>
    object(
      kind,
      group,
      {
        metadata: {
          ownerReferences: [{ apiVersion: 'apps/v1', kind: ownerKind, name: owner, controller: true }],
        },
      },
      name,
    )
  const deployment = object('Deployment', 'apps', {}, 'web')
  const replicas = owned('ReplicaSet', 'apps', 'web-1', 'Deployment', 'web')
  const child = owned('Pod', '', 'web-1-a', 'ReplicaSet', 'web-1')
  const indexOf = (objects: KubeObject[]): ReturnType<typeof indexObjects> =>
    indexObjects({ objects, hosts: [], sources: [], problems: [], texts: { read: () => undefined } })

  it('finds the top', () => {
    expect(topOwner(child, indexOf([deployment, replicas, child]))).toEqual({
      kind: 'object',
      object: deployment,
    })
    expect(topOwner(child, indexOf([child]))).toMatchObject({
      kind: 'absent',
      ref: { kind: 'ReplicaSet', name: 'web-1' },
    })
    expect(topOwner(deployment, indexOf([deployment]))).toEqual({ kind: 'self' })
  })

  it('does not follow a chain without end', () => {
    const chain = Array.from({ length: 5000 }, (_, index) =>
      owned('ReplicaSet', 'apps', `r${index}`, 'ReplicaSet', `r${index + 1}`),
    )
    const index = indexOf(chain)
    expect(new Set(chain.slice(0, 4900).map((each) => topOwner(each, index).kind))).toEqual(new Set(['self']))
  })

  it('ends in a circle', () => {
    const a = owned('ReplicaSet', 'apps', 'a', 'ReplicaSet', 'b')
    const b = owned('ReplicaSet', 'apps', 'b', 'ReplicaSet', 'a')
    expect(topOwner(a, indexOf([a, b]))).toEqual({ kind: 'self' })
    expect(topOwner(b, indexOf([a, b]))).toEqual({ kind: 'object', object: a })
    const child = owned('Pod', '', 'p', 'ReplicaSet', 'b')
    expect(topOwner(child, indexOf([a, b, child]))).toEqual({ kind: 'object', object: a })
    const alone = owned('ReplicaSet', 'apps', 'x', 'ReplicaSet', 'x')
    expect(topOwner(alone, indexOf([alone]))).toEqual({ kind: 'self' })
  })

  it('knows mirror pods', () => {
    const annotations = { 'kubernetes.io/config.mirror': 'abc' }
    expect(isMirrorPod(object('Pod', '', { metadata: { annotations } }))).toBe(true)
    expect(isMirrorPod(object('Pod', '', { metadata: { annotations: [] } }))).toBe(false)
  })
})
