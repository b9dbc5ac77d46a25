import { RampartError, type JsonObject } from '../../../model/index.js'
import type { PlannedStep, UpgradeAction } from '../../../upgrade/index.js'
import type { Step, StepState } from '../../journal/index.js'
import { jobState, lastLine, runHostJob, type HostTransport, type JobState } from '../host/index.js'
import { keptOf, type NodeHost, type UpgradeContext, type UpgradeLimits } from '../upgrade-context.js'
import { clusterCheck, refusalOfNode, untilCluster } from './cluster-check.js'
import { FACTS_SCRIPT, readHostFacts } from './host-facts.js'
import { commandText, hostScript, writtenAsPlanned } from './host-script.js'
import { manualConfigs } from './manual-configs.js'
import { packageVersions, putBack } from './put-back.js'
import { runHere } from './run-here.js'
import { isConclusive, worldCheck } from './world-check.js'

const ASK_WITHIN = 60_000

/** The steps whose act is commands on a node, carried out there once. */
export function commandStep(planned: PlannedStep, context: UpgradeContext): Step {
  const host = context.host(planned.node)
  const common = {
    id: planned.id,
    title: planned.title,
    ...(planned.pointOfNoReturn === undefined ? {} : { irreversible: planned.pointOfNoReturn }),
    precondition: () => refusalOfNode(planned, context),
  }
  // What the plan has no commands for is done by hand, whatever leads to the host.
  if (host.kind === 'person' || planned.commands.length === 0) {
    return { ...common, ...byPerson(planned, context, host) }
  }
  const place = { transport: host.transport, folder: jobFolderOf(planned, context) }
  return {
    ...common,
    // What is so already needs no command: a run that was taken over, or a package that somebody installed.
    skipWhenHolds: isConclusive(planned),
    async check() {
      const job = await jobState(place)
      return checkOf(planned, context, job, host.transport)
    },
    async act(signal) {
      const waiting = (text: string): void => context.waiting(planned, text)
      await runHere(planned, context, limitOf(planned.action, context.limits), signal)
      const began = Date.now()
      const state = await runHostJob({
        ...place,
        script: `${packageVersions(planned, context)}${hostScript(planned.commands)}`,
        timeoutMs: limitOf(planned.action, context.limits),
        waiting,
        ...(signal === undefined ? {} : { signal }),
      })
      if (state.kind === 'cut') {
        throw new RampartError(
          'unreachable',
          `${host.transport.name}: the command was cut off before it ended (the machine went down, or it was killed); its output is in ${place.folder}/${state.attempt}/out`,
        )
      }
      const refusal = saidAgainst(planned, state)
      if (refusal !== undefined) throw new RampartError('not-allowed', `${host.transport.name}: ${refusal}`)
      if (state.status !== 0) throw failed(planned, host.transport.name, state, place.folder)
      await untilCluster(planned, context, signal)
      return { attempt: state.attempt, seconds: Math.round((Date.now() - began) / 1000) }
    },
    ...putBack(planned, context, host.transport, place.folder),
  }
}

/** Where the job of a step is on its host. */
export function jobFolderOf(planned: PlannedStep, { jobFolder, runId }: UpgradeContext): string {
  return `${jobFolder}/${runId}/${planned.id.replace(/[^\w.-]+/g, '_')}`
}

async function checkOf(
  planned: PlannedStep,
  context: UpgradeContext,
  job: JobState,
  transport: HostTransport,
): Promise<StepState> {
  if (job.kind === 'running')
    return { holds: false, reason: `the command runs on the host (process ${job.pid})` }
  const refusal = job.kind === 'ended' ? saidAgainst(planned, job) : undefined
  if (refusal !== undefined) return { holds: false, reason: refusal }
  const ended = job.kind === 'ended' && job.status === 0
  if (!ended && !isConclusive(planned)) return { holds: false, reason: whyNot(job) }
  const answer = await transport.run(
    planned.action === 'repository' ? writtenAsPlanned(planned.commands) : FACTS_SCRIPT,
    { timeoutMs: ASK_WITHIN },
  )
  if (planned.action === 'repository') {
    if (answer.status === 0) return { holds: true }
    return {
      holds: false,
      reason: `${answer.stdout.trim() || 'a file of the package manager'} is not as planned`,
    }
  }
  const world = worldCheck(planned, readHostFacts(answer.stdout))
  if (world?.holds === false) return world
  return clusterCheck(planned, context)
}

/** What a command that ended printed against going on, whatever its status. */
function saidAgainst({ action }: PlannedStep, { output }: { readonly output: string }): string | undefined {
  return action === 'kubeadm-plan' ? manualConfigs(output) : undefined
}

function whyNot(job: Exclude<JobState, { kind: 'running' }>): string {
  if (job.kind === 'none') return 'it was not begun'
  if (job.kind === 'cut') return 'it was cut off before it ended'
  return `the command ended with status ${job.status}: ${lastLine(job.output)}`
}

function failed(
  planned: PlannedStep,
  host: string,
  state: { readonly attempt: number; readonly status: number; readonly output: string },
  folder: string,
): RampartError {
  const said = tail(state.output)
  return new RampartError(
    'unreachable',
    `${host}: ${planned.action} ended with status ${state.status}: ${said === '' ? 'it printed nothing' : said} (all of it: ${folder}/${state.attempt}/out)`,
  )
}

/** The last lines: kubeadm says what to do in several. */
function tail(output: string): string {
  const lines = output.split(/[\r\n]+/).filter((line) => line.trim() !== '')
  return lines.slice(-3).join(' | ').slice(0, 600)
}

function limitOf(action: UpgradeAction, limits: UpgradeLimits): number {
  if (action === 'install-kubeadm' || action === 'install-kubelet' || action === 'repository')
    return limits.packages
  if (action === 'kubeadm-apply' || action === 'kubeadm-node') return limits.kubeadm
  return limits.command
}

/** A person does it. What cluster and host show is asked of them; the rest is the person's word. */
function byPerson(
  planned: PlannedStep,
  context: UpgradeContext,
  host: NodeHost,
): Pick<Step, 'check' | 'act' | 'undo'> {
  let said = false
  const shown = async (): Promise<StepState | undefined> => {
    if (host.kind === 'person') return undefined
    const { stdout } = await host.transport.run(FACTS_SCRIPT, { timeoutMs: ASK_WITHIN })
    return worldCheck(planned, readHostFacts(stdout))
  }
  return {
    async check() {
      if (!said && keptOf(context, planned.id)?.by !== 'person') {
        return { holds: false, reason: 'nobody has said yet that it is done' }
      }
      const world = await shown()
      return world?.holds === false ? world : clusterCheck(planned, context)
    },
    async act(signal): Promise<JsonObject> {
      context.waiting(planned, 'you to do it')
      said = await context.ask(planned, planned.commands.map(commandText), signal)
      if (!said) {
        throw new RampartError(
          'not-allowed',
          `it waits for you. Do it, then go on by \`rampart upgrade apply --done ${planned.id}\``,
        )
      }
      await untilCluster(planned, context, signal)
      return { by: 'person' }
    },
    undo: () => Promise.reject(new RampartError('not-rolled-back', `it was done by hand: ${planned.back}`)),
  }
}
