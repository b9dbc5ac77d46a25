import data from '../../data/flags-1.36.json' with { type: 'json' }
import type { FlagSpec, FlagTable } from './flags.js'

/** Components whose flags are known. */
export type FlagComponent = 'kubelet' | 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler'

/** Flags of every component that its help names with a short form, or that its help does not name. */
const EVERYWHERE: FlagTable = {
  v: { type: 'Level', default: '0', shorthand: 'v' },
  help: { type: 'bool', shorthand: 'h' },
  version: { type: 'version[=true]' },
  'log-json-split-stream': { type: 'bool' },
  'log-json-info-buffer-size': { type: 'quantity', default: '0' },
}

/**
 * Types that the help does not tell apart.
 * Source: kubernetes v1.36.2 cmd/kubelet/app/options/options.go; k8s.io/apiserver v0.36.2 pkg/server/options
 * (feature gates, runtime-config) and kubernetes pkg/kubeapiserver/options/authentication.go (oidc-required-claim).
 */
const EXACT: Readonly<Record<FlagComponent, Readonly<Record<string, string>>>> = {
  kubelet: {
    'cpu-manager-policy-options': 'mapStringStringNoSplit',
    'eviction-hard': 'langleSeparatedMapStringString',
    'eviction-soft': 'langleSeparatedMapStringString',
    'node-labels': 'configurationMap',
    'seccomp-default': 'bool',
  },
  'kube-apiserver': {
    'feature-gates': 'multimapDefaultKey',
    'runtime-config': 'configurationMap',
    'oidc-required-claim': 'mapStringStringNoSplit',
  },
  'kube-controller-manager': { 'feature-gates': 'multimapDefaultKey' },
  'kube-scheduler': { 'feature-gates': 'multimapDefaultKey' },
}

/** The flags of a Kubernetes component (1.36.2), by name with hyphens. */
export function flagTable(component: FlagComponent): FlagTable {
  return TABLES[component]
}

const TABLES: Readonly<Record<FlagComponent, FlagTable>> = {
  kubelet: build('kubelet'),
  'kube-apiserver': build('kube-apiserver'),
  'kube-controller-manager': build('kube-controller-manager'),
  'kube-scheduler': build('kube-scheduler'),
}

function build(component: FlagComponent): FlagTable {
  const listed: Readonly<Record<string, FlagSpec>> = data.components[component]
  const exact = EXACT[component]
  const table: Record<string, FlagSpec> = {}
  for (const [name, spec] of Object.entries({ ...EVERYWHERE, ...listed, ...overlap(listed) })) {
    table[name] = { ...spec, type: exact[name] ?? spec.type }
  }
  return table
}

function overlap(listed: FlagTable): FlagTable {
  return Object.fromEntries(
    Object.entries(EVERYWHERE).map(([name, spec]) => [name, { ...(listed[name] ?? {}), ...spec }]),
  )
}
