import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { RampartError } from '../../model/index.js'
import type { UpgradePlan } from '../../upgrade/index.js'
import { addClusterOptions, connect } from '../cluster-options.js'
import type { CommandContext } from '../command-context.js'
import { timeOption } from '../durations.js'
import { collect } from '../inputs.js'
import { askPerson } from '../upgrade/ask-person.js'
import { finish } from '../upgrade/finish.js'
import { addHosts, hostTargets, nodeHosts, refuseHosts, withRoutes } from '../upgrade/node-hosts.js'
import { jsonView, textView } from '../upgrade/progress-view.js'
import { addRunOptions, type WorkOptions } from '../upgrade/run-options.js'
import { stopper } from '../upgrade/stopper.js'

interface ApplyCommandOptions extends WorkOptions {
  readonly maxUnavailable?: string
  readonly dryRun?: boolean
  readonly done?: string[]
  readonly drainTimeout: number
  readonly gateTimeout: number
  readonly gracePeriod?: string
  readonly jobFolder?: string
}

/** `rampart upgrade apply` and `resume`: a saved plan is carried out. */
export function registerUpgradeApply(upgrade: Command, context: CommandContext): void {
  const apply = upgrade
    .command('apply')
    .argument('[plan]', 'a saved plan; without, the upgrade that is not finished')
  addApplyOptions(apply)
    .description('carry out a saved plan, or go on with the one that was begun')
    .option('--dry-run', 'print all that would be done, and change nothing')
    .addHelpText('after', APPLY_HELP)
    .action((file: string | undefined, options: ApplyCommandOptions) =>
      applyCommand(file, options, context, false),
    )
  addApplyOptions(upgrade.command('resume'))
    .description('go on with an upgrade that was paused')
    .addHelpText('after', `\nExamples:\n  rampart upgrade resume --context prod --ssh-user ops`)
    .action((options: ApplyCommandOptions) => applyCommand(undefined, options, context, true))
}

function addApplyOptions(command: Command): Command {
  return addRunOptions(addHosts(addClusterOptions(command, { impersonation: false })))
    .option(
      '--max-unavailable <n>',
      "workers that may be away at the same time: 3, 10% (default: the plan's)",
    )
    .addOption(timeOption('--drain-timeout <time>', 'how long the drain of one node may take', '1h'))
    .addOption(timeOption('--gate-timeout <time>', 'how long a node may take to be well again', '15m'))
    .option('--grace-period <seconds>', 'how long pods get to end, instead of their own time')
    .option('--done <step>', 'you have done this step by hand (may be repeated)', collect)
    .option(
      '--take-over',
      'take over the upgrade of another machine that is lost, with a plan of the cluster as it is now',
    )
    .option(
      '--job-folder <dir>',
      'where commands leave their output on hosts (default: /var/lib/rampart/jobs)',
    )
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
  // What can mean nothing is refused before the cluster is asked anything.
  const grace = gracePeriod(options.gracePeriod)
  refuseHosts(options)
  const workersAway = (workers: number): number | undefined => {
    if (options.maxUnavailable === undefined) return undefined
    const count = readMaxUnavailable(options.maxUnavailable, workers)
    if (count !== undefined) return count
    throw new RampartError(
      'usage',
      `--max-unavailable \`${options.maxUnavailable}\`: it must be a number from 1, or a percentage to 100%`,
    )
  }
  workersAway(1)
  const given = file === undefined ? undefined : readPlan(readText(file), file)
  const runs = await openRuns(state)
  if (given === undefined && runs.length === 0) throw noneOpen(state)
  const client = await connect(options, context, { impersonation: false })
  const closers: (() => void)[] = [() => client.close()]
  try {
    const plan = given ?? (await planOf(runs))
    const targets = hostTargets(
      plan.nodes.map(({ name }) => name),
      options,
    )
    const workers = plan.nodes.filter(({ role }) => role === 'worker').length
    const maxUnavailable = workersAway(workers)
    if (options.dryRun === true) {
      const { dryRunText } = await import('../upgrade/dry-run-text.js')
      const routed = await withRoutes(targets, options)
      context.terminal.out(
        await dryRunText({ plan, targets: routed, state, client, maxUnavailable }, options.output),
      )
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
      drain: { timeout: options.drainTimeout, ...grace },
      limits: { gate: options.gateTimeout === 0 ? Number.MAX_SAFE_INTEGER : options.gateTimeout },
      ...(options.jobFolder === undefined ? {} : { jobFolder: options.jobFolder }),
    })
    view.end()
    await finish(outcome, run, state, options, context)
    async function planOf(open: typeof runs): Promise<UpgradePlan> {
      const uid = await upgradeCluster(client)
        .uid()
        .catch(() => undefined)
      const chosen = chooseRun(open, { id: options.run, ...(uid === undefined ? {} : { uid }) })
      if (chosen !== undefined) return chosen.plan
      throw noneOpen(state)
    }
  } finally {
    for (const close of closers.reverse()) close()
  }
}

function noneOpen(state: string): RampartError {
  return new RampartError(
    'usage',
    `no upgrade of this cluster is open in ${state}: give a plan (rampart upgrade plan --to VERSION -o json > plan.json)`,
  )
}

function gracePeriod(text: string | undefined): { readonly gracePeriodSeconds?: number } {
  if (text === undefined) return {}
  if (!/^-?\d{1,6}$/.test(text))
    throw new RampartError('usage', `--grace-period \`${text}\`: it must be seconds`)
  return { gracePeriodSeconds: Number(text) }
}

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    throw new RampartError('no-input', `cannot read the plan \`${file}\`: ${(error as Error).message}`, {
      cause: error,
    })
  }
}
