import type { Estate } from '../model/index.js'
import { flagTable } from '../text/index.js'
import type { ComponentView } from './component.js'
import { flagComponentViews, type FlagComponent } from './flag-component.js'
import { unseenControlPlane } from './unseen-control-plane.js'

/** A component that makes nothing of its flags but their values. */
function plain(component: 'kube-controller-manager' | 'kube-scheduler'): FlagComponent {
  return {
    component,
    flags: flagTable(component),
    defaults: (minor) => ({
      table: '1.36',
      ...(minor === undefined ? {} : { minor }),
      override: () => undefined,
    }),
    derive: () => ({ settings: [] }),
  }
}

/** One view for each controller manager, as `apiserversOf` gives API servers. */
export function controllerManagersOf(estate: Estate): ComponentView[] {
  return viewsOf(estate, plain('kube-controller-manager'))
}

/** One view for each scheduler, likewise. */
export function schedulersOf(estate: Estate): ComponentView[] {
  return viewsOf(estate, plain('kube-scheduler'))
}

function viewsOf(estate: Estate, kind: FlagComponent): ComponentView[] {
  const seen = flagComponentViews(estate, kind)
  return [...seen, ...unseenControlPlane(estate, kind.component, seen)]
}
