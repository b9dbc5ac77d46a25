import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import type { AskPerson, UpgradeOutcome } from '../../actions/upgrade/index.js'
import { RampartError } from '../../model/index.js'
import type { UpgradePlan } from '../../upgrade/index.js'
import { addClusterOptions, connect, type ClusterOptions } from '../cluster-options.js'
import type { CommandContext } from '../command-context.js'
import { timeOption } from '../durations.js'
import { EXIT } from '../exit-code.js'
import { collect, oneOf } from '../inputs.js'
import { addHosts, hostTargets, nodeHosts, type HostOptions } from '../upgrade/node-hosts.js'
import { jsonView, textView } from '../upgrade/progress-view.js'
import { outcomeText, reportText } from '../upgrade/report-text.js'

interface RunOptions {
  readonly stateDir?: string
  readonly run?: string
  readonly output: 'text' | 'json'
}

interface WorkOptions extends RunOptions, ClusterOptions, HostOptions {
  readonly takeOver?: boolean
}

interface ApplyCommandOptions extends WorkOptions {
  readonly maxUnavailable?: string
  readonly dryRun?: boolean
  readonly done?: string[]
  readonly drainTimeout: number
  readonly gateTimeout: number
  readonly gracePeriod?: string
  readonly jobFolder?: string
}

/** `rampart upgrade apply`, `resume`, `pause`, `abort`, `report`: a saved plan is carried out. */
export function registerUpgradeApply(upgrade: Command, context: CommandContext): void {
  registerApply(upgrade, context)
  registerPause(upgrade, context)
  registerAbort(upgrade, context)
  registerReport(upgrade, context)
}

function registerApply(upgrade: Command, context: CommandContext): void {
  const apply = upgrade.command('apply').argument('[plan]', 'a saved plan; without, the upgrade that is not finished')
  addApplyOptions(apply)
    .description('carry out a saved plan, or go on with the one that was begun')
    .option('--dry-run', 'print all that would be done, and change nothing')
    .addHelpText('after', APPLY_HELP)
    .action((file: string | undefined, options: ApplyCommandOptions) => applyCommand(file, options, context, false))
  addApplyOptions(upgrade.command('resume'))
    .description('go on with an upgrade that was paused')
    .action((options: ApplyCommandOptions) => applyCommand(undefined, options, context, true))
}

function addApplyOptions(command: Command): Command {
  return addRunOptions(addHosts(addClusterOptions(command, { impersonation: false })))
    .option('--max-unavailable <n>', "workers that may be away at the same time: 3, 10% (default: the plan's)")
    .addOption(timeOption('--drain-timeout <time>', 'how long the drain of one node may take', '1h'))
    .addOption(timeOption('--gate-timeout <time>', 'how long a node may take to be well again', '15m'))
    .option('--grace-period <seconds>', 'how long pods get to end, instead of their own time')
    .option('--done <step>', 'you have done this step by hand (may be repeated)', collect)
    .option('--take-over', "take over the upgrade of another machine that is lost, with a plan of the cluster as it is now")
    .option('--job-folder <dir>', 'where commands leave their output on hosts (default: /var/lib/rampart/jobs)')
}

function addRunOptions(command: Command): Command {
  return command
    .option('--state-dir <dir>', 'where runs are kept (default: /var/lib/rampart for root)')
    .option('--run <id>', 'which run, where several are not finished')
    .option('-o, --output <format>', 'text or json (one event a line)', oneOf(['text', 'json'] as const), 'text')
}

const APPLY_HELP = `
Examples:
  rampart upgrade plan --to 1.36 --context prod -o json > plan.json
  rampart upgrade apply plan.json --context prod --dry-run
  rampart upgrade apply plan.json --context prod --ssh-user ops
  rampart upgrade apply plan.json --transport local --kubeconfig /etc/kubernetes/admin.conf
  rampart upgrade apply --context prod --host cp-1=local --host win-1=manual
  rampart upgrade pause && rampart upgrade resume --context prod --ssh-user ops

Exit codes: 0 done or paused, 2 usage, 3 refused or unreachable, 5 stopped: the run is open.`

