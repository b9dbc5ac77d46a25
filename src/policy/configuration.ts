import {
  asList,
  asObject,
  field,
  SEVERITIES,
  type AuditException,
  type ExceptionScope,
  type FilePlace,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  type Severity,
} from '../model/index.js'
import { isDay, matchesGlob, nearestWords } from '../text/index.js'
import { StrictDocument } from './strict-document.js'

/** The user's own configuration: what is accepted, left out, added and changed. */
export interface Configuration {
  readonly file: string
  readonly exceptions: readonly AuditException[]
  /** Severities by id of check, as it is written. */
  readonly severities: ReadonlyMap<string, { readonly severity: Severity; readonly place: FilePlace }>
  readonly checks: {
    /** Patterns: only these are asked. */
    readonly include?: readonly string[]
    /** Patterns: these are not asked. */
    readonly exclude: readonly string[]
    /** Checks that are off by default and are asked. */
    readonly enable: readonly string[]
    /** Files and folders of the user's own checks, from the folder of the configuration. */
    readonly from: readonly string[]
  }
  readonly namespaces: { readonly include?: readonly string[]; readonly exclude: readonly string[] }
  /** Where images may come from. */
  readonly registries?: readonly string[]
  /** Patterns of namespaces whose pods run code that nobody has read. */
  readonly untrustedNamespaces: readonly string[]
  /** Kinds of the user's own that make pods (`Worker.example.com`), and where the template is in them. */
  readonly podTemplates: readonly { readonly kind: string; readonly path: JsonPath }[]
  /** Whether annotations of objects may accept checks. */
  readonly annotations: boolean
  /** Patterns of checks that nothing may accept. */
  readonly neverAccept: readonly string[]
  /** Every name of a check in it with its place, for `nameChecks`. */
  readonly names: readonly { readonly name: string; readonly path: JsonPath }[]
  readonly document: StrictDocument
}

const TOP = [
  'exceptions',
  'severities',
  'checks',
  'namespaces',
  'registries',
  'untrustedNamespaces',
  'podTemplates',
  'annotations',
  'neverAccept',
] as const
const SCOPE = ['namespace', 'kind', 'name', 'host', 'file', 'container', 'evidence', 'fingerprint'] as const
const EXCEPTION = ['check', ...SCOPE, 'rule', 'reason', 'until', 'owner'] as const
const RULE = ['apiGroups', 'resources', 'resourceNames', 'nonResourceURLs', 'verbs'] as const

/** Folders that paths of a configuration are counted from, and whether it stands in what is audited. */
export interface ConfigurationPlace {
  readonly audited: boolean
  readonly folders: NonNullable<AuditException['folders']>
}

/**
 * Reads the text of a `.rampart.yaml`. Throws RampartError with file, line and column at the first thing that is not
 * known, of another type or missing.
 */
export function readConfiguration(text: string, file: string, place: ConfigurationPlace): Configuration {
  const document = new StrictDocument(text, file)
  const root = document.mapping([], document.root, TOP) ?? {}
  const checks = document.mapping(['checks'], root['checks'], ['include', 'exclude', 'enable', 'from']) ?? {}
  const spaces = document.mapping(['namespaces'], root['namespaces'], ['include', 'exclude']) ?? {}
  const texts = (path: JsonPath, value: JsonValue | undefined): readonly string[] =>
    document.texts(path, value) ?? []
  const include = document.texts(['checks', 'include'], checks['include'])
  const only = document.texts(['namespaces', 'include'], spaces['include'])
  const registries = document.texts(['registries'], root['registries'])
  const neverAccept = texts(['neverAccept'], root['neverAccept'])
  const exceptions = document
    .list(['exceptions'], root['exceptions'])
    .map((item, index) => readException(document, ['exceptions', index], item, place))
  exceptions.forEach(({ check }, index) => {
    const never = neverAccept.find((pattern) => pattern === check || matchesGlob(pattern, check))
    if (never !== undefined)
      document.fail(
        ['exceptions', index, 'check'],
        `\`${check}\` may not be accepted: \`neverAccept\` names \`${never}\``,
      )
  })
  return {
    file,
    exceptions,
    severities: readSeverities(document, root['severities']),
    checks: {
      ...(include === undefined ? {} : { include }),
      exclude: texts(['checks', 'exclude'], checks['exclude']),
      enable: texts(['checks', 'enable'], checks['enable']),
      from: texts(['checks', 'from'], checks['from']),
    },
    namespaces: {
      ...(only === undefined ? {} : { include: only }),
      exclude: texts(['namespaces', 'exclude'], spaces['exclude']),
    },
    ...(registries === undefined ? {} : { registries }),
    untrustedNamespaces: texts(['untrustedNamespaces'], root['untrustedNamespaces']),
    podTemplates: document
      .list(['podTemplates'], root['podTemplates'])
      .map((item, index) => readPodTemplate(document, ['podTemplates', index], item)),
    annotations: document.boolean(['annotations'], root['annotations'], true),
    neverAccept,
    names: namesIn(root, checks),
    document,
  }
}

