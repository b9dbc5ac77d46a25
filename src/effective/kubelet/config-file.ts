import { isObject, type HostFile, type JsonObject, type JsonPath, type JsonValue } from '../../model/index.js'
import { docEntryAt, docValue, readGoDocument, type DocEntry, type DocNode } from '../../text/index.js'
import { decodeConfiguration, type TypeProblem } from './decode.js'
import type { KubeletKnowledge } from './knowledge.js'
import { mergePatch } from './merge-patch.js'

export type LayerKind = 'file' | 'dropIn'

/** One configuration file as read: what it says as it stands, and what the kubelet makes of it. */
export interface ConfigLayer {
  readonly kind: LayerKind
  readonly file: string
  readonly document: DocNode
  /** The whole document, nulls and unknown fields included. */
  readonly raw: JsonObject
  /** Known fields with their typed values. */
  readonly config: JsonObject
  readonly typeProblems: readonly TypeProblem[]
}

/** Why a file says nothing: the kubelet refuses it, or it could not be seen here. */
export type FileFault =
  | { readonly kind: 'refusal'; readonly message: string; readonly line?: number; readonly column?: number }
  | { readonly kind: 'unseen'; readonly message: string }

const GROUP = 'kubelet.config.k8s.io'

/**
 * Reads one configuration file as the kubelet does: kind and apiVersion first, then types. Unknown fields are accepted.
 * Source: kubernetes v1.36.2 pkg/kubelet/kubeletconfig/configfiles and util/codec.
 */
export function readConfigFile(
  kind: LayerKind,
  path: string,
  file: HostFile,
  knowledge: KubeletKnowledge,
): ConfigLayer | FileFault {
  const named = `kubelet ${kind === 'file' ? 'configuration file' : 'drop-in'} \`${path}\``
  if (file.text === undefined) {
    if (file.unreadable === undefined && file.type === 'directory') return refusal(`${named} is a folder`)
    return {
      kind: 'unseen',
      message: `${named} could not be read: ${file.unreadable ?? 'its text is not here'}`,
    }
  }
  if (file.text === '') return refusal(`${named} is empty`)
  const document = readGoDocument(file.text)
  if (document.root === undefined) {
    const { message, ...place } = document.error ?? { message: 'it cannot be read' }
    return { ...refusal(`${named}: ${message}`), ...place }
  }
  const raw = docValue(document.root)
  const typed = typeFault(raw, kind)
  if (typed !== undefined || !isObject(raw)) return refusal(`${named}: ${typed ?? 'it holds no map'}`)
  const twice = document.duplicates[0]
  if (kind === 'dropIn' && twice !== undefined) {
    return {
      ...refusal(`${named}: key \`${twice.key}\` stands twice`),
      line: twice.line,
      column: twice.column,
    }
  }
  const root = document.root
  const strict = kind === 'file' && document.format === 'json'
  // Nulls of a drop-in act in the merge alone.
  const said = kind === 'dropIn' ? mergePatch(undefined, raw) : raw
  const { config, problems } = decodeConfiguration(said, knowledge.types, {
    foldCase: kind === 'dropIn',
    ...(strict ? { isFraction: (at: JsonPath) => isFraction(root, at) } : {}),
  })
  return { kind, file: path, document: root, raw, config, typeProblems: problems }
}

/** Whether reading gave a layer. */
export function isLayer(read: ConfigLayer | FileFault): read is ConfigLayer {
  return read.kind === 'file' || read.kind === 'dropIn'
}

/** Where a field stands in a layer, or its nearest parent that stands there. */
export function placeOf(layer: ConfigLayer, path: JsonPath): DocEntry {
  for (let length = path.length; length > 0; length -= 1) {
    const found = docEntryAt(layer.document, path.slice(0, length), { foldCase: layer.kind === 'dropIn' })
    if (found !== undefined) return found
  }
  return { line: layer.document.line, column: layer.document.column, value: layer.document }
}

function refusal(message: string): { kind: 'refusal'; message: string } {
  return { kind: 'refusal', message }
}

function typeFault(raw: JsonValue, kind: LayerKind): string | undefined {
  if (raw !== null && !isObject(raw)) return 'it holds no map'
  const own = (key: string): JsonValue | undefined =>
    raw !== null && Object.hasOwn(raw, key) ? raw[key] : undefined
  const kindName = own('kind') ?? ''
  const version = own('apiVersion') ?? ''
  if (typeof kindName !== 'string' || typeof version !== 'string') return 'kind or apiVersion is no text'
  if (kindName === '') return 'kind is missing'
  if (version === '' && kind === 'file') return 'apiVersion is missing'
  return version === `${GROUP}/v1beta1` && kindName === 'KubeletConfiguration'
    ? undefined
    : `apiVersion \`${version}\` and kind \`${kindName}\` are not those of a KubeletConfiguration`
}

function isFraction(root: DocNode, path: JsonPath): boolean {
  const node = docEntryAt(root, path)?.value
  return node?.kind === 'scalar' && node.fraction === true
}
