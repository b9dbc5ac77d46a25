import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { RampartError, SEVERITIES, type AuditResult, type Severity } from '../model/index.js'
import { collect, oneOf } from './inputs.js'
import type { CommandContext } from './command-context.js'

const FORMATS = ['text', 'json', 'sarif', 'markdown', 'html'] as const
type Format = (typeof FORMATS)[number]

/** The options that say how findings are told; the same for every command that finds. */
export interface ReportOptions {
  readonly output: Format
  readonly outputFile?: string
  readonly all?: boolean
  readonly failOn: Severity | 'none'
  readonly check?: string[]
}

/** Adds the options of a report. */
export function addReportOptions(command: Command): Command {
  return command
    .option('-o, --output <format>', `report format: ${FORMATS.join(', ')}`, oneOf(FORMATS), 'text')
    .option('--output-file <file>', 'write the report there instead of to standard output')
    .option('--all', 'every finding in full, not only the worst ten')
    .option(
      '--fail-on <severity>',
      `exit 1 at or above this: ${[...SEVERITIES, 'none'].join(', ')}`,
      oneOf([...SEVERITIES, 'none'] as const),
      'high',
    )
    .option('--check <id>', 'only this check (may be repeated)', collect)
}

/** Writes a result where the user wants it. `command` repeats it, for the reports' "next" lines. */
export async function writeReport(
  result: AuditResult,
  options: ReportOptions,
  command: string,
  { terminal }: CommandContext,
): Promise<void> {
  const color = terminal.color && options.outputFile === undefined
  const chunks = await render(result, options, {
    color,
    width: terminal.width,
    command,
  })
  if (options.outputFile === undefined) {
    for (const chunk of chunks) terminal.out(chunk)
    return
  }
  try {
    await writeFile(options.outputFile, chunks)
  } catch (error) {
    throw new RampartError('usage', `cannot write \`${options.outputFile}\`: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

async function render(
  result: AuditResult,
  options: ReportOptions,
  view: { color: boolean; width: number; command: string },
): Promise<Iterable<string>> {
  const reports = await import('../reports/index.js')
  const text = (given: string | Iterable<string>): Iterable<string> =>
    typeof given === 'string' ? [given] : given
  switch (options.output) {
    case 'text':
      return text(reports.renderTerminal(result, { ...view, all: options.all ?? false }))
    case 'json':
      return reports.streamJson(result)
    case 'sarif':
      return reports.streamSarif(result)
    case 'markdown':
      return text(reports.renderMarkdown(result))
    case 'html':
      return text(reports.renderHtml(result))
  }
}

/** Words as a shell takes them. */
export function shellLine(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ')
}
