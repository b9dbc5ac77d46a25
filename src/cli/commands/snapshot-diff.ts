import type { Command } from 'commander'
import type { AccessDifference } from '../../access/index.js'
import type { ResultDifference } from '../../audit/index.js'
import type { Estate } from '../../model/index.js'
import { VERSION } from '../../version.js'
import { readChain } from '../access/chain-options.js'
import { addClusterOptions, type ImpersonationOptions } from '../cluster-options.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-code.js'
import { visibleJson } from '../../text/index.js'
import { oneOf, readInputs, type InputOptions } from '../inputs.js'
import { readTwoStates } from '../two-states.js'

const FAIL_ON = ['gained', 'any', 'none'] as const

interface SnapshotDiffOptions extends InputOptions, ImpersonationOptions {
  readonly output: 'text' | 'markdown' | 'json'
  readonly failOn: (typeof FAIL_ON)[number]
}

/** `rampart snapshot diff OLD NEW`: what became exposed and what no longer is, and who gained and lost access. */
export function registerSnapshotDiff(snapshot: Command, context: CommandContext): void {
  const command = snapshot
    .command('diff')
    .argument('<old>', 'snapshot, export or manifests before')
    .argument('[new]', 'the same after; without it the cluster that the options name')
    .description('what became exposed and what no longer is, and who gained and lost access')
    .option(
      '-o, --output <format>',
      'text, markdown or json',
      oneOf(['text', 'markdown', 'json'] as const),
      'text',
    )
    .option('--fail-on <change>', `exit 1 on: ${FAIL_ON.join(', ')}`, oneOf(FAIL_ON), 'gained')
    .addHelpText('after', HELP)
  addClusterOptions(command)
  command.action(async (before: string, after: string | undefined, options: SnapshotDiffOptions) => {
    const { old, now } = await readTwoStates(before, after, options, (paths, own) =>
      readInputs(paths, own, context, { extent: 'everything', impersonation: true }),
    )
    const exposure = await exposureDifference(old, now)
    const access = await differenceOfAccess(old, now)
    context.terminal.out(await render(exposure, access, { old, now }, options))
    context.setExit(fails(exposure, access, options.failOn) ? EXIT.findings : EXIT.ok)
  })
}

async function exposureDifference(old: Estate, now: Estate): Promise<ResultDifference> {
  const { checks: all, checksByDefault } = await import('../../checks/index.js')
  const checks = checksByDefault(all)
  const { compareResults, runAudit } = await import('../../audit/index.js')
  const audited = (estate: Estate) => runAudit(estate, { version: VERSION, checks })
  return compareResults(audited(old), audited(now))
}

async function differenceOfAccess(old: Estate, now: Estate): Promise<AccessDifference> {
  const { accessDifference, createAuthorizer } = await import('../../access/index.js')
  const access = async (estate: Estate) => {
    const { specs, minor } = await readChain({}, estate)
    return createAuthorizer(estate, specs, minor === undefined ? {} : { minor })
  }
  return accessDifference(await access(old), await access(now))
}

interface Estates {
  readonly old: Estate
  readonly now: Estate
}

async function render(
  exposure: ResultDifference,
  access: AccessDifference,
  { old, now }: Estates,
  { output }: SnapshotDiffOptions,
): Promise<string> {
  const { exposureJson, exposureText } = await import('../exposure-difference-text.js')
  const text = await import('../access/difference-text.js')
  const { grantPlaces } = await import('../access/grant-text.js')
  const places = { old: await grantPlaces(old), now: await grantPlaces(now) }
  switch (output) {
    case 'json':
      return visibleJson({ exposure: exposureJson(exposure), access: text.differenceJson(access, places) })
    case 'markdown':
      return `${await exposureText(exposure, 'markdown')}\n${await text.differenceMarkdown(access, [], places)}`
    case 'text':
      return `${await exposureText(exposure, 'text')}\nAccess\n\n${await text.differenceText(access, [], places)}`
  }
}

function fails(
  exposure: ResultDifference,
  access: AccessDifference,
  failOn: SnapshotDiffOptions['failOn'],
): boolean {
  if (failOn === 'none') return false
  const gained =
    exposure.gained.length + access.escalations.length > 0 ||
    access.subjects.some((subject) => subject.gained.length > 0)
  const lost = exposure.gone.length + access.escalationsGone.length + access.subjects.length > 0
  return gained || (failOn === 'any' && (lost || exposure.unsure.length + exposure.lostSight.length > 0))
}

const HELP = `
Exit codes: 0 nothing that --fail-on names, 1 something.

Examples:
  rampart snapshot diff yesterday.rampart today.rampart
  rampart snapshot diff released.rampart --context prod -o markdown > drift.md`
