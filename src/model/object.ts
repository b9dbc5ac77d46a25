import type { JsonObject, JsonPath } from './json.js'

/** Group, version and kind of a Kubernetes object; the core group is the empty string. */
export interface GroupVersionKind {
  readonly group: string
  readonly version: string
  readonly kind: string
}

/** What names an object. `namespace` is empty for cluster-scoped objects and where the source names none. */
export interface ObjectRef extends GroupVersionKind {
  readonly namespace: string
  readonly name: string
}

/** Where the text of an object stands: a slice of one source. Lines count from 1, offsets in bytes. */
export interface TextSlice {
  /** The file as the user named it, `-` for standard input, or a name that the source gives. */
  readonly file: string
  readonly format: 'yaml' | 'json'
  /** Byte offset and length of the slice in the file. */
  readonly offset: number
  readonly length: number
  /** Line and column of the slice's first byte. */
  readonly line: number
  readonly column: number
  /** Steps from the slice's root to the object, for objects inside a list that was read as one slice. */
  readonly path?: readonly (string | number)[]
}

/** How an object came into the estate. */
export type ObjectSource = 'manifest' | 'export' | 'snapshot' | 'static-pod' | 'cluster'

/**
 * One object as its source holds it: of Kubernetes, or of a Docker daemon's API (group `docker`, the daemon's name in
 * place of the namespace). Unknown fields are kept. Values of Secrets are replaced by
 * `REDACTED` when the object is read: nothing behind the sources ever sees them.
 */
export interface KubeObject {
  readonly ref: ObjectRef
  readonly content: JsonObject
  readonly source: ObjectSource
  readonly slice: TextSlice
  /** The host whose static pod manifest this is. */
  readonly host?: string
  /** For a Secret: what was seen of the value of each key before it was forgotten; absent where no values were given. */
  readonly secretValues?: Readonly<Record<string, SecretValueFacts>>
  /** Where the user says that templates of pods are in it; `*` is every member of a list or mapping. */
  readonly podTemplatePaths?: readonly JsonPath[]
  /** For a Helm release Secret: what the release rendered. */
  readonly rendered?: readonly ObjectRef[]
}

/** What is known of one value of a Secret, without the value. */
export interface SecretValueFacts {
  /** `public`: certificates and public keys; `encrypted`: by a tool, before it was written down. */
  readonly kind: 'empty' | 'placeholder' | 'encrypted' | 'public' | 'value'
  /** Of a certificate in PEM, the first where there are several: seconds since 1970. */
  readonly notBefore?: number
  readonly notAfter?: number
  /** Of registry credentials: the registries, sorted. */
  readonly registries?: readonly string[]
}

/** What stands for a secret value everywhere. */
export const REDACTED = '[redacted]'

/** `Deployment.apps shop/web`, or `Namespace shop` for cluster-scoped objects of the core group. */
export function formatRef(ref: ObjectRef): string {
  const kind = ref.group === '' ? ref.kind : `${ref.kind}.${ref.group}`
  return ref.namespace === '' ? `${kind} ${ref.name}` : `${kind} ${ref.namespace}/${ref.name}`
}

/** Identity of an object across versions of its API: group, kind, namespace and name. */
export function identityOf(ref: ObjectRef): string {
  return `${ref.group}/${ref.kind}/${ref.namespace}/${ref.name}`
}
