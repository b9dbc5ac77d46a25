import type { Command } from 'commander'
import type { FixPlan } from '../../actions/fix/index.js'
import { RampartError, SEVERITIES, type Severity } from '../../model/index.js'
import { VERSION } from '../../version.js'
import { addClusterOptions, namesCluster, type ImpersonationOptions } from '../cluster-options.js'
import type { CommandContext } from '../command-context.js'
import { auditedEstate } from '../configured-audit.js'
import {
  absolute,
  addRunOptions,
  clientOf,
  clusterOf,
  plannedCluster,
  restartCommands,
  type RunOptions,
} from '../fix/fix-options.js'
import { planMarkdown, planText } from '../fix/plan-text.js'
import { carryOut } from '../fix/carry-out.js'
import { addHostOptions, collect, oneOf, type InputOptions } from '../inputs.js'
import { allChecks, loadUserChecks } from '../user-checks.js'
import { registerFixApply } from './fix-apply.js'
import { registerFixHistory } from './fix-history.js'
import { registerFixRollback } from './fix-rollback.js'

const FORMATS = ['text', 'json', 'markdown'] as const

interface FixOptions extends InputOptions, ImpersonationOptions, RunOptions {
  readonly check?: string[]
  readonly severity?: Severity
  readonly file?: string[]
  readonly confirm?: string[]
  readonly checks?: string[]
  readonly config?: string | false
  readonly plan?: string
  readonly apply?: boolean
  readonly resume?: boolean
  readonly restart: boolean
  readonly restartCommand?: string[]
  readonly output: (typeof FORMATS)[number]
  readonly all?: boolean
}

/** `rampart fix`: findings as changes; shows a plan, and carries it out with `--apply`. */
export function registerFix(program: Command, context: CommandContext): void {
  const fix = program
    .command('fix')
    .description(
      'turn findings into changes: a plan with its diff; with --apply carried out, checked, or put back',
    )
    .argument('[path...]', 'manifests of your own: files and folders; host roots')
  addHostOptions(fix)
    .option(
      '--check <id>',
      'only this check; also allows what may cut traffic or lock out (may be repeated)',
      collect,
    )
    .option('--severity <severity>', 'only this severity and worse', oneOf(SEVERITIES))
    .option('--file <path>', 'only changes of this file (may be repeated)', collect)
    .option(
      '--confirm <id>',
      'what this check needs holds here, though it cannot be seen (may be repeated)',
      collect,
    )
    .option('--checks <path>', 'checks of your own: a file or folder (may be repeated)', collect)
    .option('--config <file>', 'configuration (default: .rampart.yaml, where there is one)')
    .option('--no-config', 'no configuration')
    .option('--no-restart', 'files alone: nothing starts anew, and that is said')
    .option(
      '--restart-command <name=command>',
      'how a service starts anew, instead of systemd: kubelet=..., docker=... (may be repeated)',
      collect,
    )
    .option('--plan <file>', 'save the plan there, for `rampart fix apply FILE`')
    .option('--apply', 'carry the plan out; without, nothing is changed')
    .option('--resume', 'go on with the run that was cut short')
    .option('-o, --output <format>', FORMATS.join(', '), oneOf(FORMATS), 'text')
    .option('--all', 'everything that is left to people in full')
  addClusterOptions(addRunOptions(fix))
    .addHelpText('after', HELP)
    .action(async (paths: string[], options: FixOptions) => {
      if (options.resume === true) {
        await carryOut({ kind: 'resume' }, options, context)
        return
      }
      const plan = await makeFixPlan(paths, options, context)
      if (options.plan !== undefined) await savePlan(plan, options.plan)
      const { isEmpty } = await import('../../actions/fix/index.js')
      if (options.apply !== true || isEmpty(plan) || options.output === 'text') show(plan, options, context)
      if (options.apply === true && !isEmpty(plan)) await carryOut({ kind: 'apply', plan }, options, context)
      else if (options.output === 'text') context.terminal.out(nextLine(plan, options, isEmpty(plan)))
    })
  registerFixApply(fix, context)
  registerFixRollback(fix, context)
  registerFixHistory(fix, context)
}

