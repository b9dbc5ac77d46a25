import type { EstateInput, InlineFile } from '../model/index.js'

/** What an example says beside the flags. */
export interface ControlPlaneExample {
  /** Further files of the host `cp-1`. `/etc/kubernetes` is mounted into the pod. */
  readonly files?: Readonly<Record<string, InlineFile>>
  /** Objects of the cluster, as YAML. */
  readonly manifests?: string
  /** Whether `manifests` stands for a whole cluster. */
  readonly complete?: boolean
  /** Of the image, `v1.36.2` otherwise. */
  readonly version?: string
}

/**
 * A host with the static pod of a component as kubeadm writes it, for examples and tests. The first of `flags` is line
 * 11 of the manifest.
 */
export function staticPodWith(
  component: string,
  flags: readonly string[],
  { files = {}, manifests, complete, version = 'v1.36.2' }: ControlPlaneExample = {},
): EstateInput {
  return {
    ...(manifests === undefined ? {} : { manifests }),
    ...(complete === undefined ? {} : { complete }),
    hosts: {
      'cp-1': {
        files: {
          [`/etc/kubernetes/manifests/${component}.yaml`]: manifestOf(component, flags, version),
          ...files,
        },
      },
    },
  }
}

function manifestOf(component: string, flags: readonly string[], version: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: ${component}
  namespace: kube-system
  labels: {component: ${component}, tier: control-plane}
spec:
  containers:
  - command:
    - ${component}
${flags.map((flag) => `    - ${/[:#*[\]{}"'\s]/.test(flag) ? JSON.stringify(flag) : flag}\n`).join('')}    image: registry.k8s.io/${component}:${version}
    name: ${component}
    volumeMounts:
    - {mountPath: /etc/kubernetes, name: config, readOnly: true}
  hostNetwork: true
  volumes:
  - hostPath: {path: /etc/kubernetes}
    name: config
`
}

/** The same component as a running process alone: no file holds its flags. */
export function processWith(component: string, flags: readonly string[]): EstateInput {
  return { hosts: { 'cp-1': { processes: [[`/usr/local/bin/${component}`, ...flags].join(' ')] } } }
}

/** A host of the control plane on which the component was not seen. */
export const UNSEEN_CONTROL_PLANE: EstateInput = {
  hosts: { 'cp-1': { files: { '/etc/kubernetes/pki/ca.key': { text: '', mode: 0o600 } } } },
}

/** A cluster whose control plane its provider runs. */
export const MANAGED_CONTROL_PLANE: EstateInput = {
  manifests: `apiVersion: v1
kind: Node
metadata: {name: ip-10-0-1-7, labels: {eks.amazonaws.com/nodegroup: a}}
status: {nodeInfo: {kubeletVersion: v1.34.1-eks-1a2b3c4}}
`,
}
