import { fromJson, type CelValue } from '../cel/index.js'
import type {
  AnyCheck,
  Check,
  ComponentSubject,
  DockerdSubject,
  EvidenceInput,
  FailOptions,
  HostSubject,
  ObjectSubject,
  Report,
  WorkloadSubject,
} from '../checks/index.js'
import { pathInObject } from '../kube/index.js'
import {
  asString,
  field,
  unknown,
  valueAt,
  type FilePlace,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  type KubeObject,
  type Origin,
} from '../model/index.js'
import { matchesGlob } from '../text/index.js'
import type { Bindings, Verdict } from './expression.js'
import { componentValues, hostValues, objectValues } from './subject-values.js'
import { valuesAt, type ValuePath } from './value-path.js'

/** Everything that a check shows of itself. */
export type Head = Pick<
  Check<'object'>,
  'id' | 'title' | 'severity' | 'because' | 'reach' | 'why' | 'references' | 'examples'
>

/** About what a check is asked. */
export type Match =
  | ({ readonly of: 'objects'; readonly kinds: readonly string[] } & ObjectMatch)
  | ({ readonly of: 'workloads' } & ObjectMatch)
  | { readonly of: 'component'; readonly component: ComponentName }
  | { readonly of: 'hosts'; readonly hosts: readonly string[] }

export interface ObjectMatch {
  readonly namespaces?: readonly string[]
  /** Patterns of values by key. */
  readonly labels?: Readonly<Record<string, string>>
}

export const COMPONENTS = [
  'kubelet',
  'dockerd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
] as const
export type ComponentName = (typeof COMPONENTS)[number]

/** A check as it was read, with its expressions compiled. */
export interface Definition {
  readonly head: Head
  readonly place: FilePlace
  readonly match: Match
  /** Each value at these paths is judged by itself, as `item`. */
  readonly each: readonly ValuePath[]
  /** Where evidence stands, from the object or item; a setting or file for components and hosts. */
  readonly at?: { readonly text: string; readonly path: ValuePath | undefined }
  readonly params: JsonObject
  readonly failsIf: (bindings: Bindings) => Verdict
  readonly expression: string
  readonly message?: (bindings: Bindings) => string
  readonly fix?: string
}

const APPLIES = {
  kubelet: 'kubelet',
  dockerd: 'dockerd',
  'kube-apiserver': 'apiserver',
  'kube-controller-manager': 'controller-manager',
  'kube-scheduler': 'scheduler',
} as const

/** The check that a definition makes. */
export function compileCheck(definition: Definition): AnyCheck {
  const { head, place, match } = definition
  const params = fromJson(definition.params)
  const base = { ...head, own: place }
  switch (match.of) {
    case 'objects':
      return {
        ...base,
        appliesTo: 'object',
        kinds: match.kinds,
        concerns: ({ object }) => isOfKind(object, match.kinds) && isMatched(object, match),
        evaluate: (subject, report) => judgeObject(definition, subject, params, report),
      }
    case 'workloads':
      return {
        ...base,
        appliesTo: 'workload',
        concerns: ({ object }) => isMatched(object, match),
        evaluate: (subject, report) => judgeWorkload(definition, subject, params, report),
      }
    case 'hosts':
      return {
        ...base,
        appliesTo: 'host',
        concerns: ({ host }) => match.hosts.some((pattern) => matchesGlob(pattern, host.name)),
        evaluate: (subject, report) => judgeHost(definition, subject, params, report),
      }
    case 'component':
      return {
        ...base,
        appliesTo: APPLIES[match.component],
        evaluate: (subject: ComponentSubject | DockerdSubject, report: Report) =>
          judgeComponent(definition, subject, params, report),
      }
  }
}

/** Whether an object is of a kind like one of some patterns: `Pod`, `Deployment.apps`, `*.apps`. */
function isOfKind({ ref }: KubeObject, patterns: readonly string[]): boolean {
  return patterns.some(
    (pattern) => matchesGlob(pattern, ref.kind) || matchesGlob(pattern, `${ref.kind}.${ref.group}`),
  )
}

function isMatched(object: KubeObject, { namespaces, labels }: ObjectMatch): boolean {
  if (namespaces !== undefined && !namespaces.some((pattern) => matchesGlob(pattern, object.ref.namespace)))
    return false
  const given = valueAt(object.content, ['metadata', 'labels'])
  return Object.entries(labels ?? {}).every(([key, pattern]) => {
    const value = asString(field(given, key))
    return value !== undefined && matchesGlob(pattern, value)
  })
}