function readPodTemplate(
  document: StrictDocument,
  path: JsonPath,
  value: JsonValue,
): Configuration['podTemplates'][number] {
  const item = document.mapping(path, value, ['kind', 'path'])
  if (item === undefined) return document.fail(path, 'it is a mapping with `kind` and `path`')
  for (const key of ['kind', 'path'] as const)
    if (item[key] === undefined) document.fail(path, `it has no \`${key}\``)
  const kind = document.oneText([...path, 'kind'], item['kind'])
  if (!/^[A-Z]\w{0,62}(?:\.[a-z0-9][a-z0-9-]{0,62})+$/.test(kind))
    document.fail([...path, 'kind'], `\`${kind}\` is no kind with its group, as Worker.example.com`)
  const text = document.oneText([...path, 'path'], item['path'])
  if (!/^\.?(?:[\w-]{1,100}|\*)(?:\.(?:[\w-]{1,100}|\*)){0,30}$/.test(text))
    document.fail(
      [...path, 'path'],
      `\`${text}\` is no path as spec.template or spec.groups.*.template (\`*\` is every member)`,
    )
  return { kind, path: text.replace(/^\./, '').split('.') }
}

function readException(
  document: StrictDocument,
  path: JsonPath,
  value: JsonValue,
  { audited, folders }: ConfigurationPlace,
): AuditException {
  const item = document.mapping(path, value, EXCEPTION)
  if (item === undefined)
    return document.fail(path, 'an exception is a mapping with `check`, `reason` and `until`')
  for (const key of ['check', 'reason', 'until'] as const) {
    if (item[key] === undefined) document.fail(path, `the exception has no \`${key}\``)
  }
  const check = document.oneText([...path, 'check'], item['check'])
  const until = document.oneText([...path, 'until'], item['until'])
  if (!isDay(until)) document.fail([...path, 'until'], `\`${until}\` is no day as 2027-01-31`)
  const scope = readScope(document, path, item)
  if (Object.keys(scope).length === 0 && /[*?]/.test(check)) {
    document.fail(
      path,
      `a pattern of checks without ${SCOPE.join(', ')} or rule would accept everything: name what it covers`,
    )
  }
  return {
    check,
    scope,
    reason: document.oneText([...path, 'reason'], item['reason']),
    until,
    ...(item['owner'] === undefined ? {} : { owner: document.oneText([...path, 'owner'], item['owner']) }),
    place: document.place(path),
    audited,
    folders,
  }
}

function readScope(document: StrictDocument, path: JsonPath, item: JsonObject): ExceptionScope {
  const lists = SCOPE.flatMap((key) => {
    const texts = document.texts([...path, key], item[key])
    if (texts === undefined) return []
    if (texts.length === 0) document.fail([...path, key], `\`${key}\` is empty, so nothing would fit`)
    return [[key, texts] as const]
  })
  const rulePath = [...path, 'rule']
  const rule = document.mapping(rulePath, item['rule'], RULE)
  if (rule === undefined) return Object.fromEntries(lists)
  const parts = RULE.flatMap((key) => {
    const texts = document.texts([...rulePath, key], rule[key])
    return texts === undefined ? [] : [[key, texts] as const]
  })
  if (parts.length === 0) document.fail(rulePath, '`rule` is empty, so nothing would fit')
  return { ...Object.fromEntries(lists), rule: Object.fromEntries(parts) }
}

function readSeverities(document: StrictDocument, value: JsonValue | undefined): Configuration['severities'] {
  const entries = Object.entries(asMapping(document, ['severities'], value))
  return new Map(
    entries.map(([id, severity]) => {
      const path = ['severities', id]
      return [id, { severity: document.word(path, severity, SEVERITIES), place: document.place(path) }]
    }),
  )
}

/** A mapping whose keys are the user's own. */
function asMapping(document: StrictDocument, path: JsonPath, value: JsonValue | undefined): JsonObject {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : []
  return document.mapping(path, value, keys) ?? {}
}

/** Names of checks with their places; what is no text was refused before. */
function namesIn(root: JsonObject, checks: JsonObject): Configuration['names'] {
  const inList = (path: JsonPath, value: JsonValue | undefined): { name: string; path: JsonPath }[] =>
    typeof value === 'string'
      ? [{ name: value, path }]
      : asList(value).flatMap((name, index) =>
          typeof name === 'string' ? [{ name, path: [...path, index] }] : [],
        )
  return [
    ...asList(root['exceptions']).flatMap((item, index) =>
      inList(['exceptions', index, 'check'], field(item, 'check')),
    ),
    ...Object.keys(asObject(root['severities'])).map((name) => ({ name, path: ['severities', name] })),
    ...inList(['checks', 'include'], checks['include']),
    ...inList(['checks', 'exclude'], checks['exclude']),
    ...inList(['checks', 'enable'], checks['enable']),
    ...inList(['neverAccept'], root['neverAccept']),
  ]
}

/**
 * Holds every name of a check in a configuration against those that there are, with their old names. Throws RampartError
 * at the first one that names none, or a pattern that fits none.
 */
export function checkNames({ names, document }: Configuration, ids: readonly string[]): void {
  for (const { name, path } of names) {
    if (ids.some((id) => matchesGlob(name, id))) continue
    const [near] = nearestWords(name, ids)
    const what = /[*?]/.test(name) ? `no check is like \`${name}\`` : `there is no check \`${name}\``
    document.fail(
      path,
      `${what}${near === undefined ? ' (`rampart checks list` shows all)' : `; did you mean \`${near}\`?`}`,
    )
  }
}
