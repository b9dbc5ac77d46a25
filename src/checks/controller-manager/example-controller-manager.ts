import type { EstateInput } from '../../model/index.js'
import { staticPodWith, type ControlPlaneExample } from '../example-control-plane.js'

/** A host whose controller manager is a static pod with these flags; the first one is line 11 of its manifest. */
export function controllerManagerWith(flags: readonly string[], more: ControlPlaneExample = {}): EstateInput {
  return staticPodWith('kube-controller-manager', flags, more)
}
