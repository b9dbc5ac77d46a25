import {
  asList,
  asString,
  asStrings,
  field,
  isObject,
  unknown,
  valueAt,
  type JsonPath,
  type KubeObject,
} from '../../model/index.js'
import type { Report } from '../define-check.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'

/** A field that lets somebody log in to machines that are made. */
interface Entry {
  readonly path: JsonPath
  readonly message: string
}

const KEY_NAME: Readonly<Record<string, JsonPath>> = {
  // Source: cluster-api-provider-aws v2 api/v1beta2 and exp/api/v1beta2.
  AWSMachineTemplate: ['spec', 'template', 'spec', 'sshKeyName'],
  AWSMachine: ['spec', 'sshKeyName'],
  AWSManagedMachinePool: ['spec', 'remoteAccess', 'sshKeyName'],
  // Source: cluster-api-provider-azure v1 api/v1beta1.
  AzureMachineTemplate: ['spec', 'template', 'spec', 'sshPublicKey'],
}

/** Source: cluster-api bootstrap/kubeadm/api/v1beta1, KubeadmConfigSpec.users. */
const USERS: Readonly<Record<string, JsonPath>> = {
  KubeadmConfig: ['spec', 'users'],
  KubeadmConfigTemplate: ['spec', 'template', 'spec', 'users'],
  KubeadmControlPlane: ['spec', 'kubeadmConfigSpec', 'users'],
}

function entriesOf({ ref, content }: KubeObject): Entry[] {
  const key = Object.hasOwn(KEY_NAME, ref.kind) ? KEY_NAME[ref.kind] : undefined
  const name = key === undefined ? undefined : asString(valueAt(content, key))
  const users = Object.hasOwn(USERS, ref.kind) ? (USERS[ref.kind] ?? []) : []
  return [
    ...(key === undefined || name === undefined || name === ''
      ? []
      : [{ path: key, message: 'new machines take an SSH key' }]),
    ...asList(valueAt(content, users)).flatMap((user, index): Entry[] =>
      asStrings(field(user, 'sshAuthorizedKeys')).length === 0
        ? []
        : [
            {
              path: [...users, index, 'sshAuthorizedKeys'],
              message: `user \`${asString(field(user, 'name')) ?? ''}\` of new machines logs in over SSH`,
            },
          ],
    ),
  ]
}

function reportWrong({ ref, content }: KubeObject, object: KubeObject, report: Report): void {
  const path = Object.hasOwn(USERS, ref.kind) ? USERS[ref.kind] : undefined
  const users = path === undefined ? undefined : valueAt(content, path)
  if (path === undefined || users === undefined || users === null || Array.isArray(users)) return
  report.unknown(unknown('unparsable', '`users` should be a list', { kind: 'object', object, path }))
}

export const nodeSsh = defineCheck({
  id: 'node-ssh',
  title: 'Nodes are made with a way in over SSH',
  severity: 'info',
  because: 'advice: a way in for repairs; it needs a key, and is in no audit log of the cluster',
  reach: 'host',
  appliesTo: 'object',
  kinds: [
    'AWSMachineTemplate.infrastructure.cluster.x-k8s.io',
    'AWSMachine.infrastructure.cluster.x-k8s.io',
    'AWSManagedMachinePool.infrastructure.cluster.x-k8s.io',
    'AzureMachineTemplate.infrastructure.cluster.x-k8s.io',
    'KubeadmConfig.bootstrap.cluster.x-k8s.io',
    'KubeadmConfigTemplate.bootstrap.cluster.x-k8s.io',
    'KubeadmControlPlane.controlplane.cluster.x-k8s.io',
  ],
  why: 'Who logs in to a node is root of it, beside Kubernetes: no RBAC, no admission, no audit. Nodes that are replaced rather than repaired need no login.',
  references: [
    'https://cluster-api.sigs.k8s.io/',
    'DISA STIG for Kubernetes: worker nodes without an SSH service',
  ],
  evaluate({ object }, report) {
    if (isObject(object.content.spec)) reportWrong(object, object, report)
    for (const { path, message } of entriesOf(object)) {
      report.fail(
        { origin: { kind: 'object', object, path }, message },
        {
          message,
          fix: advice(
            'Make nodes without keys, and look into them with `kubectl debug node/...` or the session service of the cloud, which leave a trace.',
            { breaks: 'people and tools that log in to nodes' },
          ),
        },
      )
    }
  },
  examples: {
    bad: template('users: [{name: ops, sshAuthorizedKeys: ["ssh-ed25519 AAAA ops"]}]'),
    good: template('users: []'),
  },
})

function template(users: string): { manifests: string } {
  return {
    manifests: `apiVersion: bootstrap.cluster.x-k8s.io/v1beta1
kind: KubeadmConfigTemplate
metadata:
  name: workers
spec:
  template:
    spec:
      ${users}
`,
  }
}