function judgeObject(
  definition: Definition,
  { object, index }: ObjectSubject,
  params: CelValue,
  report: Report,
): void {
  const bindings = { ...objectValues(object, index), params }
  judgeItems(definition, object.content, bindings, report, (path) => ({ kind: 'object', object, path }))
}

function judgeWorkload(
  definition: Definition,
  subject: WorkloadSubject,
  params: CelValue,
  report: Report,
): void {
  const { object, template, index } = subject
  const pod: JsonObject = { metadata: template.metadata, spec: template.spec }
  const bindings = { ...objectValues(object, index), pod: fromJson(pod), params }
  const root: JsonObject = { ...object.content, pod }
  judgeItems(definition, root, bindings, report, (path) => ({
    kind: 'object',
    object,
    path: path[0] === 'pod' ? pathInObject(template, path.slice(1)) : path,
  }))
}

/** Each item by itself, so that a second one that is wrong is a place of its own; the whole where there are no items. */
function judgeItems(
  definition: Definition,
  root: JsonValue,
  bindings: Bindings,
  report: Report,
  originAt: (path: JsonPath) => Origin,
): void {
  const items =
    definition.each.length === 0
      ? [{ path: [], value: root, own: bindings }]
      : definition.each
          .flatMap((path) => valuesAt(root, path))
          .map(({ path, value }) => ({ path, value, own: { ...bindings, item: fromJson(value) } }))
  for (const { path, value, own } of items) {
    const places = definition.at?.path === undefined ? [] : valuesAt(value, definition.at.path)
    const paths = places.length > 0 ? places.map((place) => [...path, ...place.path]) : [path]
    judge(definition, own, report, (message) => paths.map((each) => ({ origin: originAt(each), message })))
  }
}

function judgeHost(definition: Definition, { host }: HostSubject, params: CelValue, report: Report): void {
  const file = definition.at === undefined ? undefined : host.files.get(definition.at.text)
  judge(definition, { ...hostValues(host), params }, report, (message) => {
    if (file === undefined) return []
    const { mode, uid, gid, path } = file
    const origin: Origin =
      mode === undefined || uid === undefined || gid === undefined
        ? { kind: 'file', file: path, host: host.name }
        : { kind: 'stat', host: host.name, file: path, mode, uid, gid }
    return [{ origin, message }]
  })
}

function judgeComponent(
  definition: Definition,
  subject: ComponentSubject | DockerdSubject,
  params: CelValue,
  report: Report,
): void {
  // Whatever was not seen may set anything: nothing is known then.
  const [gap] = subject.config.gaps
  if (gap !== undefined) {
    report.unknown(unknown(gap.reason, gap.detail, gap.origin))
    return
  }
  const named = definition.at?.text ?? definition.expression
  judge(definition, { ...componentValues(subject), params }, report, () =>
    subject.config.settings
      .filter(({ setting }) => mentions(named, setting))
      .map(({ setting, value, origin }) => ({
        origin,
        key: setting,
        message: `\`${setting}\` is ${JSON.stringify(value)}`,
      })),
  )
}

/** Whether a text has a name in it that does not go on before or behind. */
function mentions(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? ''
    const behind = text[at + name.length] ?? ''
    if (!/[\w-]/.test(before) && !/[\w-]/.test(behind)) return true
  }
  return false
}

function judge(
  definition: Definition,
  bindings: Bindings,
  report: Report,
  evidence: (message: string) => EvidenceInput[],
): void {
  const verdict = definition.failsIf(bindings)
  if (verdict === false) return
  if (verdict !== true) {
    const detail = `\`failsIf\` of ${definition.head.id} gives no answer: ${verdict.error}`
    const origin = evidence(detail)[0]?.origin
    report.unknown(unknown('no-source', detail, origin))
    return
  }
  const message = definition.message?.(bindings) ?? definition.head.title
  report.fail(evidence(message), optionsOf(definition, message))
}

function optionsOf({ fix }: Definition, message: string): FailOptions {
  if (fix === undefined) return { message }
  return { message, fix: { text: fix, edits: [], commands: [], risk: 'none', needs: [] } }
}
