import {
  REACHES,
  SEVERITIES,
  type EstateInput,
  type JsonObject,
  type JsonPath,
  type JsonValue,
} from '../model/index.js'
import { StrictDocument } from '../policy/index.js'
import { compileCheck, COMPONENTS, type Definition, type Match } from './compile-check.js'
import { EXPECTATIONS, type UserCheck, type UserCheckTest } from './definition.js'
import { compileMessage, compileVerdict } from './expression.js'
import { parseValuePath, type ValuePath } from './value-path.js'

const KEYS = [
  'id',
  'title',
  'severity',
  'because',
  'reach',
  'why',
  'match',
  'each',
  'at',
  'params',
  'failsIf',
  'message',
  'fix',
  'references',
  'tests',
] as const
const REQUIRED = ['id', 'title', 'severity', 'why', 'match', 'failsIf'] as const
const MATCH = ['kinds', 'workloads', 'component', 'hosts', 'namespaces', 'labels'] as const
const TEST = ['name', 'expect', 'manifests', 'complete', 'hosts'] as const

/** Variables of expressions by what a check is asked about. */
const VARIABLES: Readonly<Record<Match['of'], readonly string[]>> = {
  objects: ['object', 'owner', 'namespaceObject', 'params'],
  workloads: ['object', 'owner', 'namespaceObject', 'pod', 'params'],
  component: ['config', 'component', 'hostName', 'params'],
  hosts: ['host', 'params'],
}

/**
 * Reads a file of checks: `checks:` with a list. Throws RampartError with file, line and column at the first thing that is
 * not known, missing or of another type; of an expression, at the sign in it.
 */
export function readUserChecks(text: string, file: string): UserCheck[] {
  const document = new StrictDocument(text, file)
  const root = document.mapping([], document.root, ['checks']) ?? {}
  if (root['checks'] === undefined) document.fail([], 'a file of checks has a list `checks`')
  return document
    .list(['checks'], root['checks'])
    .map((item, index) => readCheck(document, ['checks', index], item))
}

function readCheck(document: StrictDocument, path: JsonPath, value: JsonValue): UserCheck {
  const item = document.mapping(path, value, KEYS) ?? document.fail(path, 'a check is a mapping')
  for (const key of REQUIRED) {
    if (item[key] === undefined) document.fail(path, `the check has no \`${key}\``)
  }
  const text = (key: string): string => document.oneText([...path, key], item[key])
  const id = text('id')
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(id) || id.length > 56) {
    document.fail(
      [...path, 'id'],
      `\`${id}\` is no id: words in small letters with hyphens between, as team-image-digest`,
    )
  }
  const match = readMatch(document, [...path, 'match'], item['match'])
  const each = readPaths(document, [...path, 'each'], item['each'])
  if (each.length > 0 && match.of !== 'objects' && match.of !== 'workloads')
    document.fail([...path, 'each'], '`each` goes with kinds or workloads')
  const variables = [...VARIABLES[match.of], ...(each.length > 0 ? ['item'] : [])]
  const tests = readTests(document, [...path, 'tests'], item['tests'])
  const expression = text('failsIf')
  const at = item['at'] === undefined ? undefined : text('at')
  const definition: Definition = {
    head: {
      id,
      title: text('title'),
      severity: document.word([...path, 'severity'], item['severity'], SEVERITIES),
      because: item['because'] === undefined ? 'as whoever wrote the check ranks it' : text('because'),
      reach: item['reach'] === undefined ? 'user' : document.word([...path, 'reach'], item['reach'], REACHES),
      why: text('why'),
      references: document.texts([...path, 'references'], item['references']) ?? [],
      examples: { bad: exampleOf(tests, 'fail'), good: exampleOf(tests, 'pass') },
    },
    place: document.place(path),
    match,
    each,
    ...(at === undefined ? {} : { at: { text: at, path: pathOf(document, [...path, 'at'], at, match) } }),
    params: readParams(document, [...path, 'params'], item['params']),
    failsIf: compileVerdict(document, [...path, 'failsIf'], expression, variables),
    expression,
    ...(item['message'] === undefined
      ? {}
      : { message: compileMessage(document, [...path, 'message'], text('message'), variables) }),
    ...(item['fix'] === undefined ? {} : { fix: text('fix') }),
  }
  return { check: compileCheck(definition), place: definition.place, tests }
}

function pathOf(document: StrictDocument, path: JsonPath, text: string, match: Match): ValuePath | undefined {
  if (match.of === 'component' || match.of === 'hosts') return undefined
  return valuePath(document, path, text)
}

function exampleOf(tests: readonly UserCheckTest[], expect: UserCheckTest['expect']): EstateInput {
  return tests.find((test) => test.expect === expect)?.given ?? {}
}

