import type { Command } from 'commander'
import type { AccessDifference } from '../../access/index.js'
import { visibleJson } from '../../text/index.js'
import {
  addAccessInputs,
  readAccess,
  type AccessInputOptions,
  type AccessInputs,
} from '../access/access-inputs.js'
import { chainJson } from '../access/chain-text.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-code.js'
import { oneOf } from '../inputs.js'
import { readTwoStates } from '../two-states.js'

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
    .argument('[new]', 'the same after the change; without it the cluster that the options name')
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
  command.action(async (before: string, after: string | undefined, options: DiffOptions) => {
    const { old, now } = await readTwoStates(before, after, options, (paths, own) =>
      readAccess(own, context, paths),
    )
    const { accessDifference, notCompared } = await import('../../access/index.js')
    const difference = accessDifference(old.access, now.access)
    const open = notCompared(old, now)
    context.terminal.out(await render(difference, open, old, now, options))
    const unknown = open.length > 0 && options.failOn !== 'none'
    const passed = unknown ? EXIT.unreachable : EXIT.ok
    context.setExit(fails(difference, options.failOn) ? EXIT.findings : passed)
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
  open: readonly string[],
  old: AccessInputs,
  now: AccessInputs,
  { output }: DiffOptions,
): Promise<string> {
  const { differenceJson, differenceMarkdown, differenceText } = await import('../access/difference-text.js')
  const { grantPlaces } = await import('../access/grant-text.js')
  const places = { old: await grantPlaces(old.estate), now: await grantPlaces(now.estate) }
  if (output === 'json') {
    const chains = { old: chainJson(old.chain), new: chainJson(now.chain) }
    return visibleJson({ ...differenceJson(difference, places), notCompared: open, chains })
  }
  return output === 'markdown'
    ? differenceMarkdown(difference, open, places)
    : differenceText(difference, open, places)
}

const HELP = `
Roles and bindings are compared, and what may be done with them. A chain or lines of ABAC that have changed are named.
Exit codes: 0 nothing that --fail-on names, 1 something, 3 nothing, but not all could be compared.

Examples:
  rampart diff main/rbac/ branch/rbac/ -o markdown > access.md
  rampart diff yesterday.rampart today.rampart --fail-on escalation
  rampart diff rbac/ --context prod
  rampart diff old/ new/ --with-defaults 1.36 -o json`
