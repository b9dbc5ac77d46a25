import v131 from '../../data/components/1.31.json' with { type: 'json' }
import v132 from '../../data/components/1.32.json' with { type: 'json' }
import v133 from '../../data/components/1.33.json' with { type: 'json' }
import v134 from '../../data/components/1.34.json' with { type: 'json' }
import v135 from '../../data/components/1.35.json' with { type: 'json' }
import v136 from '../../data/components/1.36.json' with { type: 'json' }
import v137 from '../../data/components/1.37.json' with { type: 'json' }

/** Components whose flags are known version by version. */
export type FlaggedComponent = 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'kube-proxy'

/** What the control plane of one minor version of Kubernetes knows. */
export interface ComponentKnowledge {
  readonly minor: number
  /** The patch version that was read, and when it was published (`2026-06-11`). */
  readonly version: string
  readonly published: string
  /** Types of flags by their names with hyphens. */
  readonly flags: Readonly<Record<FlaggedComponent, Readonly<Record<string, string>>>>
  /** Admission plug-ins in the order in which they run, and those that are on unless switched off. */
  readonly admission: { readonly order: readonly string[]; readonly on: ReadonlySet<string> }
}

const DATA = [v131, v132, v133, v134, v135, v136, v137]
const OLDEST = 31
const NEWEST = OLDEST + DATA.length - 1

/** Whether the minor version is one of those that are known: 31 for 1.31. */
export function isKnownMinor(minor: number): boolean {
  return minor >= OLDEST && minor <= NEWEST
}

/** `1.31 to 1.37`. */
export const KNOWN_VERSIONS = `1.${OLDEST} to 1.${NEWEST}`

/**
 * What is known of a minor version; of the nearest known one where it is outside, of 1.36 where it is not known.
 * Source: the modules of each version (scripts/component-data).
 */
export function componentKnowledge(minor: number | undefined): ComponentKnowledge {
  const nearest = Math.min(Math.max(minor ?? 36, OLDEST), NEWEST)
  const known = read.get(minor === undefined || minor >= OLDEST ? nearest : minor)
  if (known !== undefined) return known
  const data = DATA[nearest - OLDEST] ?? v136
  const knowledge: ComponentKnowledge = {
    minor: nearest,
    version: data.kubernetes,
    published: data.published,
    flags: data.components,
    admission: admissionOf(data.admission, minor),
  }
  read.set(minor === undefined || minor >= OLDEST ? nearest : minor, knowledge)
  return knowledge
}

/** Plug-ins that came shortly before the oldest known version, by the minor of their first. */
const CAME_WITH: Readonly<Record<string, number>> = {
  PodSecurity: 22,
  ValidatingAdmissionPolicy: 26,
  ClusterTrustBundleAttest: 27,
}

function admissionOf(
  { order, on }: { readonly order: readonly string[]; readonly on: readonly string[] },
  minor = OLDEST,
): ComponentKnowledge['admission'] {
  const isThere = (name: string): boolean => minor >= (CAME_WITH[name] ?? 0)
  return { order: order.filter(isThere), on: new Set(on.filter(isThere)) }
}

const read = new Map<number, ComponentKnowledge>()
