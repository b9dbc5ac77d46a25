import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { RampartError, SEVERITIES, type AuditResult, type Severity } from '../../model/index.js'
import { VERSION } from '../../version.js'
import type { ImpersonationOptions } from '../cluster-options.js'
import { EXIT } from '../exit-code.js'
import { addInputs, collect, oneOf, readInputs, type InputOptions } from '../inputs.js'
import type { CommandContext } from '../command-context.js'

const FORMATS = ['text', 'json', 'sarif', 'markdown', 'html'] as const
type Format = (typeof FORMATS)[number]

interface AuditCommandOptions extends InputOptions, ImpersonationOptions {
  readonly namespace?: string
  readonly output: Format
  readonly outputFile?: string
  readonly all?: boolean
  readonly failOn: Severity | 'none'
  readonly check?: string[]
}

/** `rampart audit`: reads, asks every check, reports, and sets the exit code. */
export function registerAudit(program: Command, context: CommandContext): void {
  addInputs(program.command('audit'), {})
    .description('find what is exposed, with the evidence and the exact fix')
    .option('-o, --output <format>', `report format: ${FORMATS.join(', ')}`, oneOf(FORMATS), 'text')
    .option('--output-file <file>', 'write the report there instead of to standard output')
    .option('--all', 'every finding in full, not only the worst ten')
    .option(
      '--fail-on <severity>',
      `exit 1 at or above this: ${[...SEVERITIES, 'none'].join(', ')}`,
      oneOf([...SEVERITIES, 'none'] as const),
      'high',
    )
    .option(
      '-n, --namespace <name>',
      'of a running cluster only this namespace, for those who may not see all',
    )
    .option('--check <id>', 'only this check (may be repeated)', collect)
    .addHelpText('after', HELP)
    .action(async (paths: string[], options: AuditCommandOptions) => {
      const result = await auditInputs(paths, options, context)
      await write(result, paths, options, context)
      const { reaches } = await import('../../audit/index.js')
      context.setExit(reaches(result, options.failOn) ? EXIT.findings : EXIT.ok)
    })
}

/** In a function of its own, so that a large estate is gone from memory while its report is written. */
async function auditInputs(
  paths: readonly string[],
  options: AuditCommandOptions,
  context: CommandContext,
): Promise<AuditResult> {
  const { checks } = await import('../../checks/index.js')
  const { runAudit } = await import('../../audit/index.js')
  const wanted = await chooseChecks(checks, options.check)
  const { namespace } = options
  const estate = await readInputs(paths, options, context, {
    extent: 'everything',
    impersonation: true,
    ...(namespace === undefined ? {} : { onlyNamespace: namespace }),
  })
  return runAudit(estate, { version: VERSION, checks: wanted })
}

async function chooseChecks<T extends { readonly id: string; readonly aliases?: readonly string[] }>(
  checks: readonly T[],
  ids: readonly string[] | undefined,
): Promise<readonly T[]> {
  if (ids === undefined) return checks
  const { findById } = await import('../find-check.js')
  return ids.map((id) => findById(checks, id))
}

async function write(
  result: AuditResult,
  paths: readonly string[],
  options: AuditCommandOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const color = terminal.color && options.outputFile === undefined
  const chunks = await render(result, options, {
    color,
    width: terminal.width,
    command: commandLine(paths, options),
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
  options: AuditCommandOptions,
  view: { color: boolean; width: number; command: string },
): Promise<Iterable<string>> {
  const reports = await import('../../reports/index.js')
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

/** The command that repeats this audit, for the reports' "next" lines; inputs sorted so that their order is no matter. */
function commandLine(paths: readonly string[], options: AuditCommandOptions): string {
  const words = ['rampart', 'audit', ...[...paths].sort()]
  for (const root of [...(options.hostRoot ?? [])].sort()) words.push('--host-root', root)
  if (options.host === true) words.push('--host')
  if (options.ps !== undefined) words.push('--ps', options.ps)
  // Never the token: what repeats the audit is shown and stored.
  for (const [flag, value] of [
    ['--kubeconfig', options.kubeconfig],
    ['--context', options.context],
    ['--cluster', options.cluster],
    ['--user', options.user],
    ['--server', options.server],
    ['--as', options.as],
    ['--namespace', options.namespace],
  ] as const) {
    if (value !== undefined) words.push(flag, value)
  }
  if (options.currentContext === true) words.push('--current-context')
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ')
}

const HELP = `
Examples:
  rampart audit --context prod
  rampart audit deploy/ -o sarif --output-file rampart.sarif
  helm template ./chart | rampart audit -
  kubectl get pods,deploy,roles,rolebindings -A -o json | rampart audit - --all
  rampart audit --host-root /mnt/node1 --host-root /mnt/node2 -o html --output-file report.html
  rampart audit cluster.rampart --check pod-privileged --fail-on critical`
