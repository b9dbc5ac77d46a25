import { InvalidArgumentError, type Command } from 'commander'
import type { CertificateEntry } from '../../certificates/index.js'
import { RampartError, type Estate, type Host } from '../../model/index.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-code.js'
import { addInputs, formatProblem, namesInput, oneOf, readInputs, type InputOptions } from '../inputs.js'

interface Options extends InputOptions {
  readonly expiring?: number
  readonly output: 'text' | 'json' | 'prometheus'
}

/** `rampart certs [path...]`: every certificate, who uses it, when it ends, and whether it can work. */
export function registerCerts(program: Command, context: CommandContext): void {
  addInputs(
    program
      .command('certs')
      .description(
        'every certificate of hosts and clusters: who uses it, when it ends, whether its chain and use are right',
      ),
  )
    .option(
      '--expiring <time>',
      'end with exit code 1 when one ends within this time, as 30d, 2w or 12h',
      span,
    )
    .option(
      '-o, --output <format>',
      'text, json or prometheus',
      oneOf(['text', 'json', 'prometheus']),
      'text',
    )
    .addHelpText('after', HELP)
    .action((paths: string[], options: Options) => run(paths, options, context))
}

async function run(paths: readonly string[], options: Options, context: CommandContext): Promise<void> {
  const { terminal } = context
  if (!namesInput(paths, options))
    throw new RampartError(
      'usage',
      'nothing to read: name certificates, kubeconfigs or folders of them, this machine with --host, a host root with --host-root DIR, or a cluster with --context NAME',
    )
  const { readCertificateFiles } = await import('../../sources/index.js')
  const { inventoryCertificates } = await import('../../certificates/index.js')
  const named = await readCertificateFiles(paths)
  const estate = await restOf(named.rest, options, context)
  const hosts: Host[] = [...(named.host === undefined ? [] : [named.host]), ...(estate?.hosts ?? [])]
  const now = Math.floor(Date.now() / 1000)
  const entries = inventoryCertificates({ ...(estate ?? EMPTY), hosts }, now)
  const unread = estate?.sources.flatMap((source) => source.unread ?? []) ?? []
  if (entries.length === 0) throw new RampartError('no-input', 'no certificate was found')
  if (options.output === 'json')
    terminal.out((await import('../certs/certs-json.js')).certsJson(entries, { now, unread }))
  else if (options.output === 'prometheus') {
    const { certificateMetrics } = await import('../certs/certs-metrics.js')
    terminal.out(await certificateMetrics(entries, now))
  } else {
    const { certsText } = await import('../certs/certs-text.js')
    terminal.out(certsText(entries, now))
  }
  for (const { kind, detail } of unread) terminal.err(`not read: ${kind}: ${detail}\n`)
  const problems = (estate?.problems ?? []).filter(({ level }) => level === 'error')
  for (const problem of problems) terminal.err(`not read: ${formatProblem(problem).trim()}\n`)
  for (const path of named.missing) terminal.err(`not read: ${path}: there is no such file or folder\n`)
  const open = unread.length + problems.length + named.missing.length > 0
  context.setExit(exitOf(entries, open, now, options.expiring))
}

const EMPTY: Pick<Estate, 'objects' | 'sources' | 'problems' | 'texts'> = {
  objects: [],
  sources: [],
  problems: [],
  texts: { read: () => undefined },
}

async function restOf(
  rest: readonly string[],
  options: Options,
  context: CommandContext,
): Promise<Estate | undefined> {
  if (!namesInput(rest, options)) return undefined
  return readInputs(rest, { ...options, allowEmpty: true }, context, { extent: 'certificates' })
}

/** A fault or an end first; else what was not read is no all-clear. */
function exitOf(
  entries: readonly CertificateEntry[],
  open: boolean,
  now: number,
  expiring: number | undefined,
): number {
  const bad = entries.some(
    ({ faults, notAfter }) =>
      faults.some(({ kind }) => kind !== 'unreadable') ||
      (expiring !== undefined && notAfter !== undefined && notAfter < now + expiring),
  )
  if (bad) return EXIT.findings
  return open || entries.some(({ faults }) => faults.length > 0) ? EXIT.unreachable : EXIT.ok
}

const UNITS: Readonly<Record<string, number>> = { h: 3600, d: 86_400, w: 7 * 86_400, y: 365 * 86_400 }

function span(text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,6})([hdwy])$/.exec(text) ?? []
  const seconds = UNITS[unit]
  if (seconds === undefined)
    throw new InvalidArgumentError('It must be a time in hours, days, weeks or years, as 12h, 30d, 2w or 1y.')
  return Number(count) * seconds
}

const HELP = `
Private keys are compared with their certificates and never shown or kept. Of Secrets only the dates are known.

Examples:
  rampart certs --host                              this machine: kubeadm's PKI, kubelet, kubeconfigs, etcd, Docker
  rampart certs --host --expiring 30d               the same, with exit code 1 when one ends within 30 days
  rampart certs --host-root /mnt/node -o json
  rampart certs --context prod                      webhooks, API services and signing requests of a running cluster
  rampart certs /etc/kubernetes/pki ~/.kube/config
  rampart certs --host -o prometheus > /var/lib/node_exporter/textfile/certificates.prom

Exit codes: 0 all right, 1 one has ended, ends within --expiring, or cannot work where it is used, 2 wrong usage or nothing
found, 3 something could not be read.`
