import { posix } from 'node:path'
import { asList, type Argument, type Command, type Host, type JsonValue } from '../../model/index.js'
import { parseFlags, readGoDocument, type DocNode, type FlagTable, docValue } from '../../text/index.js'

/** What a k3s of a host is given: what its files say, then what its command line says. */
export interface K3sArguments {
  /** `server` or `agent`. */
  readonly role: string
  readonly command: Command
  readonly args: readonly Argument[]
  /** The file where more can be said. */
  readonly file: string
  /** What could not be read of it, in one sentence. */
  readonly gap?: string
}

const DEFAULT_FILE = '/etc/rancher/k3s/config.yaml'
const OWN: FlagTable = { config: { type: 'string', shorthand: 'c' } }
const SURE: readonly Command['source'][] = ['process', 'ps', 'unit']

/**
 * The arguments of a host's k3s; undefined where its command line was not seen: its process hides it, its unit shows it.
 * Source: k3s pkg/configfilearg/parser.go, Parse: what the files say comes first, so the command line wins, or adds.
 */
export function k3sArguments(host: Pick<Host, 'commands' | 'files'>): K3sArguments | undefined {
  const [command] = host.commands
    .filter(({ component, cut }) => component === 'k3s' && cut !== true)
    .sort((a, b) => SURE.indexOf(a.source) - SURE.indexOf(b.source))
  const at = command?.args.findIndex(({ value }) => value === 'server' || value === 'agent') ?? -1
  const role = command?.args[at]?.value
  if (command === undefined || role === undefined) return undefined
  const own = command.args.slice(at + 1)
  const named =
    command.environment?.['K3S_CONFIG_FILE'] ??
    parseFlags(own, OWN).values.findLast(({ name }) => name === 'config')?.raw
  const file = named ?? DEFAULT_FILE
  const said = argumentsOfFiles(host, file, named !== undefined)
  const unresolved = command.unresolved?.[0]
  const gap =
    said.gap ??
    (unresolved === undefined
      ? undefined
      : `${command.described} uses \`${unresolved}\`, whose value was not found`)
  return { role, command, args: [...said.args, ...own], file, ...(gap === undefined ? {} : { gap }) }
}

interface Said {
  readonly args: readonly Argument[]
  readonly gap?: string
}

/**
 * A file and those of its folder, in the order of their names: a later value takes the place of an earlier one, one
 * whose key ends with `+` is added to it. Source: k3s pkg/configfilearg/parser.go, readConfigFile and dotDFiles.
 */
function argumentsOfFiles({ files }: Pick<Host, 'files'>, main: string, isNamed: boolean): Said {
  if (isNamed && !files.has(main)) return { args: [], gap: `k3s reads \`${main}\`, which was not read` }
  const more = [...files.values()]
    .filter(
      ({ path, type }) =>
        posix.dirname(path) === `${main}.d` && /\.ya?ml$/i.test(path) && type !== 'directory',
    )
    .map(({ path }) => path)
    .sort()
  const values = new Map<string, Argument[]>()
  for (const path of [...(files.has(main) ? [main] : []), ...more]) {
    const text = files.get(path)?.text
    const root = text === undefined ? undefined : readGoDocument(text).root
    if (text?.trim() === '') continue
    if (root === undefined || (root.kind !== 'map' && !(root.kind === 'scalar' && root.value === null)))
      return { args: [], gap: `\`${path}\`, which k3s reads, could not be read` }
    if (root.kind !== 'map') continue
    for (const [key, { value }] of root.entries) {
      const name = key.replace(/\+$/, '')
      const given = wordsOf(value, path).map((word) => ({ ...word, value: `--${name}=${word.value}` }))
      values.set(name, name === key ? given : [...(values.get(name) ?? []), ...given])
    }
  }
  return { args: [...values.values()].flat() }
}

function wordsOf(node: DocNode, file: string): Argument[] {
  const words = node.kind === 'list' ? node.items : [node]
  return words.map((word) => ({ value: text(docValue(word)), file, line: word.line, column: word.column }))
}

function text(value: JsonValue): string {
  if (value === null) return ''
  return Array.isArray(value) || typeof value === 'object'
    ? asList(value).map(String).join(',')
    : String(value)
}
