import type { JsonPath } from '../model/index.js'

const TEMPLATE: JsonPath = ['spec', 'template']

/** Kinds whose pods stand at `spec.template`, by group. */
const AT_SPEC_TEMPLATE: Readonly<Record<string, readonly string[]>> = {
  '': ['ReplicationController'],
  apps: ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'],
  extensions: ['Deployment', 'ReplicaSet', 'DaemonSet'],
  batch: ['Job'],
  'apps.openshift.io': ['DeploymentConfig'],
  'argoproj.io': ['Rollout'],
  'serving.knative.dev': ['Service', 'Configuration'],
  'apps.kruise.io': ['CloneSet', 'StatefulSet', 'DaemonSet', 'BroadcastJob'],
  'agones.dev': ['GameServer'],
  'kubeflow.org': ['Notebook'],
}

/**
 * Where each kind keeps the templates of its pods; `*` is every member of a list or mapping. Kinds that are not here
 * are recognised by `spec.template.spec.containers`.
 * Sources: Kubernetes v1.36 API reference for the built-in kinds; the CRDs of each project for the others.
 */
export const POD_PATHS: ReadonlyMap<string, readonly JsonPath[]> = new Map<string, readonly JsonPath[]>([
  ['Pod.', [[]]],
  ['PodTemplate.', [['template']]],
  ['CronJob.batch', [['spec', 'jobTemplate', 'spec', 'template']]],
  ...Object.entries(AT_SPEC_TEMPLATE).flatMap(([group, kinds]) =>
    kinds.map((kind) => [`${kind}.${group}`, [TEMPLATE]] as const),
  ),
  ['Revision.serving.knative.dev', [[]]],
  [
    'AdvancedCronJob.apps.kruise.io',
    [
      ['spec', 'template', 'jobTemplate', 'spec', 'template'],
      ['spec', 'template', 'broadcastJobTemplate', 'spec', 'template'],
    ],
  ],
  [
    'UnitedDeployment.apps.kruise.io',
    [
      ['spec', 'template', 'statefulSetTemplate', 'spec', 'template'],
      ['spec', 'template', 'advancedStatefulSetTemplate', 'spec', 'template'],
      ['spec', 'template', 'cloneSetTemplate', 'spec', 'template'],
      ['spec', 'template', 'deploymentTemplate', 'spec', 'template'],
    ],
  ],
  ['SidecarSet.apps.kruise.io', [[]]],
  ['JobSet.jobset.x-k8s.io', [['spec', 'replicatedJobs', '*', 'template', 'spec', 'template']]],
  [
    'LeaderWorkerSet.leaderworkerset.x-k8s.io',
    [
      ['spec', 'leaderWorkerTemplate', 'leaderTemplate'],
      ['spec', 'leaderWorkerTemplate', 'workerTemplate'],
    ],
  ],
  ...[
    ['PyTorchJob', 'pytorchReplicaSpecs'],
    ['TFJob', 'tfReplicaSpecs'],
    ['MPIJob', 'mpiReplicaSpecs'],
    ['MXJob', 'mxReplicaSpecs'],
    ['XGBoostJob', 'xgbReplicaSpecs'],
    ['PaddleJob', 'paddleReplicaSpecs'],
    ['JAXJob', 'jaxReplicaSpecs'],
  ].map(([kind, field]) => [`${kind}.kubeflow.org`, [['spec', field ?? '', '*', 'template']]] as const),
  ['RayCluster.ray.io', rayCluster(['spec'])],
  ['RayJob.ray.io', [...rayCluster(['spec', 'rayClusterSpec']), ['spec', 'submitterPodTemplate']]],
  ['RayService.ray.io', rayCluster(['spec', 'rayClusterConfig'])],
  ['Job.batch.volcano.sh', [['spec', 'tasks', '*', 'template']]],
  ['ScaledJob.keda.sh', [['spec', 'jobTargetRef', 'template']]],
  ['Sandbox.agents.x-k8s.io', [['spec', 'podTemplate']]],
  ['SandboxTemplate.extensions.agents.x-k8s.io', [['spec', 'podTemplate']]],
  ['Fleet.agones.dev', [['spec', 'template', 'spec', 'template']]],
  ['GameServerSet.agones.dev', [['spec', 'template', 'spec', 'template']]],
  ...['TrainingRuntime', 'ClusterTrainingRuntime'].map(
    (kind) =>
      [
        `${kind}.trainer.kubeflow.org`,
        [['spec', 'template', 'spec', 'replicatedJobs', '*', 'template', 'spec', 'template']],
      ] as const,
  ),
])

function rayCluster(root: JsonPath): JsonPath[] {
  return [
    [...root, 'headGroupSpec', 'template'],
    [...root, 'workerGroupSpecs', '*', 'template'],
  ]
}
