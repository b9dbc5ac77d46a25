/** A file of a host given in place: its text, text with mode and owner, or a link to another path. */
export type InlineFile =
  | string
  | { readonly text: string; readonly mode?: number; readonly uid?: number; readonly gid?: number }
  | { readonly link: string }

/** A host given in place: files by absolute path, processes as command lines (pid 100, 101, ...). */
export interface HostInput {
  readonly files?: Readonly<Record<string, InlineFile>>
  readonly processes?: readonly string[]
  /** Whether these are copied files alone, whose modes and owners say nothing of the host. */
  readonly copied?: boolean
}

/** A small estate written in place: examples on check pages, tests, and callers of the library. */
export interface EstateInput {
  /** Kubernetes objects as YAML or JSON text. */
  readonly manifests?: string
  /** Whether `manifests` stands for a whole cluster, so that what is absent is known to be absent. */
  readonly complete?: boolean
  readonly hosts?: Readonly<Record<string, HostInput>>
}
