import type { Command } from 'commander'
import { RampartError } from '../../model/index.js'
import { addClusterOptions, connect } from '../cluster-options.js'
import type { CommandContext } from '../command-context.js'
import { finish, readReport } from '../upgrade/finish.js'
import { addHosts, hostTargets, nodeHosts, refuseHosts } from '../upgrade/node-hosts.js'
import { jsonView, textView } from '../upgrade/progress-view.js'
import { reportText } from '../upgrade/report-text.js'
import { addRunOptions, type RunOptions, type WorkOptions } from '../upgrade/run-options.js'

/** `rampart upgrade pause`, `abort` and `report`: what one does with a run beside carrying it out. */
export function registerUpgradeRuns(upgrade: Command, context: CommandContext): void {
  registerPause(upgrade, context)
  registerAbort(upgrade, context)
  registerReport(upgrade, context)
}

function registerPause(upgrade: Command, context: CommandContext): void {
  addRunOptions(upgrade.command('pause'))
    .description('let a running upgrade stop before its next step; from any terminal of the same machine')
    .addHelpText('after', `\nExamples:\n  rampart upgrade pause\n  rampart upgrade resume --context prod`)
    .action(async (options: RunOptions) => {
      const { chooseRun, openRuns, pauseRun } = await import('../../actions/upgrade/index.js')
      const { stateFolder } = await import('../../actions/journal/index.js')
      const state = stateFolder(options.stateDir)
      const run = chooseRun(await openRuns(state), { id: options.run })
      if (run === undefined) throw noneOpen(state)
      await pauseRun(run.folder)
      const steps = [...(run.progress?.steps ?? [])].filter(
        ([, { state: reached }]) => reached === 'acting' || reached === 'acted',
      )
      const running = steps.map(([id]) => id)
      if (options.output === 'json')
        context.terminal.out(`${JSON.stringify({ run: run.id, paused: true, running })}\n`)
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
    .addHelpText('after', `\nExamples:\n  rampart upgrade abort --context prod --ssh-user ops`)
    .option('--take-over', 'also when the Lease says that another machine works on it')
    .option(
      '--job-folder <dir>',
      'where commands leave their output on hosts (default: /var/lib/rampart/jobs)',
    )
    .action(async (options: WorkOptions & { readonly jobFolder?: string }) => {
      refuseHosts(options)
      const { abortUpgrade, chooseRun, openRuns } = await import('../../actions/upgrade/index.js')
      const { stateFolder } = await import('../../actions/journal/index.js')
      const state = stateFolder(options.stateDir)
      const runs = await openRuns(state)
      if (runs.length === 0) throw noneOpen(state)
      const client = await connect(options, context, { impersonation: false })
      const view = options.output === 'json' ? jsonView(context.terminal) : textView(context.terminal)
      let close = (): void => undefined
      try {
        const run = chooseRun(runs, { id: options.run })
        const hosts = await nodeHosts(
          hostTargets(
            (run?.plan.nodes ?? []).map(({ name }) => name),
            options,
          ),
          options,
        )
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

function noneOpen(state: string): RampartError {
  return new RampartError('usage', `no upgrade is open in ${state}`)
}

function registerReport(upgrade: Command, context: CommandContext): void {
  addRunOptions(upgrade.command('report'))
    .description('what an upgrade did when (the last one, or --run ID)')
    .addHelpText(
      'after',
      `\nExamples:\n  rampart upgrade report\n  rampart upgrade report -o json > report.json`,
    )
    .action(async (options: RunOptions) => {
      const { listRuns, stateFolder } = await import('../../actions/journal/index.js')
      const { KIND } = await import('../../actions/upgrade/index.js')
      const state = stateFolder(options.stateDir)
      const id = options.run ?? (await listRuns(state, KIND))[0]?.id
      if (id === undefined) throw new RampartError('no-input', `there is no upgrade in ${state}`)
      const report = await readReport(state, id)
      context.terminal.out(
        options.output === 'json' ? `${JSON.stringify(report, null, 2)}\n` : reportText(report),
      )
    })
}
