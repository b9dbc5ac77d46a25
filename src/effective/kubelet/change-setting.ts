import type { Distribution, Edit, Fix, JsonValue, Setting } from '../../model/index.js'
import { scalarText, type ParsedFlag } from '../../text/index.js'
import { changeAtProvider } from './change-at-provider.js'
import { fieldOfFlag, flagOfField } from './flag-fields.js'
import { configFields } from './fields.js'
import type { ResolvedKubelet } from './resolve.js'

/** What a change of a kubelet's setting needs to know of the kubelet. */
export interface ChangeContext {
  readonly host: string
  readonly distribution: Distribution
  readonly resolved: ResolvedKubelet
  readonly settings: readonly Setting[]
}

/** The fix that puts a setting to a value: where its value wins, so that nothing beats it any more. */
export function changeSetting(context: ChangeContext, name: string, value: JsonValue): Fix {
  const setting = context.settings.find((candidate) => candidate.setting === name)
  const provided = changeAtProvider(context.distribution, name, value)
  if (provided !== undefined) return { ...provided, verify: verifyCommand(context.host, name) }
  const edits = setting === undefined ? undefined : editsFor(context, setting, value)
  const wanted = `\`${name}\` to \`${typeof value === 'string' ? value : JSON.stringify(value)}\``
  const frame = frameOf(context, name, edits ?? [])
  if (edits === undefined) {
    return {
      ...frame,
      text: `Set ${wanted}${whereByHand(context, setting)}, then ${restartWords(frame)}.`,
      edits: [],
    }
  }
  const places = [...new Set(edits.map(describeEdit))].join(', then ')
  return {
    ...frame,
    text: `Set ${wanted}: ${places}; then ${restartWords(frame)}.${rewritten(context)}`,
    edits,
  }
}

/** Edits at the winning place, or undefined where it is not clear which file that is. */
function editsFor(context: ChangeContext, setting: Setting, value: JsonValue): Edit[] | undefined {
  const isField = !setting.setting.startsWith('--')
  const removed = isField ? removedFlags(context, setting) : []
  if (removed === undefined) return undefined
  const file = isField ? fileFor(context, setting) : undefined
  if (file !== undefined) {
    const path = setting.setting.split('.')
    return [
      ...removed,
      ...ownDropIn(context.host, file),
      { host: context.host, file, op: 'set', path, value },
    ]
  }
  const flag = flagNameOf(setting)
  // A flag that stands nowhere has no place to be changed at; adding one to a command line is the reader's choice.
  if (setting.source.kind !== 'flag' || flag === undefined || typeof value === 'object') return undefined
  const home = setting.source.file
  const last = context.resolved.flags.get(flag)?.from.at(-1)
  if (home === undefined || last === undefined || !isOneWord(last)) return undefined
  return [{ host: context.host, file: home, op: 'setFlag', path: [`--${flag}`], value: String(value) }]
}

/** Edits that take away every flag that beats the files; undefined when one of them stands in no file that was seen. */
function removedFlags(context: ChangeContext, setting: Setting): Edit[] | undefined {
  if (!hasConfigFile(context)) return []
  const edits: Edit[] = []
  for (const [name, flag] of context.resolved.flags) {
    const field = name === 'seccomp-default' ? 'seccompDefault' : fieldOfFlag(name)
    if (field !== setting.setting) continue
    for (const one of [...flag.from, ...flag.replaced]) {
      const { argument } = one
      if (argument.file === undefined || !isOneWord(one)) return undefined
      // One edit takes every occurrence out of a file.
      if (edits.some((edit) => edit.file === argument.file && edit.path[0] === `--${name}`)) continue
      edits.push({ host: context.host, file: argument.file, op: 'removeFlag', path: [`--${name}`] })
    }
  }
  return edits
}

function hasConfigFile(context: ChangeContext): boolean {
  return context.resolved.layers.length > 0
}

/** The configuration file to change: the strongest that sets the field (even to null), else the main file. */
function fileFor(context: ChangeContext, setting: Setting): string | undefined {
  const { layers } = context.resolved
  const places = [setting.source, ...setting.overridden.map((loser) => loser.source)]
  const own = places.find((source) => source.kind === 'dropIn' || source.kind === 'file')
  const isKnown = configFields(context.resolved.knowledge.types).some(
    (field) => field.name === setting.setting,
  )
  if (!isKnown) return undefined
  const found = own?.file ?? layers.find((layer) => layer.kind === 'file')?.file ?? layers.at(-1)?.file
  return found?.replace(REWRITTEN, '/90-hardening.conf')
}

/** The drop-in that k3s and rke2 write again at each start: what should last stands in a file after it. */
const REWRITTEN = /\/00-(?:k3s|rke2)-defaults\.conf$/

