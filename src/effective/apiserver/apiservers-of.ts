import type { Estate } from '../../model/index.js'
import type { ComponentView } from '../component.js'
import { minorOf } from '../component-version.js'
import { flagComponentViews, type DerivedSettings, type FlagComponent } from '../flag-component.js'
import type { DefaultsOf } from '../flag-settings.js'
import { unseenControlPlane } from '../unseen-control-plane.js'
import { deriveAdmission } from './admission-plugins.js'
import { deriveAnonymous } from './anonymous.js'
import { deriveAudit } from './audit-backends.js'
import { deriveAuthorizers } from './authorizers.js'

/** Rotation of the audit log: 1.36 gave it limits, before it had none. Source: k8s.io/apiserver v0.35.0 and v0.36.2 pkg/server/options/audit.go, NewAuditOptions. */
const ROTATION: ReadonlySet<string> = new Set([
  'audit-log-maxage',
  'audit-log-maxbackup',
  'audit-log-maxsize',
])
const ROTATION_SINCE = 36

const APISERVER: FlagComponent = {
  component: 'kube-apiserver',
  defaults: (minor): DefaultsOf => ({
    table: '1.36',
    ...(minor === undefined ? {} : { minor }),
    override: (name) => {
      if (!ROTATION.has(name) || (minor ?? 0) >= ROTATION_SINCE) return undefined
      return { value: minor === undefined ? undefined : 0 }
    },
  }),
  derive: (start, flags, version) => {
    const authorizers = deriveAuthorizers(start, flags)
    const modes = authorizers.settings.find(({ setting }) => setting === 'authorization-mode')
    return together([
      authorizers,
      deriveAnonymous(start, flags, modes ?? flags.settings.get('authorization-mode')),
      deriveAdmission(start, flags, minorOf(version)),
      deriveAudit(start, flags),
    ])
  },
}

function together(parts: readonly DerivedSettings[]): DerivedSettings {
  const refusal = parts.find((part) => part.refusal !== undefined)?.refusal
  return {
    settings: parts.flatMap((part) => part.settings),
    unknown: parts.flatMap((part) => part.unknown ?? []),
    ...(refusal === undefined ? {} : { refusal }),
  }
}

/**
 * One view for each API server: of hosts (running process before static pod), then of mirror pods in the cluster, then
 * of those that must be there and were not seen.
 * Settings are named by flag without dashes; beside them stand `authorizers`, `anonymous-paths`, `admission-plugins`
 * and `audit-backends`, which the API server makes of several flags.
 */
export function apiserversOf(estate: Estate): ComponentView[] {
  const seen = flagComponentViews(estate, APISERVER)
  return [...seen, ...unseenControlPlane(estate, 'kube-apiserver', seen)]
}
