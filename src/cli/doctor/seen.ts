/** One kind of place that was looked at, and what is there. */
export interface Seen {
  readonly what: 'kubeconfig' | 'cluster' | 'host' | 'docker' | 'manifests'
  readonly found: boolean
  /** One line each. */
  readonly lines: readonly string[]
}

/** What could be looked at but was not, and how to. */
export interface NotSeen {
  readonly what: string
  readonly how: string
}

/** What doctor says. */
export interface Diagnosis {
  readonly seen: readonly Seen[]
  readonly notSeen: readonly NotSeen[]
  /** Three commands to go on with. */
  readonly next: readonly { readonly command: string; readonly why: string }[]
}

/** What of the environment doctor depends on. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Root of the host, `/` but for tests. */
  readonly root: string
}

/** What was found in a kubeconfig, for choosing commands. */
export interface KubeconfigSeen extends Seen {
  readonly what: 'kubeconfig'
  readonly contexts: readonly string[]
  readonly current: string
}
