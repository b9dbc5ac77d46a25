import { RampartError } from '../../../model/index.js'
import type { PlannedStep } from '../../../upgrade/index.js'
import type { Step } from '../../journal/index.js'
import { jobState, lastLine, type HostTransport } from '../host/index.js'
import type { UpgradeContext } from '../upgrade-context.js'
import { writtenBack } from './host-script.js'

const PROGRAMS = {
  'install-kubeadm': ['kubeadm'],
  'install-kubelet': ['kubelet', 'kubectl'],
} as const

/** The step after which the packages of another stay: what it installed is in use then. */
const IN_USE = {
  repository: ['kubeadm-apply', 'kubeadm-node'],
  'install-kubeadm': ['kubeadm-apply', 'kubeadm-node'],
  'install-kubelet': ['restart-kubelet'],
} as const

/** Before packages change, their versions are written down beside the job: the way back. */
export function packageVersions(planned: PlannedStep, { plan }: UpgradeContext): string {
  const programs = programsOf(planned)
  if (programs.length === 0) return ''
  const manager = plan.nodes.find(({ name }) => name === planned.node)?.packages
  const ask =
    manager === 'apt'
      ? (name: string) => `dpkg-query -W -f='\${Version}' ${name}`
      : (name: string) => `rpm -q --qf '%{VERSION}-%{RELEASE}' ${name}`
  return programs.map((name) => `${ask(name)} >"$d/${name}" 2>/dev/null || rm -f "$d/${name}"\n`).join('')
}

/** How a step is put back; a step of which nothing is to be put back (a backup, a question) is put back as it is. */
export function putBack(
  planned: PlannedStep,
  context: UpgradeContext,
  transport: HostTransport,
  folder: string,
): Pick<Step, 'undo'> {
  switch (planned.action) {
    case 'backup':
    case 'etcd-snapshot':
    case 'kubeadm-plan':
      return { undo: () => Promise.resolve() }
    case 'repository':
    case 'install-kubeadm':
    case 'install-kubelet':
      return { undo: () => undoOnHost(planned, context, transport, folder) }
    default:
      return {}
  }
}

async function undoOnHost(
  planned: PlannedStep,
  context: UpgradeContext,
  transport: HostTransport,
  folder: string,
): Promise<void> {
  const inUse = usedBy(planned, context)
  if (inUse !== undefined) throw new RampartError('not-rolled-back', `it is in use since ${inUse}; it stays`)
  const job = await jobState({ transport, folder })
  if (job.kind === 'none') return
  if (job.kind === 'running') {
    throw new RampartError(
      'not-rolled-back',
      `its command still runs on the host (process ${job.pid}): wait for its end`,
    )
  }
  // What an earlier attempt found is the state before the run; a later one found what the earlier had left.
  const script =
    planned.action === 'repository'
      ? `${writtenBack(planned.commands, folder, 1)}\n${refresh(planned, context)}`
      : packagesBack(planned, context, folder)
  const { status, stderr, stdout } = await transport.run(script, { timeoutMs: context.limits.packages })
  if (status !== 0) {
    throw new RampartError(
      'not-rolled-back',
      `${transport.name}: ${lastLine(stderr) || lastLine(stdout) || `status ${status}`}`,
    )
  }
}

function programsOf({ action }: PlannedStep): readonly string[] {
  return action === 'install-kubeadm' || action === 'install-kubelet' ? PROGRAMS[action] : []
}

/** The step of the same node and version that already works with what was installed. */
function usedBy(planned: PlannedStep, { plan, journal }: UpgradeContext): string | undefined {
  const actions = IN_USE[planned.action as keyof typeof IN_USE] as readonly string[]
  // Few steps are asked about, and a journal of a large cluster is long: no picture of all of it is made.
  const users = plan.steps.filter(
    ({ node, version, action }) =>
      node === planned.node && version === planned.version && actions.includes(action),
  )
  return users.find(({ id }) => journal.entries.some(({ kind, step }) => step === id && kind !== 'note'))?.id
}

function refresh(planned: PlannedStep, { plan }: UpgradeContext): string {
  return plan.nodes.find(({ name }) => name === planned.node)?.packages === 'apt'
    ? 'apt-get update || true'
    : ''
}

function packagesBack(planned: PlannedStep, { plan }: UpgradeContext, folder: string): string {
  const manager = plan.nodes.find(({ name }) => name === planned.node)?.packages
  const lines = programsOf(planned).map((name) => {
    const before = `"$d/${name}"`
    const install =
      manager === 'apt'
        ? `apt-mark unhold ${name} && apt-get install -y --allow-downgrades "${name}=$v" && apt-mark hold ${name}`
        : dnfBack(name, manager === 'dnf5')
    return `if [ -s ${before} ]; then v=$(cat ${before}); ${install}; fi`
  })
  return ['set -e', 'export DEBIAN_FRONTEND=noninteractive', `d='${folder}/1'`, ...lines].join('\n')
}

/** `dnf downgrade` to what is there already is an error, so it is asked first. */
function dnfBack(name: string, isDnf5: boolean): string {
  const excludes = isDnf5 ? '--setopt=disable_excludes=kubernetes' : '--disableexcludes=kubernetes'
  return `[ "$(rpm -q --qf '%{VERSION}-%{RELEASE}' ${name})" = "$v" ] || dnf downgrade -y ${excludes} "${name}-$v"`
}
