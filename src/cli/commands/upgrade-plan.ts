import { accessSync, closeSync, constants, existsSync, openSync, statSync, writeSync } from 'node:fs'
import path from 'node:path'
import { InvalidArgumentError, type Command } from 'commander'
import { RampartError } from '../../model/index.js'
import type { Blocker, UpgradePlan } from '../../upgrade/index.js'
import { VERSION } from '../../version.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-code.js'
import { collect, oneOf } from '../inputs.js'
import { addUpgradeInputs, readUpgradeInput, type UpgradeInputOptions } from '../upgrade/upgrade-input.js'

const FORMATS = ['text', 'markdown', 'html', 'json'] as const

interface PlanCommandOptions extends UpgradeInputOptions {
  readonly to: string
  readonly via?: string[]
  readonly conservative?: boolean
  readonly maxUnavailable: number
  readonly first?: string
  readonly packages?: 'apt' | 'dnf' | 'dnf5'
  readonly packagesUrl?: string
  readonly replaceWith?: string
  readonly deleteEmptydirData?: boolean
  readonly force?: boolean
  readonly backups?: string
  readonly patches?: string
  readonly workerPatches?: string
  readonly ignorePreflightErrors?: string[]
  readonly output: (typeof FORMATS)[number]
  readonly outputFile?: string
}

/** `rampart upgrade plan`: the whole road, minor by minor and node by node, with every command. */
export function registerUpgradePlan(upgrade: Command, context: CommandContext): void {
  addUpgradeInputs(upgrade.command('plan'))
    .description('the whole road to a version: order, commands, checks, ways back, points of no return')
    .requiredOption('--to <version>', 'a minor (its newest known patch), or one patch: 1.37, 1.37.2')
    .option('--via <version>', 'the patch of a minor on the way (may be repeated)', collect)
    .option('--conservative', 'drain workers with every minor, and for patches too')
    .option('--max-unavailable <n>', 'workers that may be away at the same time', count, 1)
    .option('--first <node>', 'the control-plane node that runs `kubeadm upgrade apply`')
    .option(
      '--packages <manager>',
      'for nodes whose system does not tell it: apt, dnf, dnf5',
      oneOf(['apt', 'dnf', 'dnf5'] as const),
    )
    .option('--packages-url <url>', 'a mirror of https://pkgs.k8s.io/core:/stable:', address)
    .option(
      '--replace-with <command>',
      'replace workers: this command of yours makes a node (RAMPART_NODE, RAMPART_VERSION)',
    )
    .option('--delete-emptydir-data', 'drain pods with local data too, as kubectl drain')
    .option('--force', 'drain pods without a controller too, as kubectl drain')
    .option('--backups <dir>', 'where backups are put on control-plane nodes', folder)
    .option(
      '--patches <dir>',
      'folder of kubeadm patches on control-plane nodes, which it does not store',
      folder,
    )
    .option('--worker-patches <dir>', 'the same on workers', folder)
    .option(
      '--ignore-preflight-errors <names>',
      'checks of kubeadm that only warn, with commas (may be repeated)',
      names,
    )
    .option('-o, --output <format>', FORMATS.join(', '), oneOf(FORMATS), 'text')
    .option('--output-file <file>', 'write the plan there instead of to standard output')
    .addHelpText('after', HELP)
    .action(async (paths: string[], options: PlanCommandOptions) => {
      const { findBlockers, planUpgrade, refusePlanOptions } = await import('../../upgrade/index.js')
      const input = await readUpgradeInput(paths, options, context, (data) => {
        refusePlanOptions(data, chosen(options))
        if (options.outputFile !== undefined) refuseUnwritable(options.outputFile)
      })
      const plan = planUpgrade(input.inventory, input.data, { ...chosen(options), rampart: VERSION })
      const minorOf = (text: string): number => Number(text.split('.')[1])
      const blockers =
        plan.steps.length === 0
          ? []
          : findBlockers({ ...input, from: minorOf(plan.from), to: minorOf(plan.to) })
      await write(plan, blockers, options, context)
      context.setExit(blockers.some(({ level }) => level === 'blocks') ? EXIT.findings : EXIT.ok)
    })
}

type Chosen = Omit<
  PlanCommandOptions,
  keyof UpgradeInputOptions | 'output' | 'outputFile' | 'replaceWith'
> & { readonly replaceCommand?: string }

