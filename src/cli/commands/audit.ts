import type { Command } from 'commander'
import type { AuditResult } from '../../model/index.js'
import { VERSION } from '../../version.js'
import type { ImpersonationOptions } from '../cluster-options.js'
import { EXIT } from '../exit-code.js'
import { addInputs, readInputs, type InputOptions } from '../inputs.js'
import { addReportOptions, shellLine, writeReport, type ReportOptions } from '../report-output.js'
import type { CommandContext } from '../command-context.js'

interface AuditCommandOptions extends InputOptions, ImpersonationOptions, ReportOptions {
  readonly namespace?: string
}

/** `rampart audit`: reads, asks every check, reports, and sets the exit code. */
export function registerAudit(program: Command, context: CommandContext): void {
  addReportOptions(addInputs(program.command('audit'), {}))
    .description('find what is exposed, with the evidence and the exact fix')
    .option(
      '-n, --namespace <name>',
      'of a running cluster only this namespace, for those who may not see all',
    )
    .option('--allow-empty', 'files that hold no Kubernetes object at all are no error')
    .addHelpText('after', HELP)
    .action(async (paths: string[], options: AuditCommandOptions) => {
      const result = await auditInputs(paths, options, context)
      await writeReport(result, options, commandLine(paths, options), context)
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
  const { checks, checksByDefault } = await import('../../checks/index.js')
  const { runAudit } = await import('../../audit/index.js')
  const wanted =
    options.check === undefined ? checksByDefault(checks) : await namedChecks(checks, options.check)
  const { namespace } = options
  const estate = await readInputs(paths, options, context, {
    extent: 'everything',
    impersonation: true,
    ...(namespace === undefined ? {} : { onlyNamespace: namespace }),
  })
  return runAudit(estate, { version: VERSION, checks: wanted })
}

async function namedChecks<T extends { readonly id: string; readonly aliases?: readonly string[] }>(
  checks: readonly T[],
  ids: readonly string[],
): Promise<readonly T[]> {
  const { findById } = await import('../find-check.js')
  return ids.map((id) => findById(checks, id))
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
  return shellLine(words)
}

const HELP = `
Examples:
  rampart audit --context prod
  rampart audit deploy/ -o sarif --output-file rampart.sarif
  helm template ./chart | rampart audit -
  kubectl get pods,deploy,roles,rolebindings -A -o json | rampart audit - --all
  rampart audit --host-root /mnt/node1 --host-root /mnt/node2 -o html --output-file report.html
  rampart audit cluster.rampart --check pod-privileged --fail-on critical`
