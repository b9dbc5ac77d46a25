import { posix } from 'node:path'
import type { Command } from '../../model/index.js'

/** A path that a command line or a document names. */
export interface PathReference {
  readonly path: string
  /** Read its text, or every file in it, or look at its mode alone. */
  readonly how: 'text' | 'folder' | 'stat'
}

/** Flags whose folder is read whole. */
const FOLDERS = /^(?:config-dir|pod-manifest-path|cert-dir)$/

/** Flags whose value is a path even where it does not begin with a slash. */
const PATH_FLAG =
  /(?:^|-)(?:config|file|kubeconfig|dir|path|policy|cafile|certfile|keyfile|cacert|tlscacert|tlscert|tlskey)$/

/** What is written by the program, and grows, is never read: by the flag's name, or the file's own. */
const OUTPUT_FLAG = /(?:^|-)log/
const OUTPUT = /\.(?:log|sock|pid)$/
/** In a document no flag says what a path is for. */
const LOGS = /-log|^\/var\/log\//

/** Paths in a component's arguments, as that process sees them. */
export function referencesOfCommand(command: Command): PathReference[] {
  const references: PathReference[] = []
  if (command.executable.startsWith('/')) references.push({ path: command.executable, how: 'stat' })
  // Before there was a flag, a variable named the folder of the kubelet's drop-ins.
  const dropIns = command.environment?.['KUBELET_CONFIG_DROPIN_DIR_ALPHA']
  if (dropIns?.startsWith('/') === true) references.push({ path: posix.resolve(dropIns), how: 'folder' })
  command.args.forEach(({ value }, index) => {
    const flag = /^--?([\w-]{1,100})(?:=(.*))?$/s.exec(value)
    if (flag === null) return
    const [, name = '', joined] = flag
    const next = command.args[index + 1]?.value
    const given = joined ?? (next?.startsWith('-') === false ? next : undefined)
    if (given === undefined || given.length > 100_000) return
    // `kube-apiserver-arg=audit-policy-file=/...` of k3s and rke2: a flag in a flag.
    const inner = /-arg$/.test(name) ? given.replace(/^[\w-]{1,100}[-+]?=/, '') : given
    const whole = inner.replace(/^unix:\/\//, '')
    for (const word of name === 'tls-sni-cert-key' ? whole.split(/[,:]/) : [whole]) {
      const path = pathOf(word, name, command)
      if (path === undefined) continue
      const how = FOLDERS.test(name)
        ? 'folder'
        : OUTPUT_FLAG.test(name) || OUTPUT.test(path)
          ? 'stat'
          : 'text'
      references.push({ path, how })
    }
  })
  return references
}

function pathOf(word: string, flag: string, command: Command): string | undefined {
  if (word === '' || word === '-' || word.length > 4096 || /[\n\0]|:\/\//.test(word)) return undefined
  if (word.startsWith('/')) return posix.resolve(word)
  const relative = PATH_FLAG.test(flag.replaceAll('_', '-')) && !word.startsWith('-')
  return relative ? posix.resolve(command.workingDirectory ?? '/', word) : undefined
}

const MAX_REFERENCES = 300

/** File names whose text is worth reading when a document names them. */
const READABLE = /\.(?:ya?ml|json|conf|cfg|crt|pem|cert|kubeconfig|toml|pub)$|config$/

/** Absolute paths in a configuration document: other configuration and certificates are read, the rest looked at. */
export function referencesOfDocument(text: string): PathReference[] {
  const found = new Map<string, PathReference>()
  for (const match of text.matchAll(/(?<![\w/.:@$-])\/[\w.@+-]{1,255}(?:\/[\w.@+-]{1,255}){1,40}/g)) {
    if (found.size >= MAX_REFERENCES) break
    const path = posix.resolve(match[0])
    const readable = READABLE.test(path) && !LOGS.test(path)
    found.set(path, { path, how: readable ? 'text' : 'stat' })
  }
  return [...found.values()]
}

/** Whether a text is a configuration document whose paths are followed. */
export function isConfiguration(path: string, text: string): boolean {
  if (/\.(?:crt|pem|pub|key)$/.test(path)) return false
  return (
    /["']?apiVersion["']?\s*:/.test(text) ||
    /(?:daemon\.json|\/etcd\/config|\/rancher\/\w+\/config\.yaml(?:\.d\/[^/]+\.ya?ml)?)$/.test(path)
  )
}