function chosen(options: PlanCommandOptions): Chosen {
  const { to, via, conservative, maxUnavailable, first, packages, packagesUrl, replaceWith } = options
  const { deleteEmptydirData, force, backups, patches, workerPatches, ignorePreflightErrors } = options
  return {
    to,
    maxUnavailable,
    ...(via === undefined ? {} : { via }),
    ...(conservative === undefined ? {} : { conservative }),
    ...(first === undefined ? {} : { first }),
    ...(packages === undefined ? {} : { packages }),
    ...(packagesUrl === undefined ? {} : { packagesUrl }),
    ...(replaceWith === undefined ? {} : { replaceCommand: replaceWith }),
    ...(deleteEmptydirData === undefined ? {} : { deleteEmptydirData }),
    ...(force === undefined ? {} : { force }),
    ...(backups === undefined ? {} : { backups }),
    ...(patches === undefined ? {} : { patches }),
    ...(workerPatches === undefined ? {} : { workerPatches }),
    ...(ignorePreflightErrors === undefined ? {} : { ignorePreflightErrors }),
  }
}

async function write(
  plan: UpgradePlan,
  blockers: readonly Blocker[],
  { output, outputFile }: PlanCommandOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const {
    blockersLine,
    renderBlockersText,
    renderPlanHtml,
    renderPlanMarkdown,
    renderPlanText,
    streamPlanJson,
  } = await import('../../reports/upgrade/index.js')
  const pieces = {
    text: () => [renderPlanText(plan)],
    markdown: () => [renderPlanMarkdown(plan, blockers)],
    html: () => [renderPlanHtml(plan, blockers)],
    json: () => streamPlanJson(plan),
  }[output]()
  if (outputFile === undefined) for (const piece of pieces) terminal.out(piece)
  else {
    try {
      writePieces(outputFile, pieces)
    } catch (error) {
      throw cannotWrite(outputFile, error)
    }
    terminal.err(
      `${outputFile}: ${plan.from} to ${plan.to}, ${plan.nodes.length} ${plan.nodes.length === 1 ? 'node' : 'nodes'}, ${plan.steps.length} steps\n`,
    )
  }
  if (blockers.length === 0) return
  if (output === 'text' && outputFile === undefined)
    terminal.out(`\nIn the way\n\n${renderBlockersText(blockers)}`)
  else terminal.err(`in the way: ${blockersLine(blockers)}; see them with \`rampart upgrade check\`\n`)
}

/** Told before a large cluster is read, not after. */
function refuseUnwritable(file: string): void {
  try {
    accessSync(existsSync(file) ? file : path.dirname(file), constants.W_OK)
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) throw new Error('it is a folder')
  } catch (error) {
    throw cannotWrite(file, error)
  }
}

function cannotWrite(file: string, cause: unknown): RampartError {
  return new RampartError('usage', `cannot write \`${file}\`: ${(cause as Error).message}`, { cause })
}

/** Readable by its owner alone. */
function writePieces(file: string, pieces: Iterable<string>): void {
  const handle = openSync(file, 'w', 0o600)
  try {
    for (const piece of pieces) writeSync(handle, piece)
  } finally {
    closeSync(handle)
  }
}

function count(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('It must be a number from 1 on.')
  return Number(text)
}

function address(text: string): string {
  if (!/^https?:\/\/[\w.:/@%~+-]{1,500}$/.test(text))
    throw new InvalidArgumentError('It must be an http or https address.')
  return text.replace(/\/+$/, '')
}

/** Whether each can be a name is asked where the plan is made. */
function names(text: string, previous: string[] | undefined): string[] {
  return [...(previous ?? []), ...text.split(',').map((name) => name.trim())]
}

function folder(text: string): string {
  if (!/^\/[\w./-]{1,300}$/.test(text) || text.split('/').includes('..')) {
    throw new InvalidArgumentError('It must be an absolute path of plain signs.')
  }
  return text.replace(/\/+$/, '')
}

const HELP = `
Examples:
  rampart upgrade plan --to 1.37 --context prod
  rampart upgrade plan --to 1.37 --context prod -o markdown --output-file runbook.md
  rampart upgrade plan --to 1.37 --context prod -o json > plan.json && rampart upgrade apply plan.json --context prod
  rampart upgrade plan prod.rampart --to 1.36.4 --conservative --max-unavailable 3
  rampart upgrade plan --to 1.37 --context prod --patches /etc/kubernetes/patches
  rampart upgrade plan prod.rampart --to 1.37 --replace-with './new-node.sh'

Nothing is changed by a plan. Exit codes: 0 planned, 1 planned and something blocks it, 2 usage, or no road.`
