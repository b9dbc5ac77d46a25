import { limitOf, networkPoliciesOf } from '../../kube/index.js'
import { asString, field, unknown, valueAt, type KubeObject } from '../../model/index.js'
import type { WorkloadSubject } from '../define-check.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { askPod, type PlaceFault } from './ask-pod.js'
import { podWith } from './example-pod.js'

/** Kinds whose pods run code that nobody has read. Source: kubernetes-sigs/agent-sandbox, api and extensions/api. */
const SANDBOXES = ['Sandbox.agents.x-k8s.io', 'SandboxTemplate.extensions.agents.x-k8s.io']

/** Runtimes with a kernel of their own, or one in the user space, by the usual names of their handlers. */
const HARDENED =
  /^(?:runsc|gvisor|kata|kata-[a-z0-9-]+|firecracker|cloud-hypervisor|microvm|confidential|hyperlight)(?:-|$)/

function isSandbox({ object, settings }: WorkloadSubject): boolean {
  const { kind, group, namespace } = object.ref
  return SANDBOXES.includes(`${kind}.${group}`) || (settings.untrustedNamespaces ?? []).includes(namespace)
}

function runtimeFault({ template, index }: WorkloadSubject): string | undefined {
  const name = asString(template.spec.runtimeClassName) ?? ''
  if (name === '') return 'it names no RuntimeClass'
  const object = index.get('node.k8s.io', 'RuntimeClass', '', name)
  const handler = asString(field(object?.content, 'handler')) ?? name
  return HARDENED.test(handler) ? undefined : `RuntimeClass ${name} is not known to be a hardened one`
}

/** A template's controller makes a policy unless it is told not to. Source: extensions/api/v1beta1/sandboxtemplate_types.go. */
function isManaged({ ref, content }: KubeObject): boolean {
  return (
    ref.kind === 'SandboxTemplate' && valueAt(content, ['spec', 'networkPolicyManagement']) !== 'Unmanaged'
  )
}

function egress({ object, template, index }: WorkloadSubject): 'held' | 'open' | 'not-known' {
  const policies = networkPoliciesOf(index).selecting(
    object.ref.namespace,
    field(template.metadata, 'labels'),
  )
  const held = policies.some(({ isolates }) => isolates.includes('egress'))
  if (held || isManaged(object)) return 'held'
  return index.holdsAll('networking.k8s.io', 'NetworkPolicy') ? 'open' : 'not-known'
}

export const podSandboxRuntime = defineCheck({
  id: 'pod-sandbox-runtime',
  title: 'Code that nobody trusts runs without a hardened sandbox',
  severity: 'medium',
  because: 'one flaw of the shared kernel, or one open way out, and the code of a stranger is outside',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'Programs that a model or a customer writes are run to be misused. They need a kernel of their own (gVisor, Kata), no way into the network but the one they are for, and an end to what they may use up.',
  references: [
    'https://github.com/kubernetes-sigs/agent-sandbox',
    kubernetesDocs('concepts/containers/runtime-class/'),
  ],
  evaluate(workload, report) {
    if (!isSandbox(workload)) return
    askPod(workload, report, {
      reads: [{ of: 'pod', path: ['runtimeClassName'], type: 'string' }],
      severity: 'medium',
      judge(subject): PlaceFault[] {
        const { object, template, containers, index } = subject
        const faults: PlaceFault[] = []
        const runtime = runtimeFault(subject)
        if (runtime !== undefined) {
          const fix = advice('Install gVisor or Kata Containers and name their RuntimeClass.', {
            breaks: 'programs that need devices or rare system calls',
          })
          faults.push({ message: runtime, at: ['spec', 'runtimeClassName'], fix })
        }
        const way = egress(subject)
        if (way === 'open') {
          const fix = advice(
            'Add a NetworkPolicy that lets its pods reach what they are for, and not the cluster or the metadata service.',
          )
          faults.push({ message: 'no network policy holds what it sends', at: ['spec'], fix })
        }
        if (way === 'not-known') {
          const detail = 'no NetworkPolicy for its pods was read, and the input need not be the whole cluster'
          report.unknown(unknown('no-source', detail, { kind: 'object', object, path: template.specPath }))
        }
        const unlimited = containers
          .filter(({ kind }) => kind !== 'ephemeral')
          .find((container) =>
            ['memory', 'cpu'].some(
              (resource) => limitOf(index, object.ref.namespace, template, container, resource) === undefined,
            ),
          )
        if (unlimited !== undefined) {
          const message = `container \`${unlimited.name}\` has no limit for cpu or memory`
          const fix = advice('Limit cpu, memory and ephemeral storage.', {
            breaks: 'programs that need more',
          })
          faults.push({ message, at: [...unlimited.podPath, 'resources', 'limits'], fix })
        }
        return faults
      },
    })
  },
  examples: {
    bad: { ...podWith(''), complete: true, settings: { untrustedNamespaces: ['shop'] } },
    good: {
      manifests: `apiVersion: extensions.agents.x-k8s.io/v1beta1
kind: SandboxTemplate
metadata:
  name: python
  namespace: shop
spec:
  podTemplate:
    spec:
      runtimeClassName: gvisor
      containers:
        - name: python
          image: registry.example/python:3.13
          resources:
            limits:
              cpu: "1"
              memory: 1Gi
`,
    },
  },
})
