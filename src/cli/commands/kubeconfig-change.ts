import path from 'node:path'
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { RampartError } from '../../model/index.js'
import { goQuote } from '../../text/index.js'
import type { DeletePlan, MergePlan, OnConflict } from '../../kubeconfig/index.js'
import type { CommandContext } from '../command-context.js'
import { collect, oneOf } from '../inputs.js'
import { kubeconfigPlaces } from '../kubeconfig/kubeconfig-options.js'
import { addChangeOptions, runChange, type ChangeCommandOptions } from '../kubeconfig/run-change.js'

/** The commands that change kubeconfig files whole entries at a time. */
export function registerKubeconfigChanges(kubeconfig: Command, context: CommandContext): void {
  registerUse(kubeconfig, context)
  registerMerge(kubeconfig, context)
  registerDelete(kubeconfig, context)
}

function registerUse(kubeconfig: Command, context: CommandContext): void {
  addChangeOptions(kubeconfig.command('use').argument('<context>', 'its name'))
    .description('make a context the current one')
    .addHelpText(
      'after',
      `\nExamples:\n  rampart kubeconfig use prod\n  rampart kubeconfig use prod --dry-run`,
    )
    .action(async (name: string, options: ChangeCommandOptions) => {
      const { planUse } = await import('../../kubeconfig/index.js')
      await runChange(options, context, (base) => planUse(base, name))
      if (options.dryRun !== true) context.terminal.out(`Switched to context ${goQuote(name)}.\n`)
    })
}

interface MergeOptions extends ChangeCommandOptions {
  readonly onConflict: OnConflict
}

const CONFLICTS = ['refuse', 'keep', 'replace', 'rename'] as const

function registerMerge(kubeconfig: Command, context: CommandContext): void {
  addChangeOptions(
    kubeconfig.command('merge').argument('<file...>', 'kubeconfig files whose entries come in'),
  )
    .description('bring the entries of other files into yours, paths rewritten')
    .option(
      '--on-conflict <how>',
      'for a name that both have with other content: refuse, keep (yours), replace (by theirs), rename (theirs)',
      oneOf(CONFLICTS),
      'refuse',
    )
    .addHelpText('after', MERGE_HELP)
    .action(async (names: string[], options: MergeOptions) => {
      const { planMerge } = await import('../../kubeconfig/index.js')
      const { files } = await kubeconfigPlaces(options)
      const sources = await Promise.all(names.map((name) => readSource(name, files.cwd)))
      const plans: MergePlan[] = []
      await runChange(options, context, (base) => {
        const plan = planMerge(base, sources, options.onConflict)
        plans.push(plan)
        return plan.changes
      })
      for (const note of plans.flatMap(({ notes }) => notes)) context.terminal.out(`${note}\n`)
    })
}

const MERGE_HELP = `
Examples:
  rampart kubeconfig lint theirs.kubeconfig    first: which programs would run, where would it lead
  rampart kubeconfig merge theirs.kubeconfig --on-conflict rename
  rampart kubeconfig merge a b --kubeconfig all.kubeconfig`

async function readSource(
  name: string,
  cwd: string,
): Promise<Parameters<typeof import('../../kubeconfig/index.js').planMerge>[1][number]> {
  const { loadFile, KubeconfigDocument } = await import('../../kubeconfig/index.js')
  const { nodeFiles } = await import('../../kubeconfig/disk/index.js')
  const config = loadFile(name, nodeFiles(cwd))
  if (config === undefined)
    throw new RampartError('unreadable-input', `open ${name}: no such file or directory`)
  const text = readFileSync(path.resolve(cwd, name), 'utf8')
  return { file: name, config, document: new KubeconfigDocument(text) }
}

interface DeleteOptions extends ChangeCommandOptions {
  readonly cluster?: string[]
  readonly user?: string[]
  readonly orphans?: boolean
  readonly force?: boolean
}

function registerDelete(kubeconfig: Command, context: CommandContext): void {
  addChangeOptions(kubeconfig.command('delete').argument('[context...]', 'names of contexts'))
    .description('delete contexts, and the clusters and users that nothing else uses')
    .option('--cluster <name>', 'this cluster (may be repeated)', collect)
    .option('--user <name>', 'this user (may be repeated)', collect)
    .option(
      '--orphans',
      'their clusters and users too, where no other context uses them; alone: all unused ones',
    )
    .option('--force', 'clusters and users too that a context still uses')
    .addHelpText('after', DELETE_HELP)
    .action(async (contexts: string[], options: DeleteOptions) => {
      const { planDelete } = await import('../../kubeconfig/index.js')
      const plans: DeletePlan[] = []
      await runChange(options, context, (base) => {
        const plan = planDelete(base, {
          contexts,
          clusters: options.cluster ?? [],
          users: options.user ?? [],
          orphans: options.orphans === true,
          force: options.force === true,
        })
        plans.push(plan)
        return plan.changes
      })
      for (const warning of plans.flatMap(({ warnings }) => warnings))
        context.terminal.err(`warning: ${warning}\n`)
      const done = options.dryRun === true ? 'would delete' : 'deleted'
      for (const { kind, name, file } of plans.flatMap(({ deleted }) => deleted))
        context.terminal.out(`${done} ${kind} ${name} from ${file}\n`)
    })
}

const DELETE_HELP = `
Examples:
  rampart kubeconfig delete old-cluster --orphans    the context, its cluster and its user
  rampart kubeconfig delete --orphans --dry-run      whatever no context uses`
