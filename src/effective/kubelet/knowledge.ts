import v131 from '../../../data/kubelet/1.31.json' with { type: 'json' }
import v132 from '../../../data/kubelet/1.32.json' with { type: 'json' }
import v133 from '../../../data/kubelet/1.33.json' with { type: 'json' }
import v134 from '../../../data/kubelet/1.34.json' with { type: 'json' }
import v135 from '../../../data/kubelet/1.35.json' with { type: 'json' }
import v136 from '../../../data/kubelet/1.36.json' with { type: 'json' }
import v137 from '../../../data/kubelet/1.37.json' with { type: 'json' }
import type { JsonObject } from '../../model/index.js'
import { flagTable, type FlagTable } from '../../text/index.js'

export interface GateSpec {
  readonly default: boolean
  readonly locked?: boolean
  readonly stage: string
}

export interface FieldType {
  readonly name: string
  /** A Go type in our spelling: `*bool`, `[]string`, `map:string`, `duration`, or the name of a struct. */
  readonly type: string
}

/** What kubelets of one minor version know; made from the published modules by scripts/kubelet-data. */
export interface KubeletKnowledge {
  readonly minor: string
  /** Whether this is the very version asked for, so that what it does not know is an error. */
  readonly exact: boolean
  /** A version before all that are known: it may have flags that no table names. */
  readonly olderThanKnown: boolean
  /** KubeletConfiguration v1beta1 after defaulting an empty file. */
  readonly defaults: JsonObject
  readonly types: Readonly<Record<string, readonly FieldType[]>>
  readonly flags: FlagTable
  readonly globalFlags: FlagTable
  readonly gates: Readonly<Record<string, GateSpec>>
  readonly dependencies: Readonly<Record<string, readonly string[]>>
  /** For sources of defaults: `default of kubelet 1.36`. */
  readonly described: string
}

interface Dump {
  readonly defaults: unknown
  readonly types: unknown
  readonly flags: unknown
  readonly gates: unknown
  readonly dependencies: unknown
}

const DUMPS: ReadonlyMap<number, Dump> = new Map<number, Dump>([
  [31, v131],
  [32, v132],
  [33, v133],
  [34, v134],
  [35, v135],
  [36, v136],
  [37, v137],
])
const FALLBACK = 36
const OLDEST = 31
const NEWEST = 37

const cache = new Map<string, KubeletKnowledge>()

/** What a kubelet of a version (`1.36.2`, `1.33.1+k3s1`, or undefined when it is not known) knows. */
export function knowledgeOf(version: string | undefined): KubeletKnowledge {
  const minor = minorOf(version)
  const key = minor === undefined ? '' : String(minor)
  const cached = cache.get(key)
  if (cached !== undefined) return cached
  const used = minor === undefined ? FALLBACK : Math.min(Math.max(minor, OLDEST), NEWEST)
  const built = build(used, minor)
  cache.set(key, built)
  return built
}

/** The minor number of a Kubernetes version, `36` for `v1.36.2`. */
export function minorOf(version: string | undefined): number | undefined {
  const parts = /^v?1\.(\d{1,3})(?:\D|$)/.exec(version ?? '')
  return parts === null ? undefined : Number(parts[1])
}

function build(used: number, asked: number | undefined): KubeletKnowledge {
  const dump = DUMPS.get(used) as Dump
  const exact = used === asked
  const flags = { ...(exact ? {} : flagsOfAll()), ...(dump.flags as FlagTable) }
  return {
    minor: `1.${used}`,
    exact,
    olderThanKnown: asked !== undefined && asked < OLDEST,
    defaults: dump.defaults as JsonObject,
    types: dump.types as KubeletKnowledge['types'],
    flags,
    globalFlags: globalFlags(flags, used),
    gates: dump.gates as KubeletKnowledge['gates'],
    dependencies: (dump.dependencies ?? {}) as KubeletKnowledge['dependencies'],
    described: describe(used, asked),
  }
}

/** The flags of every known version: while the version is not known, each of them may be right. */
function flagsOfAll(): FlagTable {
  return Object.assign({}, ...[...DUMPS.values()].map((dump) => dump.flags)) as FlagTable
}

function describe(used: number, asked: number | undefined): string {
  if (asked === undefined) return `default of kubelet 1.${used} (the version is not known)`
  if (asked === used) return `default of kubelet 1.${used}`
  return `default of kubelet 1.${used} (those of 1.${asked} are not known)`
}

// Flags of cadvisor and of the version word, which the kubelet takes over from libraries. 1.37 has no containerd flags.
// Source: kubernetes v1.36.2 cmd/kubelet/app/options/globalflags_linux.go, addCadvisorFlags.
function globalFlags(own: FlagTable, minor: number): FlagTable {
  const all = Object.entries(flagTable('kubelet')).filter(([name]) => !Object.hasOwn(own, name))
  const gone = (name: string): boolean => minor >= 37 && name.startsWith('containerd')
  return Object.fromEntries(all.filter(([name]) => !gone(name)))
}
