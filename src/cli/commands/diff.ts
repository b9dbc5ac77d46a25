import type { Command } from 'commander'
import type { AccessDifference } from '../../access/index.js'
import type { Estate } from '../../model/index.js'
import { addAccessInputs, readAccess, type AccessInputOptions } from '../access/access-inputs.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-code.js'
import { oneOf } from '../inputs.js'

const FAIL_ON = ['gained', 'escalation', 'any', 'none'] as const

interface DiffOptions extends AccessInputOptions {
  readonly output: 'text' | 'markdown' | 'json'
  readonly failOn: (typeof FAIL_ON)[number]
}

/** `rampart diff OLD NEW`: who gains and who loses access from one state to another. */
export function registerDiff(program: Command, context: CommandContext): void {
  const command = program
    .command('diff')
    .argument('<old>', 'manifests, folder, export or snapshot before the change')
    .argument('<new>', 'the same after the change')
    .description('who gains and who loses access from one set of manifests or snapshots to another')
    .option(
      '-o, --output <format>',
      'text, markdown or json',
      oneOf(['text', 'markdown', 'json'] as const),
      'text',
    )
    .option('--fail-on <change>', `exit 1 on: ${FAIL_ON.join(', ')}`, oneOf(FAIL_ON), 'gained')
    .addHelpText('after', HELP)
  addAccessInputs(command)
  command.action(async (before: string, after: string, options: DiffOptions) => {
    const old = await readAccess(options, context, [before])
    const now = await readAccess(options, context, [after])
    const { accessDifference } = await import('../../access/index.js')
    const difference = accessDifference(old.access, now.access)
    context.terminal.out(await render(difference, old.estate, now.estate, options))
    context.setExit(fails(difference, options.failOn) ? EXIT.findings : EXIT.ok)
  })
}

function fails(difference: AccessDifference, failOn: DiffOptions['failOn']): boolean {
  const gained = difference.subjects.some((subject) => subject.gained.length > 0)
  switch (failOn) {
    case 'gained':
      return gained || difference.escalations.length > 0
    case 'escalation':
      return difference.escalations.length > 0
    case 'any':
      return difference.subjects.length > 0 || difference.escalations.length > 0
    case 'none':
      return false
  }
}

async function render(
  difference: AccessDifference,
  old: Estate,
  now: Estate,
  { output }: DiffOptions,
): Promise<string> {
  const { differenceJson, differenceMarkdown, differenceText } = await import('../access/difference-text.js')
  const { grantPlaces } = await import('../access/grant-text.js')
  const places = { old: await grantPlaces(old), now: await grantPlaces(now) }
  if (output === 'json') return `${JSON.stringify(differenceJson(difference, places), null, 2)}\n`
  return output === 'markdown' ? differenceMarkdown(difference, places) : differenceText(difference, places)
}

const HELP = `
Exit codes: 0 nothing that --fail-on names, 1 something.

Examples:
  rampart diff main/rbac/ branch/rbac/ -o markdown > access.md
  rampart diff yesterday.rampart today.rampart --fail-on escalation
  rampart diff old/ new/ --with-defaults 1.36 -o json`