async function makeFixPlan(
  paths: readonly string[],
  options: FixOptions,
  context: CommandContext,
): Promise<FixPlan> {
  if (paths.includes('-'))
    throw new RampartError('usage', 'standard input is no file that could be changed: name the file')
  const { clusterDoor, isLiveRoot, makePlan } = await import('../../actions/fix/index.js')
  const client = namesCluster(options) ? await clientOf(options, context) : undefined
  const commands = restartCommands(options.restartCommand ?? [])
  const checks = await namedIds(options.check, options.checks)
  const confirmed = await namedIds(options.confirm, options.checks)
  const named = paths.map(absolute)
  const { estate, result, found } = await auditedEstate(
    named,
    {
      ...clusterOf(options),
      ...(options.config === undefined ? {} : { config: options.config }),
      ...(options.checks === undefined ? {} : { checks: options.checks }),
      ...(options.strict === undefined ? {} : { strict: options.strict }),
      ...(options.ps === undefined ? {} : { ps: options.ps }),
      hostRoot: [...(options.hostRoot ?? []), ...(options.host === true ? ['/'] : [])].map(absolute),
      isAtRest: (root) => !isLiveRoot(root, options.restart, commands.size > 0),
      alsoCheck: checks ?? [],
      ...(confirmed === undefined ? {} : { confirmed }),
    },
    context,
  )
  return makePlan({
    version: VERSION,
    estate,
    result,
    subject: {
      paths: named,
      userChecks: (options.checks ?? []).map(absolute),
      ...(found === undefined ? {} : { config: absolute(found.configuration.file) }),
      ...(checks === undefined ? {} : { checks }),
    },
    choice: {
      ...(checks === undefined ? {} : { checks }),
      ...(confirmed === undefined ? {} : { confirmed }),
      ...(options.severity === undefined ? {} : { severity: options.severity }),
      ...(options.file === undefined ? {} : { files: options.file }),
    },
    restartCommands: commands,
    restarts: options.restart,
    ...(client === undefined ? {} : { cluster: { is: plannedCluster(client), door: clusterDoor(client) } }),
  })
}

/** Ids as the catalogue has them today; a name that is none ends the command with the nearest ones. */
async function namedIds(
  ids: readonly string[] | undefined,
  userChecks: readonly string[] = [],
): Promise<string[] | undefined> {
  if (ids === undefined) return undefined
  const all = await allChecks(await loadUserChecks(userChecks, undefined, []))
  const { findById } = await import('../find-check.js')
  return ids.map((id) => findById(all, id).id)
}

async function savePlan(plan: FixPlan, file: string): Promise<void> {
  const { writeFile } = await import('node:fs/promises')
  await writeFile(file, `${JSON.stringify(plan, null, 2)}\n`, { mode: 0o600 }).catch((error: unknown) => {
    throw new RampartError('usage', `the plan cannot be saved to ${file}: ${(error as Error).message}`, {
      cause: error,
    })
  })
}

function show(plan: FixPlan, { output, all = false }: FixOptions, { terminal }: CommandContext): void {
  const view = { all, working: process.cwd() }
  if (output === 'json') terminal.out(`${JSON.stringify(plan, null, 2)}\n`)
  else terminal.out(output === 'markdown' ? planMarkdown(plan, view) : planText(plan, view))
}

function nextLine(plan: FixPlan, { plan: file }: FixOptions, empty: boolean): string {
  if (empty) return 'nothing to change\n'
  if (file !== undefined) return `nothing was changed; next: rampart fix apply ${file}\n`
  return 'nothing was changed; --apply carries it out, --plan FILE keeps it\n'
}

const HELP = `
Examples:
  rampart fix --host                                    what would change on this machine
  rampart fix --host --severity high --apply            change it, restart, check, or put it back
  rampart fix --host-root /mnt/image --apply            a disk or an image, without restarts
  rampart fix --context prod --check pod-host-pid --apply
                                                        objects of a running cluster
  rampart fix deploy/ --check pod-privilege-escalation  manifests of your own
  rampart fix --host --plan plan.json && rampart fix apply plan.json
  rampart fix --host --restart-command 'kubelet=service kubelet restart' --apply
  rampart fix history && rampart fix rollback 20261126T120000Z-fix-1a2b3c

Exit codes: 0 planned or carried out, 2 nothing was changed (usage, changed files), 4 failed and put back,
5 failed and not put back.`