function readMatch(document: StrictDocument, path: JsonPath, value: JsonValue | undefined): Match {
  const match = document.mapping(path, value, MATCH) ?? document.fail(path, '`match` is a mapping')
  const subjects = (['kinds', 'workloads', 'component', 'hosts'] as const).filter(
    (key) => match[key] !== undefined,
  )
  const [subject] = subjects
  if (subject === undefined || subjects.length > 1)
    return document.fail(path, '`match` has one of kinds, workloads, component, hosts')
  const texts = (key: string): readonly string[] | undefined => document.texts([...path, key], match[key])
  if (subject === 'component' || subject === 'hosts') {
    for (const key of ['namespaces', 'labels'])
      if (match[key] !== undefined) document.fail([...path, key], `\`${key}\` goes with kinds or workloads`)
    return subject === 'component'
      ? { of: 'component', component: document.word([...path, 'component'], match['component'], COMPONENTS) }
      : { of: 'hosts', hosts: texts('hosts') ?? [] }
  }
  const namespaces = texts('namespaces')
  const labels = readLabels(document, [...path, 'labels'], match['labels'])
  const more = {
    ...(namespaces === undefined ? {} : { namespaces }),
    ...(labels === undefined ? {} : { labels }),
  }
  if (subject === 'kinds') return { of: 'objects', kinds: texts('kinds') ?? [], ...more }
  if (!document.boolean([...path, 'workloads'], match['workloads'], false))
    document.fail([...path, 'workloads'], '`workloads` can only be true')
  return { of: 'workloads', ...more }
}

function readLabels(
  document: StrictDocument,
  path: JsonPath,
  value: JsonValue | undefined,
): Record<string, string> | undefined {
  const labels = ownMapping(document, path, value)
  if (labels === undefined) return undefined
  return Object.fromEntries(
    Object.entries(labels).map(([key, pattern]) => [key, document.oneText([...path, key], pattern)]),
  )
}

function readParams(document: StrictDocument, path: JsonPath, value: JsonValue | undefined): JsonObject {
  return ownMapping(document, path, value) ?? {}
}

/** A mapping whose keys are the author's own. */
function ownMapping(
  document: StrictDocument,
  path: JsonPath,
  value: JsonValue | undefined,
): JsonObject | undefined {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : []
  return document.mapping(path, value, keys)
}

function readPaths(document: StrictDocument, path: JsonPath, value: JsonValue | undefined): ValuePath[] {
  const texts = document.texts(path, value) ?? []
  return texts.map((text, index) => valuePath(document, Array.isArray(value) ? [...path, index] : path, text))
}

function valuePath(document: StrictDocument, path: JsonPath, text: string): ValuePath {
  const steps = parseValuePath(text) ?? document.fail(path, `\`${text}\` is no path as spec.containers[*]`)
  return steps[0] === 'object' ? steps.slice(1) : steps
}

function readTests(document: StrictDocument, path: JsonPath, value: JsonValue | undefined): UserCheckTest[] {
  return document.list(path, value).map((item, index): UserCheckTest => {
    const here = [...path, index]
    const test = document.mapping(here, item, TEST) ?? document.fail(here, 'a test is a mapping')
    const name =
      test['name'] === undefined ? `test ${index + 1}` : document.oneText([...here, 'name'], test['name'])
    const expect = document.word([...here, 'expect'], test['expect'], EXPECTATIONS)
    const hosts = readHosts(document, [...here, 'hosts'], test['hosts'])
    if (test['manifests'] === undefined && hosts === undefined)
      document.fail(here, 'the test has neither manifests nor hosts')
    return {
      name,
      expect,
      place: document.place(here),
      given: {
        ...(test['manifests'] === undefined
          ? {}
          : { manifests: document.oneText([...here, 'manifests'], test['manifests']) }),
        ...(test['complete'] === undefined
          ? {}
          : { complete: document.boolean([...here, 'complete'], test['complete'], false) }),
        ...(hosts === undefined ? {} : { hosts }),
      },
    }
  })
}

function readHosts(
  document: StrictDocument,
  path: JsonPath,
  value: JsonValue | undefined,
): EstateInput['hosts'] | undefined {
  const hosts = ownMapping(document, path, value)
  if (hosts === undefined) return undefined
  return Object.fromEntries(
    Object.entries(hosts).map(([name, given]) => {
      const here = [...path, name]
      const host = document.mapping(here, given, ['files', 'processes']) ?? {}
      const processes = document.texts([...here, 'processes'], host['processes'])
      const files = Object.entries(ownMapping(document, [...here, 'files'], host['files']) ?? {})
      return [
        name,
        {
          files: Object.fromEntries(
            files.map(([file, content]) => [file, readFile(document, [...here, 'files', file], content)]),
          ),
          ...(processes === undefined ? {} : { processes }),
        },
      ]
    }),
  )
}

type InlineFiles = NonNullable<NonNullable<EstateInput['hosts']>[string]['files']>

/** A file as its text, or as text with mode (`"0644"`), uid and gid. */
function readFile(
  document: StrictDocument,
  path: JsonPath,
  value: JsonValue | undefined,
): InlineFiles[string] {
  if (typeof value === 'string') return value
  const file =
    document.mapping(path, value, ['text', 'mode', 'uid', 'gid']) ?? document.fail(path, 'a file is a text')
  const mode = file['mode'] === undefined ? undefined : document.oneText([...path, 'mode'], file['mode'])
  if (mode !== undefined && !/^0?[0-7]{3,4}$/.test(mode))
    document.fail([...path, 'mode'], `\`${mode}\` is no mode as "0644"`)
  const owner = (key: 'uid' | 'gid'): { [each in 'uid' | 'gid']?: number } => {
    const number = file[key]
    if (number === undefined) return {}
    if (typeof number !== 'number' || !Number.isInteger(number))
      return document.fail([...path, key], `\`${key}\` is a number`)
    return { [key]: number }
  }
  return {
    text: typeof file['text'] === 'string' ? file['text'] : '',
    ...(mode === undefined ? {} : { mode: Number.parseInt(mode, 8) }),
    ...owner('uid'),
    ...owner('gid'),
  }
}
