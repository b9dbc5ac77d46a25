import type { FixOutcome, FixPlan } from '../../actions/fix/index.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-code.js'
import { doorsOf, type RunOptions } from './fix-options.js'

/** What is to be done with a plan or a run. */
export type FixWish =
  | { readonly kind: 'apply'; readonly plan: FixPlan }
  | { readonly kind: 'resume'; readonly id?: string }
  | { readonly kind: 'rollback'; readonly id: string }

/** Carries out, goes on or puts back; tells how it went, and sets the exit code. */
export async function carryOut(
  wish: FixWish,
  options: RunOptions & { readonly output?: string },
  context: CommandContext,
): Promise<void> {
  const { applyFix, resumeFix, rollBackFix } = await import('../../actions/fix/index.js')
  const json = options.output === 'json'
  const doors = await doorsOf(options, context, json)
  const done =
    wish.kind === 'apply'
      ? await applyFix(wish.plan, doors)
      : wish.kind === 'resume'
        ? await resumeFix(wish.id, doors)
        : await rollBackFix(wish.id, doors)
  context.terminal.out(json ? `${JSON.stringify(done, null, 2)}\n` : outcomeWords(done, wish.kind))
  context.setExit(exitOf(done, wish.kind))
}

function exitOf({ outcome }: FixOutcome, wish: FixWish['kind']): number {
  switch (outcome.kind) {
    case 'done':
      return EXIT.ok
    case 'rolled-back':
      return wish === 'rollback' ? EXIT.ok : EXIT.rolledBack
    case 'stopped':
      return EXIT.unreachable
    case 'not-rolled-back':
      return EXIT.notRolledBack
  }
}

function outcomeWords({ run, outcome }: FixOutcome, wish: FixWish['kind']): string {
  switch (outcome.kind) {
    case 'done':
      return `done: run ${run}; \`rampart fix rollback ${run}\` puts it back\n`
    case 'rolled-back':
      return wish === 'rollback'
        ? `put back: run ${run}\n`
        : `failed: ${outcome.reason}\neverything was put back (run ${run})\n`
    case 'stopped':
      return `stopped before its end: ${outcome.reason}\nrun ${run}: \`rampart fix --resume\` goes on, \`rampart fix rollback ${run}\` puts it back\n`
    case 'not-rolled-back':
      return [
        `failed: ${outcome.reason}`,
        'not everything could be put back:',
        ...outcome.left.map(({ step, reason }) => `  ${step}: ${reason}`),
        `the backups are in the folder of run ${run} (rampart fix history ${run})`,
        '',
      ].join('\n')
  }
}
