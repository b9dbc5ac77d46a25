import { posix } from 'node:path'
import { asString, valueAt, type Argument, type Command, type HostFile } from '../../model/index.js'
import {
  docEntryAt,
  docValue,
  readGoDocument,
  readShellWords,
  redactArguments,
  type DocNode,
} from '../../text/index.js'
import { componentOf } from './components.js'
import { settingsAmong } from './processes.js'

/** Words of a container's start, with what could not be resolved in them. */
interface ContainerStart {
  readonly words: readonly Argument[]
  readonly unresolved: readonly string[]
}

/** The command lines of the containers in one static pod manifest. */
export function staticPodCommands(file: HostFile): Command[] {
  const root = file.text === undefined ? undefined : readGoDocument(file.text).root
  if (root === undefined) return []
  const pod = docValue(root)
  if (asString(valueAt(pod, ['kind'])) !== 'Pod') return []
  const namespace = asString(valueAt(pod, ['metadata', 'namespace'])) ?? 'default'
  const name = asString(valueAt(pod, ['metadata', 'name'])) ?? posix.basename(file.path)
  const containers = docEntryAt(root, ['spec', 'containers'])?.value
  if (containers?.kind !== 'list') return []
  return containers.items.flatMap((container) => {
    const env = environmentOf(container)
    const { words, unresolved } = startOf(container, env, file.path)
    const texts = words.map(({ value }) => value)
    const redacted = redactArguments(texts).map((value, index) => ({ ...words[index], value }))
    const start = componentOf(texts[0] ?? '', redacted.slice(1), (argument) => argument.value)
    if (start === undefined) return []
    const workingDirectory = asString(valueAt(docValue(container), ['workingDir']))
    const variables = [...env].map(([variable, value]) => `${variable}=${value ?? ''}`)
    return [
      {
        component: start.component,
        source: 'static-pod' as const,
        executable: start.executable,
        args: start.args,
        described: `pod ${namespace}/${name}`,
        environment: settingsAmong(start.component, variables),
        ...(workingDirectory === undefined ? {} : { workingDirectory }),
        ...(unresolved.length === 0 ? {} : { unresolved }),
      },
    ]
  })
}

/** Variables of a container by name; undefined where the value comes from elsewhere. */
function environmentOf(container: DocNode): Map<string, string | undefined> {
  const list = docEntryAt(container, ['env'])?.value
  const variables = new Map<string, string | undefined>()
  for (const item of list?.kind === 'list' ? list.items : []) {
    const variable = docValue(item)
    const name = asString(valueAt(variable, ['name']))
    if (name === undefined) continue
    const from = valueAt(variable, ['valueFrom'])
    const value = asString(valueAt(variable, ['value'])) ?? ''
    variables.set(name, from === undefined ? expand(value, variables, new Set()) : undefined)
  }
  return variables
}

function startOf(
  container: DocNode,
  env: ReadonlyMap<string, string | undefined>,
  file: string,
): ContainerStart {
  const unresolved = new Set<string>()
  // With envFrom any variable may come from a ConfigMap.
  const open = docEntryAt(container, ['envFrom']) !== undefined
  const words = ['command', 'args'].flatMap((key) => {
    const list = docEntryAt(container, [key])?.value
    if (list?.kind !== 'list') return []
    return list.items.flatMap((item): Argument[] => {
      if (item.kind !== 'scalar' || item.value === null) return []
      const value = expand(String(item.value), env, unresolved, open)
      return [{ value, file, line: item.line, column: item.column }]
    })
  })
  return unwrapShell(words, env, unresolved)
}

/**
 * Replaces `$(NAME)`; `$$(NAME)` is the text `$(NAME)`, an unknown name stays as it is.
 * Source: kubernetes v1.36.2 third_party/forked/golang/expansion/expand.go, Expand.
 */
function expand(
  text: string,
  env: ReadonlyMap<string, string | undefined>,
  unresolved: Set<string>,
  open = false,
): string {
  return text.replace(/\$\$|\$\(([^()\s]{1,253})\)/g, (whole, name: string | undefined) => {
    if (name === undefined) return '$'
    const value = env.get(name)
    if (value === undefined && (open || env.has(name))) unresolved.add(whole)
    return value ?? whole
  })
}

const SHELLS = new Set(['sh', 'bash', 'ash', 'dash'])

/** `sh -c "exec kube-apiserver ..."` is the command line inside of it. */
function unwrapShell(
  words: readonly Argument[],
  env: ReadonlyMap<string, string | undefined>,
  unresolved: Set<string>,
): ContainerStart {
  const shell = posix.basename(words[0]?.value ?? '')
  const flag = words.findIndex((word, index) => index > 0 && /^-[a-z]*c$/.test(word.value))
  const script = words[flag + 1]
  if (!SHELLS.has(shell) || flag < 0 || script === undefined) return { words, unresolved: [...unresolved] }
  let segment: Argument[] = []
  let expands: string[] = []
  let found: { words: Argument[]; expands: string[] } | undefined
  const end = (): void => {
    const at = segment.findIndex(({ value }) => value !== 'exec' && !/^[A-Za-z_]\w*=/.test(value))
    const program = segment[at]?.value ?? ''
    if (componentOf(program, segment.slice(at + 1), (word) => word.value) !== undefined) {
      found ??= { words: segment.slice(at), expands }
    }
    segment = []
    expands = []
  }
  for (const word of readShellWords(script.value)) {
    if (word.operator) {
      end()
      continue
    }
    const value = word.expands ? fromShell(word.value, env) : word.value
    if (word.expands && /[$`*?[]/.test(value)) expands.push(value)
    segment.push({ ...script, value })
  }
  end()
  if (found === undefined) return { words, unresolved: [...unresolved] }
  return { words: found.words, unresolved: [...unresolved, ...found.expands] }
}

/** Plain variables of the container's own environment; anything else a shell could do stays. */
function fromShell(text: string, env: ReadonlyMap<string, string | undefined>): string {
  return text.replace(
    /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g,
    (whole, braced: string | undefined, plain: string | undefined) => env.get(braced ?? plain ?? '') ?? whole,
  )
}