async function applyCommand(
  file: string | undefined,
  options: ApplyCommandOptions,
  context: CommandContext,
  resume: boolean,
): Promise<void> {
  const { applyUpgrade, chooseRun, openRuns, readMaxUnavailable, readPlan, upgradeCluster } =
    await import('../../actions/upgrade/index.js')
  const { stateFolder } = await import('../../actions/journal/index.js')
  const state = stateFolder(options.stateDir)
  const given = file === undefined ? undefined : readPlan(readText(file), file)
  const client = await connect(options, context, { impersonation: false })
  const closers: (() => void)[] = [() => client.close()]
  try {
    const runs = await openRuns(state)
    const plan = given ?? (await planOf(runs))
    const targets = hostTargets(plan.nodes.map(({ name }) => name), options)
    const workers = plan.nodes.filter(({ role }) => role === 'worker').length
    const maxUnavailable =
      options.maxUnavailable === undefined ? undefined : readMaxUnavailable(options.maxUnavailable, workers)
    if (options.maxUnavailable !== undefined && maxUnavailable === undefined) {
      throw new RampartError('usage', `--max-unavailable \`${options.maxUnavailable}\`: it must be a number from 1, or a percentage to 100%`)
    }
    if (options.dryRun === true) {
      const { dryRunText } = await import('../upgrade/dry-run-text.js')
      context.terminal.out(await dryRunText({ plan, targets, state, client, maxUnavailable }, options.output))
      return
    }
    const hosts = await nodeHosts(targets, options)
    closers.push(() => hosts.close())
    const view = options.output === 'json' ? jsonView(context.terminal) : textView(context.terminal)
    closers.push(() => view.end())
    const stop = stopper(context, view)
    closers.push(() => stop.forget())
    const { outcome, run } = await applyUpgrade({
      state,
      client,
      ...(given === undefined ? {} : { plan: given }),
      ...(options.run === undefined ? {} : { run: options.run }),
      host: hosts.host,
      ask: askPerson(options, context, () => view.end()),
      observer: view,
      signal: stop.signal,
      stopping: stop.stopping,
      takeOver: options.takeOver === true,
      resume,
      ...(maxUnavailable === undefined ? {} : { maxUnavailable }),
      drain: { timeout: options.drainTimeout, ...gracePeriod(options.gracePeriod) },
      limits: { gate: options.gateTimeout === 0 ? Number.MAX_SAFE_INTEGER : options.gateTimeout },
      ...(options.jobFolder === undefined ? {} : { jobFolder: options.jobFolder }),
    })
    view.end()
    await finish(outcome, run, state, options, context)
    async function planOf(open: typeof runs): Promise<UpgradePlan> {
      const uid = await upgradeCluster(client).uid().catch(() => undefined)
      const chosen = chooseRun(open, { id: options.run, ...(uid === undefined ? {} : { uid }) })
      if (chosen !== undefined) return chosen.plan
      throw new RampartError(
        'usage',
        `no upgrade of this cluster is open in ${state}: give a plan (rampart upgrade plan --to VERSION -o json > plan.json)`,
      )
    }
  } finally {
    for (const close of closers.reverse()) close()
  }
}

function gracePeriod(text: string | undefined): { readonly gracePeriodSeconds?: number } {
  if (text === undefined) return {}
  if (!/^-?\d{1,6}$/.test(text)) throw new RampartError('usage', `--grace-period \`${text}\`: it must be seconds`)
  return { gracePeriodSeconds: Number(text) }
}

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    throw new RampartError('no-input', `cannot read the plan \`${file}\`: ${(error as Error).message}`, { cause: error })
  }
}

/** The first Ctrl-C lets the running step end; the second leaves it to itself. */
function stopper(
  { terminal }: CommandContext,
  view: { end(): void },
): { readonly signal: AbortSignal; readonly stopping: () => boolean; forget(): void } {
  const abort = new AbortController()
  let asked = 0
  const take = (): void => {
    asked += 1
    if (asked === 1) {
      terminal.err('\nStops after the running step. Again: leaves it now; what runs on hosts goes on there.\n')
    } else {
      view.end()
      abort.abort()
    }
  }
  process.on('SIGINT', take)
  process.on('SIGTERM', take)
  return {
    signal: abort.signal,
    stopping: () => asked > 0,
    forget() {
      process.off('SIGINT', take)
      process.off('SIGTERM', take)
    },
  }
}

/** Prints what is to be done; on a terminal waits for the answer, elsewhere the step stops until `--done`. */
function askPerson({ done = [], output }: ApplyCommandOptions, { terminal }: CommandContext, clear: () => void): AskPerson {
  return async (step, commands, signal) => {
    if (done.includes(step.id)) return true
    clear()
    const where = step.node === '' ? '' : ` on ${step.node}, as root`
    const lines = [
      `${step.title}. Do this${where}:`,
      ...(commands.length === 0 ? [`    (the plan knows no command for it; ${step.check})`] : commands.map((each) => `    ${each}`)),
      `  It is done when ${step.check}.`,
    ]
    const say = output === 'json' ? terminal.err : terminal.out
    say(`${lines.join('\n')}\n`)
    if (!process.stdin.isTTY) return false
    const questions = createInterface({ input: process.stdin, output: process.stderr })
    try {
      return await new Promise<boolean>((resolve) => {
        signal?.addEventListener('abort', () => resolve(false), { once: true })
        questions.on('close', () => resolve(false))
        questions.question('Is it done? [yes/no] ', (answer) => resolve(/^y(es)?$/i.test(answer.trim())))
      })
    } finally {
      questions.close()
    }
  }
}

