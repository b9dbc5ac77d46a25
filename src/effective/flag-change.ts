import { KUBEADM_SECTIONS, type KubeadmComponent } from '../kube/index.js'
import { asString, type Edit, type Fix, type JsonValue } from '../model/index.js'
import type { ComponentStart } from './component-start.js'
import type { FlagSettings } from './flag-settings.js'

/**
 * The fix that gives a flag a value: in the one file that holds the component's arguments, or advice where that is not
 * clear (a repeated flag, a process whose files were not seen, a mirror pod, a file that the distribution writes again).
 */
export function changeFlag(start: ComponentStart, flags: FlagSettings, name: string, value: JsonValue): Fix {
  const word = flagWord(value)
  const file = word === undefined ? undefined : fileFor(start, flags, name)
  return fixOf(start, { op: 'setFlag', name, word, file })
}

/** The fix that takes a flag out where it stands. */
export function unsetFlag(start: ComponentStart, flags: FlagSettings, name: string): Fix {
  const file = flags.given.has(name) ? fileFor(start, flags, name) : fileOfUnknown(start, name)
  return fixOf(start, { op: 'removeFlag', name, word: undefined, file })
}

/** The file of a flag that this version's table has not; where it stands more than once, or in two words, none. */
function fileOfUnknown(start: ComponentStart, name: string): string | undefined {
  if (start.pod !== undefined || start.runBy === undefined) return undefined
  const [only, another] = start.args.filter(
    ({ value }) => value.split('=', 1)[0]?.replaceAll('_', '-') === `--${name}`,
  )
  const inOneWord = another === undefined && only?.value.includes('=') === true
  return inOneWord && /\.(?:ya?ml|json)$/.test(only.file ?? '') ? only.file : undefined
}

interface FlagChange {
  readonly op: 'setFlag' | 'removeFlag'
  readonly name: string
  /** The value as a word; undefined where one word cannot hold it. */
  readonly word: string | undefined
  /** The file to edit; undefined where that is not clear. */
  readonly file: string | undefined
}

function fixOf(start: ComponentStart, { op, name, word, file }: FlagChange): Fix {
  const frame = frameOf(start)
  const owner = ownerOf(start)
  const flag = word === undefined ? name : `${name}=${word}`
  const sets = op === 'setFlag'
  if (owner !== undefined) {
    const said = sets ? `Give ${owner.how(flag)}` : `Take \`${name}\` out of ${owner.place}`
    const note =
      start.command?.source === 'k3s' ? '' : ' What is changed in the manifest itself is written again.'
    return { ...frame, text: `${said}.${note}`, edits: [] }
  }
  const wanted = sets ? `Set \`--${flag}\`` : `Take \`--${name}\` out`
  if (start.kubeadm !== undefined) return { ...frame, text: `${wanted} ${kubeadmAdvice(start)}`, edits: [] }
  if (file === undefined) {
    const where = start.pod === undefined ? `where \`${start.component}\` is started` : manifestAdvice(start)
    return { ...frame, text: `${wanted} ${where}.${kubeadmNote(start)}`, edits: [] }
  }
  const edit: Edit = { host: start.host, file, op, path: [start.component, `--${name}`] }
  return {
    ...frame,
    text: `${wanted} ${sets ? 'in' : 'of'} \`${file}\`; ${restartWords(start)}.${kubeadmNote(start)}`,
    edits: [word === undefined ? edit : { ...edit, value: word }],
  }
}

