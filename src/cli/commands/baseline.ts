import type { Command } from 'commander'
import type { Baseline } from '../../audit/index.js'
import { SEVERITIES, type BaselineEntry } from '../../model/index.js'
import { visible } from '../../text/index.js'
import { baselineIfThere, readBaselineFile, writeWhole } from '../baseline-file.js'
import type { CommandContext } from '../command-context.js'
import { addConfiguredOptions, configuredAudit, type ConfiguredOptions } from '../configured-audit.js'
import { addInputs, oneOf } from '../inputs.js'
import { table } from '../table.js'

/** `rampart baseline update` and `rampart baseline show`: what is known, so that an audit tells what is new. */
export function registerBaseline(program: Command, context: CommandContext): void {
  const { terminal } = context
  const baseline = program
    .command('baseline')
    .description('what is known already, so that `audit --baseline` tells what is new')
    .addHelpText('after', HELP)
  const update = baseline.command('update').argument('<file>', 'the baseline file')
  addConfiguredOptions(addInputs(update, {}))
    .description('audit, and make every finding of now a known one')
    .addHelpText('after', HELP)
    .action(async (file: string, paths: string[], options: ConfiguredOptions) => {
      const before = await baselineIfThere(file)
      const result = await configuredAudit(paths, options, context)
      const { baselineOf, baselineText, compareBaselines } = await import('../../audit/index.js')
      const after = baselineOf(result)
      const text = baselineText(after)
      if (before === undefined || baselineText(before) !== text) await writeWhole(file, text)
      const { added, removed } = compareBaselines(before, after)
      terminal.out(
        [
          ...added.map((entry) => `+ ${line(entry)}`),
          ...removed.map((entry) => `- ${line(entry)}`),
          ...inputsChanged(before, after),
          `${visible(file)}: ${after.known.length} known, ${added.length} added, ${removed.length} removed; ${after.unknown.length} open questions`,
          '',
        ].join('\n'),
      )
    })
  baseline
    .command('show')
    .argument('<file>', 'the baseline file')
    .description('what a baseline knows')
    .addHelpText('after', `\nExamples:\n  rampart baseline show rampart-baseline.json`)
    .option('-o, --output <format>', 'text or json', oneOf(['text', 'json'] as const), 'text')
    .action(async (file: string, { output }: { output: 'text' | 'json' }) => {
      const content = await readBaselineFile(file)
      if (output === 'json') {
        const { baselineText } = await import('../../audit/index.js')
        terminal.out(baselineText(content))
      } else terminal.out(page(content))
    })
}

function line({ check, severity, target, place }: BaselineEntry): string {
  return visible(`${severity} ${check} ${target}${place === '' ? '' : ` at ${place}`}`)
}

function inputsChanged(before: Baseline | undefined, after: Baseline): string[] {
  if (before === undefined || JSON.stringify(before.inputs) === JSON.stringify(after.inputs)) return []
  const names = ({ inputs }: Baseline): string => inputs.map(({ kind, name }) => `${kind} ${name}`).join(', ')
  return [`inputs were ${visible(names(before))}; they are ${visible(names(after))}`]
}

function page({ inputs, known, unknown }: Baseline): string {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = known.filter((entry) => entry.severity === severity).length
    return count === 0 ? [] : [`${count} ${severity}`]
  })
  return [
    `Made of: ${inputs.map(({ kind, name }) => visible(`${kind} ${name}`)).join(', ') || 'nothing'}`,
    `${known.length} known${counts.length === 0 ? '' : `: ${counts.join(', ')}`}; ${unknown.length} open questions`,
    '',
    ...(known.length === 0
      ? []
      : [
          table(
            ['CHECK', 'SEVERITY', 'TARGET', 'PLACE'],
            known.map(({ check, severity, target, place }) => [check, severity, target, place].map(visible)),
          ),
        ]),
  ].join('\n')
}

const HELP = `
Examples:
  rampart baseline update rampart-baseline.json deploy/
  rampart audit deploy/ --baseline rampart-baseline.json
  rampart baseline show rampart-baseline.json`
