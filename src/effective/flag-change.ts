import { asString, type Edit, type Fix, type JsonValue } from '../model/index.js'
import type { ComponentStart } from './component-start.js'
import type { FlagSettings } from './flag-settings.js'

/**
 * The fix that gives a flag a value: in the one file that holds the component's arguments, or advice where that is not
 * clear (a repeated flag, a process whose files were not seen, a mirror pod).
 */
export function changeFlag(start: ComponentStart, flags: FlagSettings, name: string, value: JsonValue): Fix {
  const word = flagWord(value)
  const frame = frameOf(start)
  const wanted = `\`--${name}${word === undefined ? '' : `=${word}`}\``
  const file = word === undefined ? undefined : fileFor(start, flags, name)
  if (word === undefined || file === undefined) {
    const where = start.pod === undefined ? `where \`${start.component}\` is started` : manifestAdvice(start)
    return { ...frame, text: `Set ${wanted} ${where}.${kubeadmNote(start)}`, edits: [] }
  }
  const edit: Edit = { host: start.host, file, op: 'setFlag', path: [name], value: word }
  return {
    ...frame,
    text: `Set ${wanted} in \`${file}\`; ${restartWords(start)}.${kubeadmNote(start)}`,
    edits: [edit],
  }
}

/** A value as it stands behind the flag; undefined for what one word cannot hold. */
function flagWord(value: JsonValue): string | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value)
  const words = Array.isArray(value) ? value.map(asString) : [undefined]
  return words.every((word) => word !== undefined && !/[,"]/.test(word)) ? words.join(',') : undefined
}

function fileFor(start: ComponentStart, flags: FlagSettings, name: string): string | undefined {
  if (start.pod !== undefined) return undefined
  const given = flags.given.get(name)
  if (given === undefined) return start.place?.file
  const occurrences = [...given.from, ...given.replaced]
  return occurrences.length === 1 ? start.args[occurrences[0]?.argIndex ?? -1]?.file : undefined
}

function manifestAdvice({ component, host }: ComponentStart): string {
  return `in \`/etc/kubernetes/manifests/${component}.yaml\` of node \`${host}\`, whose files were not read here`
}

function restartWords({ component, command }: ComponentStart): string {
  return command?.source === 'unit' || command?.source === 'args-file'
    ? `then restart ${component}`
    : `the kubelet restarts ${component} when the file changes; keep copies outside of that folder`
}

function kubeadmNote({ component, machine, pod }: ComponentStart): string {
  if (machine?.distribution !== 'kubeadm' && pod === undefined) return ''
  return ` kubeadm upgrade writes the manifest again: change \`extraArgs\` of ${component} in ConfigMap kube-system/kubeadm-config too.`
}

function frameOf(start: ComponentStart): Omit<Fix, 'text' | 'edits'> {
  return {
    commands: [],
    risk: 'restart',
    needs: [],
    restart: start.component,
    verify: `tr "\\0" "\\n" < /proc/$(pidof ${start.component})/cmdline`,
  }
}
