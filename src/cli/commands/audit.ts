import type { Command } from 'commander'
import { BENCHMARK_IDS, type AuditResult, type BenchmarkId } from '../../model/index.js'
import { EXIT } from '../exit-code.js'
import { addConfiguredOptions, configuredAudit, type ConfiguredOptions } from '../configured-audit.js'
import { readBaselineFile } from '../baseline-file.js'
import { addInputs, dockerSocketOf, oneOf } from '../inputs.js'
import {
  addReportOptions,
  shellLine,
  writeBenchmark,
  writeReport,
  type ReportOptions,
} from '../report-output.js'
import type { CommandContext } from '../command-context.js'

interface AuditCommandOptions extends ConfiguredOptions, ReportOptions {
  readonly check?: string[]
  readonly baseline?: string
  readonly benchmark?: BenchmarkId
}

/** `rampart audit`: reads, asks every check, reports, and sets the exit code. */
export function registerAudit(program: Command, context: CommandContext): void {
  addConfiguredOptions(addReportOptions(addInputs(program.command('audit'), {})))
    .description('find what is exposed, with the evidence and the exact fix')
    .option('--baseline <file>', 'tell only what this baseline does not know (see `rampart baseline --help`)')
    .option('--allow-empty', 'files that hold no Kubernetes object at all are no error')
    .option(
      '--benchmark <id>',
      `control by control, with numbers and our own titles: ${BENCHMARK_IDS.join(', ')} (-o text, json, csv, html)`,
      oneOf(BENCHMARK_IDS),
    )
    .addHelpText('after', HELP)
    .action(async (paths: string[], options: AuditCommandOptions) => {
      const { baseline: file, benchmark } = options
      const baseline = file === undefined ? undefined : { file, content: await readBaselineFile(file) }
      const asked = benchmark === undefined ? options : await askedFor(benchmark, options)
      const result = await configuredAudit(paths, asked, context, baseline)
      if (benchmark === undefined) await writeReport(result, options, commandLine(paths, options), context)
      else await reportBenchmark(benchmark, result, options, context)
      const { reaches } = await import('../../audit/index.js')
      context.setExit(reaches(result, options.failOn) ? EXIT.findings : EXIT.ok)
    })
}

/** The options with the checks of a benchmark, where the user named none. */
async function askedFor(id: BenchmarkId, options: AuditCommandOptions): Promise<AuditCommandOptions> {
  if (options.check !== undefined) return options
  const { checks } = await import('../../checks/index.js')
  const { benchmarkOf, checksByControl } = await import('../../benchmarks/index.js')
  const judging = new Set(
    [...checksByControl(benchmarkOf(id), checks).values()].flat().map((check) => check.id),
  )
  return { ...options, check: [...judging].sort() }
}

async function reportBenchmark(
  id: BenchmarkId,
  result: AuditResult,
  options: ReportOptions,
  context: CommandContext,
): Promise<void> {
  const { checks } = await import('../../checks/index.js')
  const { benchmarkOf, judgeBenchmark } = await import('../../benchmarks/index.js')
  await writeBenchmark(judgeBenchmark(benchmarkOf(id), checks, result), options, context)
}

/** The command that repeats this audit, for the reports' "next" lines; inputs sorted so that their order is no matter. */
function commandLine(paths: readonly string[], options: AuditCommandOptions): string {
  const words = ['rampart', 'audit', ...[...paths].sort()]
  for (const root of [...(options.hostRoot ?? [])].sort()) words.push('--host-root', root)
  if (options.host === true) words.push('--host')
  if (options.dockerSocket !== undefined) words.push('--docker-socket', dockerSocketOf(options))
  if (options.ps !== undefined) words.push('--ps', options.ps)
  for (const file of [...(options.auditLog ?? [])].sort()) words.push('--audit-log', file)
  // Never the token: what repeats the audit is shown and stored.
  for (const [flag, value] of [
    ['--kubeconfig', options.kubeconfig],
    ['--context', options.context],
    ['--cluster', options.cluster],
    ['--user', options.user],
    ['--server', options.server],
    ['--as', options.as],
    ['--namespace', options.namespace],
    ['--config', options.config === false ? undefined : options.config],
    ['--baseline', options.baseline],
  ] as const) {
    if (value !== undefined) words.push(flag, value)
  }
  if (options.currentContext === true) words.push('--current-context')
  for (const path of options.checks ?? []) words.push('--checks', path)
  if (options.config === false) words.push('--no-config')
  return shellLine(words)
}

const HELP = `
Examples:
  rampart audit --context prod
  rampart audit deploy/ -o sarif --output-file rampart.sarif
  helm template ./chart | rampart audit -
  kubectl get pods,deploy,roles,rolebindings -A -o json | rampart audit - --all
  rampart audit --host-root /mnt/node1 --host-root /mnt/node2 -o html --output-file report.html
  rampart audit --docker-socket
  rampart audit deploy/ --checks rampart-checks/
  rampart audit deploy/ --baseline rampart-baseline.json
  rampart audit --context prod --host-root /mnt/cp1 --benchmark cis-1.12 -o csv=cis.csv -o html=cis.html
  rampart audit --context prod --audit-log audit.log --audit-log audit-2026-11-01.log.gz
  rampart audit cluster.rampart --check pod-privileged --fail-on critical`