/** What a drop-in needs to be read at all, where the change goes into a new one. */
function ownDropIn(host: string, file: string): Edit[] {
  if (!file.endsWith('/90-hardening.conf')) return []
  return [
    { host, file, op: 'set', path: ['apiVersion'], value: 'kubelet.config.k8s.io/v1beta1' },
    { host, file, op: 'set', path: ['kind'], value: 'KubeletConfiguration' },
  ]
}

const EXTRA_FILES = ['/etc/default/kubelet', '/etc/sysconfig/kubelet', '/var/lib/kubelet/kubeadm-flags.env']

/** The flag of a setting, without dashes. */
function flagNameOf({ setting }: Setting): string | undefined {
  if (setting.startsWith('--')) return setting.slice(2)
  return setting === 'seccompDefault' ? 'seccomp-default' : flagOfField(setting)
}

/** A file that holds flags of the kubelet, the one for additions first. */
function flagFile(context: ChangeContext): string | undefined {
  const files = [...context.resolved.flags.values()].flatMap((flag) =>
    flag.from.flatMap(({ argument }) => argument.file ?? []),
  )
  return EXTRA_FILES.find((file) => files.includes(file)) ?? files.at(-1)
}

/** Whether a flag and its value are one word, so that taking the word away takes all of it away. */
function isOneWord(flag: ParsedFlag): boolean {
  return flag.argIndex === flag.valueIndex
}

function describeEdit(edit: Edit): string {
  if (edit.op === 'set') return `write it to \`${edit.file}\``
  if (edit.op === 'removeFlag') return `take \`${edit.path.join('.')}\` out of \`${edit.file}\``
  return `set \`${edit.path.join('.')}=${scalarText(edit.value)}\` in \`${edit.file}\``
}

function whereByHand(context: ChangeContext, setting: Setting | undefined): string {
  if (setting === undefined) return ''
  const name = flagNameOf(setting)
  const { kind, argIndex = 0, file } = setting.source
  if (kind === 'flag') {
    const where = file === undefined ? 'the file that holds it was not seen' : `it stands in \`${file}\``
    return ` where the kubelet is given \`--${name ?? ''}\` (argument ${argIndex}; ${where})`
  }
  if (hasConfigFile(context)) return ''
  if (name === undefined) return ' in a KubeletConfiguration file that `--config` names'
  return ` with \`--${name}\` in \`${flagFile(context) ?? 'the unit or environment file that starts the kubelet'}\``
}

function rewritten(context: ChangeContext): string {
  if (context.distribution !== 'kubeadm') return ''
  return ' kubeadm upgrade writes the file again: change ConfigMap kube-system/kubelet-config too.'
}

const SERVICES: Partial<Readonly<Record<Distribution, string>>> = {
  k3s: 'systemctl try-restart k3s k3s-agent',
  // A node runs one of the two.
  rke2: 'systemctl try-restart rke2-server rke2-agent',
  microk8s: 'snap restart microk8s.daemon-kubelite',
}

function frameOf(
  context: ChangeContext,
  name: string,
  edits: readonly Edit[],
): Omit<Fix, 'text' | 'edits'> & { restart: string } {
  const restart = SERVICES[context.distribution] ?? 'systemctl restart kubelet'
  const unit = edits.some((edit) => edit.file.includes('/systemd/system/'))
  return {
    commands: [],
    risk: 'restart',
    needs: [],
    restart: unit ? `systemctl daemon-reload && ${restart}` : restart,
    verify: verifyCommand(context.host, name),
  }
}

function verifyCommand(host: string, name: string): string {
  if (name.startsWith('--')) return 'tr "\\0" " " < /proc/$(pidof kubelet)/cmdline'
  return `kubectl get --raw "/api/v1/nodes/${host}/proxy/configz" | jq '.kubeletconfig.${name}'`
}

function restartWords(frame: { readonly restart: string }): string {
  return `run \`${frame.restart}\``
}

/** The fix where only the ConfigMap of kubeadm is known: the cluster's copy, then each node. */
export function changeConfigMap(name: string, value: JsonValue, configMap: string): Fix {
  const wanted = `\`${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}\``
  return {
    text: `Set ${wanted} under \`kubelet\` of ConfigMap kube-system/${configMap}, then on each node have kubeadm write it and restart the kubelet. A flag on a node would still win.`,
    edits: [],
    commands: [
      `kubectl -n kube-system edit configmap ${configMap}`,
      'kubeadm upgrade node phase kubelet-config',
      'systemctl restart kubelet',
    ],
    risk: 'restart',
    needs: [],
    restart: 'systemctl restart kubelet',
    verify: `kubectl get --raw "/api/v1/nodes/NODE/proxy/configz" | jq '.kubeletconfig.${name}'`,
  }
}
