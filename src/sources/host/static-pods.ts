import { posix } from 'node:path'
import {
  asString,
  field,
  isObject,
  valueAt,
  type Argument,
  type Command,
  type Host,
  type HostFile,
  type KubeObject,
  type Problem,
} from '../../model/index.js'
import {
  docEntryAt,
  docValue,
  readGoDocument,
  readShellWords,
  redactArguments,
  type DocNode,
} from '../../text/index.js'
import { redactObject, refOf } from '../../kube/index.js'
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

/**
 * The objects of a host's static pod manifests: what the kubelet would start from each file of its folders, read as
 * the kubelet reads them (the first document of a file).
 */
export function staticPodObjects(host: Host): { objects: KubeObject[]; problems: Problem[] } {
  const objects: KubeObject[] = []
  const problems: Problem[] = []
  for (const file of staticPodFiles(host)) {
    const document = readGoDocument(file.text ?? '')
    const place = { file: file.path, host: host.name }
    if (document.root === undefined) {
      const { line = 1, column = 1, message = 'it cannot be read' } = document.error ?? {}
      const said = `static pod manifest: ${message}`
      problems.push({ code: 'syntax', level: 'error', message: said, place: { ...place, line, column } })
      continue
    }
    const content = docValue(document.root)
    if (!isObject(content) || field(content, 'kind') !== 'Pod') {
      const message = 'static pod manifest: it holds no Pod'
      problems.push({ code: 'not-an-object', level: 'warning', message, place: { ...place, line: 1 } })
      continue
    }
    // Source: kubernetes v1.36.2 pkg/kubelet/config/common.go, applyDefaults: static pods go to `default`.
    const ref = refOf(content)
    objects.push({
      ref: { ...ref, namespace: ref.namespace === '' ? 'default' : ref.namespace },
      content: redactObject(content),
      source: 'static-pod',
      slice: {
        file: file.path,
        format: document.format,
        offset: 0,
        length: Buffer.byteLength(file.text ?? ''),
        line: 1,
        column: 1,
      },
      host: host.name,
    })
  }
  return { objects, problems }
}

/** Where distributions have the kubelet look for static pods. */
export const STATIC_POD_FOLDERS = [
  '/etc/kubernetes/manifests',
  '/etc/kubernetes/static-pods',
  '/etc/kubernetes/manifest',
  '/var/lib/rancher/rke2/agent/pod-manifests',
  '/var/lib/rancher/k3s/agent/pod-manifests',
]

/** Manifests in the folders that a host's kubelets look at. Names that begin with a dot are skipped, as by the kubelet. */
export function staticPodFiles(host: Pick<Host, 'files' | 'commands'>): HostFile[] {
  const folders = staticPodFolders(host)
  return [...host.files.values()]
    .filter((file) => folders.has(posix.dirname(file.path)) && !posix.basename(file.path).startsWith('.'))
    .filter((file) => file.text !== undefined)
    .sort((left, right) => (left.path < right.path ? -1 : 1))
}

/**
 * The folders that the host's kubelet is told to watch, else those of the distributions.
 * Source: kubernetes v1.36.2 pkg/kubelet/config/file.go, extractFromDir.
 */
export function staticPodFolders(host: Pick<Host, 'files' | 'commands'>): ReadonlySet<string> {
  const folders = new Set(STATIC_POD_FOLDERS)
  for (const command of host.commands.filter(({ component }) => component === 'kubelet')) {
    for (const { value } of command.args) {
      const path = /^--pod-manifest-path=(\/.*)$/.exec(value)?.[1]
      if (path !== undefined) folders.add(posix.resolve(path))
    }
  }
  for (const { text } of host.files.values()) {
    if (text === undefined || !/\bKubeletConfiguration\b/.test(text)) continue
    const path = /^\s*["']?staticPodPath["']?\s*:\s*["']?(\/[^"',#\s]*)/m.exec(text)?.[1]
    if (path !== undefined) folders.add(posix.resolve(path))
  }
  return folders
}
