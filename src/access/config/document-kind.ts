import { field, isObject, type JsonValue } from '../../model/index.js'

/** Why a document is no AuthorizationConfiguration; the field is `apiVersion`, `kind` or empty for the document itself. */
export interface KindError {
  readonly field: '' | 'apiVersion' | 'kind'
  readonly message: string
}

const KIND = 'AuthorizationConfiguration'
const GROUP = 'apiserver.config.k8s.io'

/** Versions that Kubernetes reads. Source: kubernetes v1.36.2 apiserver pkg/apis/apiserver/install/install.go. */
const VERSIONS: ReadonlySet<string> = new Set(['v1', 'v1beta1', 'v1alpha1'].map((name) => `${GROUP}/${name}`))

/**
 * Whether a document says that it is an AuthorizationConfiguration of a version that Kubernetes reads.
 * Source: apimachinery v0.36.2 pkg/runtime/serializer/json/{meta,json}.go, Interpret and Decode;
 * apiserver v0.36.2 pkg/apis/apiserver/load/load.go, LoadFromData.
 */
export function kindError(document: JsonValue): KindError | undefined {
  if (document !== null && !isObject(document)) return { field: '', message: 'the file must hold an object' }
  const kind = textOf(document, 'kind')
  const version = textOf(document, 'apiVersion')
  if (kind === undefined || version === undefined) {
    return { field: kind === undefined ? 'kind' : 'apiVersion', message: 'it must be a text' }
  }
  if (kind === '') return { field: 'kind', message: `it is missing; it must be \`${KIND}\`` }
  if (version === '') return { field: 'apiVersion', message: `it is missing; it must be \`${GROUP}/v1\`` }
  if (!VERSIONS.has(version)) {
    return { field: 'apiVersion', message: `it must be one of ${[...VERSIONS].join(', ')}` }
  }
  return kind === KIND ? undefined : { field: 'kind', message: `it must be \`${KIND}\`` }
}

function textOf(document: JsonValue, name: string): string | undefined {
  const value = field(document, name) ?? ''
  return typeof value === 'string' ? value : undefined
}
