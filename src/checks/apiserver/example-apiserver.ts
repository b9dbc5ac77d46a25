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
