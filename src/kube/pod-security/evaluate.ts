import type { JsonObject } from '../../model/index.js'
import { podView, type Control, type Violation } from './control.js'
import { allowPrivilegeEscalation } from './controls/allow-privilege-escalation.js'
import { appArmorProfile } from './controls/app-armor-profile.js'
import { capabilitiesBaseline } from './controls/capabilities-baseline.js'
import { capabilitiesRestricted } from './controls/capabilities-restricted.js'
import { hostNamespaces } from './controls/host-namespaces.js'
import { hostPathVolumes } from './controls/host-path-volumes.js'
import { hostPorts } from './controls/host-ports.js'
import { hostProbesAndHostLifecycle } from './controls/host-probes-and-host-lifecycle.js'
import { privileged } from './controls/privileged.js'
import { procMount, procMountRestricted } from './controls/proc-mount.js'
import { restrictedVolumes } from './controls/restricted-volumes.js'
import { runAsNonRoot } from './controls/run-as-non-root.js'
import { runAsUser } from './controls/run-as-user.js'
import { seLinuxOptions } from './controls/se-linux-options.js'
import { seccompProfileBaseline, seccompProfileRestricted } from './controls/seccomp-profile.js'
import { sysctls } from './controls/sysctls.js'
import { windowsHostProcess } from './controls/windows-host-process.js'

/** Baseline first, then restricted, each by id: the order in which Kubernetes reports them. */
const CONTROLS: readonly Control[] = [
  appArmorProfile,
  capabilitiesBaseline,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  hostProbesAndHostLifecycle,
  privileged,
  procMount,
  seLinuxOptions,
  seccompProfileBaseline,
  sysctls,
  windowsHostProcess,
  allowPrivilegeEscalation,
  capabilitiesRestricted,
  procMountRestricted,
  restrictedVolumes,
  runAsNonRoot,
  runAsUser,
  seccompProfileRestricted,
]

/** The newest policy version that these controls know; newer ones are judged as this one. */
const NEWEST = 37

/**
 * The controls of the Pod Security Standards that a pod breaks at a level (restricted holds baseline) and policy
 * version (`v1.36`, or `latest`), with every place that breaks them. Wrong types count as absent.
 * Source: k8s.io/pod-security-admission v0.36.2 policy/registry.go, EvaluatePod.
 */
export function evaluatePodSecurity(
  pod: { readonly metadata: JsonObject; readonly spec: JsonObject },
  level: 'baseline' | 'restricted',
  version: string,
): Violation[] {
  const view = podView(pod)
  return rulesOf(level, minorOf(version)).flatMap(({ control, rule }) => {
    const places = rule.evaluate(view)
    return places.length === 0 ? [] : [{ check: control.id, message: control.describe(places, view), places }]
  })
}

interface ActiveRule {
  readonly control: Control
  readonly rule: Control['versions'][number]
}

const chosen = new Map<string, readonly ActiveRule[]>()

/** The rule of each control in force at a level and version: chosen once, asked of every pod. */
function rulesOf(level: 'baseline' | 'restricted', minor: number): readonly ActiveRule[] {
  const key = `${level} ${minor}`
  let rules = chosen.get(key)
  if (rules === undefined) chosen.set(key, (rules = chooseRules(level, minor)))
  return rules
}

function chooseRules(level: 'baseline' | 'restricted', minor: number): readonly ActiveRule[] {
  const active = CONTROLS.flatMap((control): ActiveRule[] => {
    const rule = control.versions.findLast((each) => each.from <= minor)
    return rule === undefined || (control.level === 'restricted' && level === 'baseline')
      ? []
      : [{ control, rule }]
  })
  const overridden = new Set(active.flatMap(({ rule }) => rule.overrides ?? []))
  return active.filter(({ control }) => !overridden.has(control.id))
}

/** Everything that is no version counts as the newest. Source: api/helpers.go, ParseVersion. */
function minorOf(version: string): number {
  const minor = /^v?1\.(\d{1,9})$/.exec(version)?.[1]
  return minor === undefined ? NEWEST : Math.min(Number(minor), NEWEST)
}
