import { posix } from 'node:path'
import { containersOf, isMountedReadOnly, type PodTemplate, type ViolationPlace } from '../../kube/index.js'
import { asList, asNumber, asString, field, SEVERITIES, valueAt, type Severity } from '../../model/index.js'
import { dangerOf, isPublicPath, type HostPathDanger } from './host-path-danger.js'

/** What a hostPath volume gives to the containers of its pod. */
export interface HostVolume {
  readonly path: string
  /** No container may write to it; so is one that no container mounts. */
  readonly readOnly: boolean
  /** Nothing but files that everybody may read, and nobody may write them. */
  readonly harmless: boolean
  readonly danger?: HostPathDanger
  readonly severity?: Severity
  readonly because?: string
}

/** The volume at a place of the control hostPathVolumes; undefined where its path is no text. */
export function hostVolumeAt(template: PodTemplate, { path, value }: ViolationPlace): HostVolume | undefined {
  if (typeof value !== 'string' || value === '') return undefined
  return hostVolume(template, field(valueAt(template, path.slice(0, 3)), 'name'), value)
}

/** The same for any folder of the node that containers mount under a volume's name. */
export function hostVolume(template: PodTemplate, name: unknown, hostPath: string): HostVolume {
  const volumeName = asString(name)
  const readOnly = isMountedReadOnly(template, volumeName)
  if (isPublicPath(hostPath)) return { path: hostPath, readOnly, harmless: readOnly }
  const judged = mountsOf(template, volumeName, hostPath).flatMap((mount) => judge(mount) ?? [])
  const [worst] = judged.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
  return { path: hostPath, readOnly, harmless: false, ...worst }
}

interface HostMount {
  readonly path: string
  readonly readOnly: boolean
  readonly asRoot: boolean
}

/** What each container sees of the volume: a subPath narrows it. Of one that nobody mounts the whole counts, unwritten. */
function mountsOf(template: PodTemplate, name: string | undefined, hostPath: string): HostMount[] {
  const mounts = containersOf(template).flatMap((container) =>
    asList(container.spec.volumeMounts)
      .filter((mount) => field(mount, 'name') === name)
      .map((mount): HostMount => ({
        path: /^\//.test(hostPath) ? posix.join(hostPath, asString(field(mount, 'subPath')) ?? '') : hostPath,
        readOnly: field(mount, 'readOnly') === true,
        asRoot: mayBeRoot(template, container.spec),
      })),
  )
  return mounts.length === 0 ? [{ path: hostPath, readOnly: true, asRoot: true }] : mounts
}

function mayBeRoot(template: PodTemplate, container: unknown): boolean {
  const contexts = [field(container, 'securityContext'), template.spec.securityContext]
  const user = contexts
    .map((context) => asNumber(field(context, 'runAsUser')))
    .find((each) => each !== undefined)
  if (user !== undefined) return user === 0
  const nonRoot = contexts.map((context) => field(context, 'runAsNonRoot')).find((each) => each !== undefined)
  return nonRoot !== true
}

function judge(
  mount: HostMount,
): { danger: HostPathDanger; severity: Severity; because?: string } | undefined {
  const danger = dangerOf(mount.path)
  if (danger === undefined) return undefined
  if (danger.kind === 'socket' || !mount.readOnly) return { danger, severity: danger.severity }
  const lower = SEVERITIES[SEVERITIES.indexOf(danger.severity) + 1] ?? danger.severity
  if (!danger.secret) return { danger, severity: lower, because: 'one step lower: the mount is read-only' }
  return mount.asRoot
    ? { danger, severity: danger.severity, because: 'reading is enough: it holds credentials' }
    : {
        danger,
        severity: lower,
        because:
          'one step lower: the mount is read-only and no process of the container is root, to whom the files belong',
      }
}