async function finish(
  outcome: UpgradeOutcome,
  run: string,
  state: string,
  { output }: RunOptions,
  { terminal, setExit }: CommandContext,
): Promise<void> {
  const report = await readReport(state, run)
  if (output === 'json') terminal.out(`${JSON.stringify({ type: 'end', ...outcome, report })}\n`)
  else terminal.out(`\n${reportText(report)}${outcomeText(outcome, run)}`)
  if (outcome.kind === 'stopped') setExit(EXIT.notRolledBack)
  if (outcome.kind === 'put-back' && outcome.left.length > 0) setExit(EXIT.notRolledBack)
}

async function readReport(state: string, id: string): Promise<import('../../actions/upgrade/index.js').UpgradeReport> {
  const { reportOfRun } = await import('../../actions/upgrade/index.js')
  return reportOfRun(state, id)
}

function registerPause(upgrade: Command, context: CommandContext): void {
  addRunOptions(upgrade.command('pause'))
    .description('let a running upgrade stop before its next step; from any terminal of the same machine')
    .action(async (options: RunOptions) => {
      const { chooseRun, openRuns, pauseRun } = await import('../../actions/upgrade/index.js')
      const { stateFolder } = await import('../../actions/journal/index.js')
      const state = stateFolder(options.stateDir)
      const run = chooseRun(await openRuns(state), { id: options.run })
      if (run === undefined) throw new RampartError('usage', `no upgrade is open in ${state}`)
      await pauseRun(run.folder)
      const steps = [...(run.progress?.steps ?? [])].filter(([, { state: reached }]) => reached === 'acting' || reached === 'acted')
      const running = steps.map(([id]) => id)
      if (options.output === 'json') context.terminal.out(`${JSON.stringify({ run: run.id, paused: true, running })}\n`)
      else {
        const after = running.length === 0 ? 'before its next step' : `after ${running.join(', ')}`
        context.terminal.out(`The upgrade ${run.id} stops ${after}. Go on: rampart upgrade resume\n`)
      }
    })
}

function registerAbort(upgrade: Command, context: CommandContext): void {
  const abort = addRunOptions(addHosts(addClusterOptions(upgrade.command('abort'), { impersonation: false })))
  abort
    .description('give an upgrade up: put back what can be put back, and say what stays')
    .option('--take-over', 'also when the Lease says that another machine works on it')
    .option('--job-folder <dir>', 'where commands leave their output on hosts (default: /var/lib/rampart/jobs)')
    .action(async (options: WorkOptions & { readonly jobFolder?: string }) => {
      const { abortUpgrade, chooseRun, openRuns } = await import('../../actions/upgrade/index.js')
      const { stateFolder } = await import('../../actions/journal/index.js')
      const state = stateFolder(options.stateDir)
      const client = await connect(options, context, { impersonation: false })
      const view = options.output === 'json' ? jsonView(context.terminal) : textView(context.terminal)
      let close = (): void => undefined
      try {
        const run = chooseRun(await openRuns(state), { id: options.run })
        const hosts = await nodeHosts(hostTargets((run?.plan.nodes ?? []).map(({ name }) => name), options), options)
        close = () => hosts.close()
        const result = await abortUpgrade({
          state,
          client,
          ...(options.run === undefined ? {} : { run: options.run }),
          host: hosts.host,
          ask: () => Promise.resolve(false),
          observer: view,
          signal: new AbortController().signal,
          takeOver: options.takeOver === true,
          ...(options.jobFolder === undefined ? {} : { jobFolder: options.jobFolder }),
        })
        view.end()
        await finish(result.outcome, result.run, state, options, context)
      } finally {
        view.end()
        close()
        client.close()
      }
    })
}

function registerReport(upgrade: Command, context: CommandContext): void {
  addRunOptions(upgrade.command('report'))
    .description('what an upgrade did when (the last one, or --run ID)')
    .action(async (options: RunOptions) => {
      const { listRuns, stateFolder } = await import('../../actions/journal/index.js')
      const { KIND } = await import('../../actions/upgrade/index.js')
      const state = stateFolder(options.stateDir)
      const id = options.run ?? (await listRuns(state, KIND))[0]?.id
      if (id === undefined) throw new RampartError('no-input', `there is no upgrade in ${state}`)
      const report = await readReport(state, id)
      context.terminal.out(options.output === 'json' ? `${JSON.stringify(report, null, 2)}\n` : reportText(report))
    })
}
