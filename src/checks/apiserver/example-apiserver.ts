import type { EstateInput } from '../../model/index.js'
import { processWith, staticPodWith, type ControlPlaneExample } from '../example-control-plane.js'

/** A host whose API server is a static pod with these flags; the first one is line 11 of its manifest. */
export function apiserverWith(flags: readonly string[], more: ControlPlaneExample = {}): EstateInput {
  return staticPodWith('kube-apiserver', flags, more)
}

/** A running API server with these flags, whose files were not read. */
export function apiserverProcess(flags: readonly string[]): EstateInput {
  return processWith('kube-apiserver', flags)
}

/** An API server of which a flag holds a variable that nobody sets: everything about it is unknown. */
export const APISERVER_UNRESOLVED: EstateInput = {
  manifests: `apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver-cp-1, namespace: kube-system, annotations: {kubernetes.io/config.mirror: x}}
spec:
  nodeName: cp-1
  containers:
  - name: kube-apiserver
    image: registry.k8s.io/kube-apiserver:v1.36.2
    command: [kube-apiserver, --v=$(VERBOSITY)]
`,
}
