import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import {
  RampartError,
  SEVERITIES,
  type AuditResult,
  type BenchmarkResult,
  type Severity,
} from '../model/index.js'
import { collect, oneOf } from './inputs.js'
import type { CommandContext } from './command-context.js'
import {
  BENCHMARK_FORMATS,
  collectOutputs,
  FORMATS,
  reportOutputs,
  type Format,
  type ReportOutput,
} from './report-outputs.js'

/** The options that say how findings are told; the same for every command that finds. */
export interface ReportOptions {
  readonly output?: readonly ReportOutput[]
  readonly outputFile?: string
  readonly all?: boolean
  readonly failOn: Severity | 'none'
  readonly check?: string[]
}

/** Adds the options of a report. */
export function addReportOptions(command: Command): Command {
  // Reports that cannot be written are refused before anything is read or asked.
  command.hook('preAction', () => {
    const { output, outputFile, benchmark } = command.opts<ReportOptions & { benchmark?: string }>()
    reportOutputs(output, outputFile, benchmark === undefined ? FORMATS : BENCHMARK_FORMATS)
  })
  return command
    .option(
      '-o, --output <format[=file]>',
      `report format: ${FORMATS.join(', ')}; may be repeated, with files (default: text)`,
      collectOutputs,
    )
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
  context: CommandContext,
): Promise<void> {
  const reports = await import('../reports/index.js')
  const { all = false, failOn } = options
  await writeOutputs(reportOutputs(options.output, options.outputFile, FORMATS), context, (format, view) => {
    switch (format) {
      case 'text':
        return [reports.renderTerminal(result, { ...view, all, command })]
      case 'json':
        return reports.streamJson(result)
      case 'sarif':
        return reports.streamSarif(result)
      case 'markdown':
        return [reports.renderMarkdown(result)]
      case 'html':
        return [reports.renderHtml(result)]
      case 'junit':
        return reports.streamJunit(result, { failOn })
      case 'gitlab':
        return reports.streamCodeQuality(result)
      case 'openreports':
        return reports.streamOpenReports(result)
    }
  })
}

/** The same for the result of a benchmark. */
export async function writeBenchmark(
  result: BenchmarkResult,
  options: ReportOptions,
  context: CommandContext,
): Promise<void> {
  const reports = await import('../reports/index.js')
  const outputs = reportOutputs(options.output, options.outputFile, BENCHMARK_FORMATS)
  await writeOutputs(outputs, context, (format, view) => {
    switch (format) {
      case 'text':
        return [reports.renderBenchmarkText(result, { ...view, all: options.all ?? false })]
      case 'json':
        return reports.streamBenchmarkJson(result)
      case 'csv':
        return [reports.renderBenchmarkCsv(result)]
      case 'html':
        return [reports.renderBenchmarkHtml(result)]
    }
  })
}

async function writeOutputs<Known extends Format>(
  outputs: readonly (ReportOutput & { readonly format: Known })[],
  { terminal }: CommandContext,
  render: (format: Known, view: { color: boolean; width: number }) => Iterable<string>,
): Promise<void> {
  for (const { format, file } of outputs) {
    const color = terminal.color && file === undefined
    const chunks = render(format, { color, width: terminal.width })
    if (file === undefined) for (const chunk of chunks) terminal.out(chunk)
    else await write(file, chunks)
  }
}

async function write(file: string, chunks: Iterable<string>): Promise<void> {
  try {
    await writeFile(file, chunks)
  } catch (error) {
    throw new RampartError('usage', `cannot write \`${file}\`: ${(error as Error).message}`, { cause: error })
  }
}

/** Words as a shell takes them. */
export function shellLine(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ')
}
