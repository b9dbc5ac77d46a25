import { isObject, type JsonValue } from '../../model/index.js'

/** Whether a value has the shape that is asked for. */
type Shape = (value: JsonValue | undefined) => boolean

const text: Shape = (value) => typeof value === 'string'
const count: Shape = (value) => typeof value === 'number' && Number.isFinite(value)
const flag: Shape = (value) => typeof value === 'boolean'
const oneOf =
  (...words: string[]): Shape =>
  (value) =>
    typeof value === 'string' && words.includes(value)
const maybe =
  (shape: Shape): Shape =>
  (value) =>
    value === undefined || shape(value)
const list =
  (shape: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.every(shape)
const fields =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (value) =>
    isObject(value) && Object.entries(shapes).every(([key, shape]) => shape(value[key]))
const pair =
  (second: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.length === 2 && count(value[0]) && second(value[1])

const REF = fields({ group: text, version: text, kind: text, namespace: text, name: text })
const PLACE = fields({ file: text, host: maybe(text), line: maybe(count), column: maybe(count) })

export const isProblemEntry: Shape = fields({
  code: text,
  message: text,
  level: oneOf('error', 'warning'),
  place: PLACE,
})

export const isSourceEntry: Shape = fields({
  kind: oneOf('manifests', 'export', 'host', 'snapshot', 'cluster', 'docker'),
  name: text,
  objects: count,
  files: count,
  complete: flag,
  kinds: maybe(list(text)),
  unread: maybe(list(fields({ kind: text, detail: text }))),
})

const SECRET_VALUE = fields({
  kind: oneOf('empty', 'placeholder', 'encrypted', 'public', 'value'),
  notBefore: maybe(count),
  notAfter: maybe(count),
  registries: maybe(list(text)),
})

export const isObjectEntry: Shape = fields({
  ref: REF,
  content: isObject,
  source: oneOf('manifest', 'export', 'snapshot', 'static-pod', 'cluster'),
  host: maybe(text),
  rendered: maybe(list(REF)),
  secretValues: maybe((value) => isObject(value) && Object.values(value).every((each) => SECRET_VALUE(each))),
  slice: fields({
    file: text,
    format: oneOf('yaml', 'json'),
    offset: count,
    length: count,
    line: count,
    column: count,
    path: maybe(list((step) => text(step) || count(step))),
  }),
})

const ARGUMENT = fields({ value: text, file: maybe(text), line: maybe(count), column: maybe(count) })

export const isHostEntry: Shape = fields({
  name: text,
  root: text,
  distribution: text,
  processesSeen: flag,
  problems: list(isProblemEntry),
  commands: list(
    fields({
      component: text,
      source: oneOf('process', 'ps', 'unit', 'static-pod', 'args-file', 'mirror-pod'),
      executable: text,
      described: text,
      args: list(ARGUMENT),
      workingDirectory: maybe(text),
      environment: maybe(isObject),
      pid: maybe(count),
      started: maybe(count),
      cut: maybe(flag),
      unresolved: maybe(list(text)),
    }),
  ),
  files: list(
    fields({
      path: text,
      type: oneOf('file', 'directory', 'symlink', 'socket', 'other'),
      mode: maybe(count),
      uid: maybe(count),
      gid: maybe(count),
      modified: maybe(count),
      text: maybe(text),
      target: maybe(text),
      publicKeys: maybe(list(text)),
      unreadable: maybe(text),
    }),
  ),
  users: list(pair(text)),
  groups: list(pair(fields({ name: text, members: list(text) }))),
})