/** A value as it stands behind the flag; undefined for what one word cannot hold. */
function flagWord(value: JsonValue): string | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value)
  const words = Array.isArray(value) ? value.map(asString) : [undefined]
  return words.every((word) => word !== undefined && !/[,"]/.test(word)) ? words.join(',') : undefined
}

/** The file that an edit can change: the flag stands in it once and in one word, or can be added to it. */
function fileFor(start: ComponentStart, flags: FlagSettings, name: string): string | undefined {
  if (start.pod !== undefined || start.kubeadm !== undefined) return undefined
  const given = flags.given.get(name)
  const file = given === undefined ? start.place?.file : ownFile(start, [...given.from, ...given.replaced])
  if (file === undefined) return undefined
  // A manifest whose command is wrapped in a shell has no list of arguments to change.
  if (/\.(?:ya?ml|json)$/.test(file)) return start.runBy === undefined ? undefined : file
  return given !== undefined || isArgsFile(file, start.component) ? file : undefined
}

function ownFile(
  start: ComponentStart,
  occurrences: readonly { readonly argIndex: number; readonly valueIndex: number }[],
): string | undefined {
  const [only, another] = occurrences
  if (only === undefined || another !== undefined || only.argIndex !== only.valueIndex) return undefined
  return start.args[only.argIndex]?.file
}

/** One flag a line, in a file that bears the component's name (the snap of MicroK8s). */
function isArgsFile(file: string, component: string): boolean {
  return file.endsWith(`/args/${component}`)
}

function manifestAdvice({ component, host }: ComponentStart): string {
  return `in \`/etc/kubernetes/manifests/${component}.yaml\` of node \`${host}\`, whose files were not read here`
}

function kubeadmAdvice({ component }: ComponentStart): string {
  const section = KUBEADM_SECTIONS[component as KubeadmComponent].join('.')
  return `in \`${section}.extraArgs\` of ConfigMap kube-system/kubeadm-config, and in \`/etc/kubernetes/manifests/${component}.yaml\` of each node of the control plane, which were not read here; the kubelet restarts ${component} when the file changes.`
}

interface Owner {
  readonly how: (flag: string) => string
  readonly place: string
}

/** Where a flag belongs when the distribution writes the manifest itself. */
function ownerOf({ component, machine, runBy, command }: ComponentStart): Owner | undefined {
  const image = asString((runBy?.container as { image?: JsonValue } | undefined)?.image) ?? ''
  const distribution = machine?.distribution
  if (distribution === 'rke2' || /(?:^|\/)rancher\/hardened-kubernetes/.test(image)) {
    const place = `\`${component}-arg\` in \`/etc/rancher/rke2/config.yaml\``
    return { place, how: (flag) => `${place} the item \`${flag}\`, then restart rke2-server` }
  }
  if (command?.source === 'k3s') {
    const place = `\`${component}-arg\` in \`/etc/rancher/k3s/config.yaml\``
    return { place, how: (flag) => `${place} the item \`${flag}\`, then restart k3s` }
  }
  if (distribution === 'talos') {
    const key = { 'kube-apiserver': 'apiServer', 'kube-controller-manager': 'controllerManager' }[component]
    const place = `\`cluster.${key ?? 'scheduler'}.extraArgs\` of the machine configuration`
    return {
      place,
      how: (flag) => `${place} the entry \`${flag.replace('=', ': ')}\` (talosctl patch machineconfig)`,
    }
  }
  if (distribution === 'k0s' || /\/k0s\//.test(command?.executable ?? '')) {
    const key = { 'kube-apiserver': 'api', 'kube-controller-manager': 'controllerManager' }[component]
    const place = `\`spec.${key ?? 'scheduler'}.extraArgs\` in \`/etc/k0s/k0s.yaml\``
    return { place, how: (flag) => `${place} the entry \`${flag.replace('=', ': ')}\`, then restart k0s` }
  }
  return undefined
}

/** What makes the component read its start again. */
export function restartWords(start: ComponentStart): string {
  const { component, command } = start
  if (isOfMicrok8s(start)) return `then run \`snap restart microk8s\``
  return command?.source === 'unit' || command?.source === 'args-file'
    ? `then restart ${component}`
    : `the kubelet restarts ${component} when the file changes; keep copies outside of that folder`
}

/** Its components run in one process, which reads their files of arguments when the snap starts. */
function isOfMicrok8s({ machine, command }: ComponentStart): boolean {
  return machine?.distribution === 'microk8s' && command?.source === 'args-file'
}

/** That kubeadm writes the manifest again, where it does. */
export function kubeadmNote({ component, machine, pod }: ComponentStart): string {
  if (machine?.distribution !== 'kubeadm' && pod === undefined) return ''
  return ` kubeadm upgrade writes the manifest again: change \`extraArgs\` of ${component} in ConfigMap kube-system/kubeadm-config too.`
}

const K3S_FRAME: Omit<Fix, 'text' | 'edits'> = {
  commands: [],
  risk: 'restart',
  needs: [],
  restart: 'systemctl try-restart k3s',
  verify: 'journalctl -u k3s | grep "Running kube-"',
}

/** Risk, restart and proof of every change of a start. */
export function frameOf(start: ComponentStart): Omit<Fix, 'text' | 'edits'> {
  if (start.command?.source === 'k3s') return K3S_FRAME
  return {
    commands: [],
    risk: 'restart',
    needs: [],
    restart: isOfMicrok8s(start) ? 'snap restart microk8s' : start.component,
    verify: `tr "\\0" "\\n" < /proc/$(pidof ${start.component})/cmdline`,
  }
}
