import type { Command } from 'commander'
import { RampartError, reaches, type AuditResult } from '../../model/index.js'
import type { ProbeKind } from '../../probe/index.js'
import { VERSION } from '../../version.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-code.js'
import { addProbeOptions, readCredential, type ProbeCommandOptions } from '../probe/probe-options.js'
import { probedNodes } from '../probe/probed-nodes.js'
import { addReportOptions, shellLine, writeReport } from '../report-output.js'

/** Of one answer so much is read: a status line, headers, and the beginning of a body. */
const MOST_BYTES = 8192

/** `rampart probe kubelet|apiserver|etcd|docker`: asks what the user named, and says what is open to whom. */
export function registerProbe(program: Command, context: CommandContext): void {
  const probe = program
    .command('probe')
    .description(
      'ask kubelets, API servers, etcd and Docker what they give to whom: GET alone, named addresses alone',
    )
    .addHelpText('after', HELP)
  const add = (kind: ProbeKind, description: string, ports: string): Command =>
    addReportOptions(addProbeOptions(probe.command(kind).argument('[host[:port]...]', `addresses; ${ports}`)))
      .description(description)
      .addHelpText('after', EXAMPLES[kind])
      .action((addresses: string[], options: ProbeCommandOptions) => run(kind, addresses, options, context))
  add('kubelet', 'who may read a kubelet, path by path', 'ports 10250 and 10255 where none is named').option(
    ...TOKEN_FILE,
  )
  add('apiserver', 'what an API server gives without a credential', 'port 6443 where none is named').option(
    ...TOKEN_FILE,
  )
  add('etcd', 'whether etcd answers without a client certificate', 'ports 2379 and 2381 where none is named')
  add('docker', 'whether the Docker API is open, by six probes', 'ports 2375 and 2376 where none is named')
    .option(
      '--wrong-usage-cert <file>',
      "a certificate of the daemon's authority that is no client's: its own, say",
    )
    .option('--wrong-usage-key <file>', 'its key')
}

const TOKEN_FILE = [
  '--token-file <file>',
  'a file with a bearer token to show to a server that --ca proves',
] as const

async function run(
  kind: ProbeKind,
  addresses: readonly string[],
  options: ProbeCommandOptions,
  context: CommandContext,
): Promise<void> {
  const { terminal } = context
  const { parseAddress, questions, runProbes } = await import('../../probe/index.js')
  const only = options.check === undefined ? undefined : await chosen(questions, options.check)
  const named = addresses.map(parseAddress)
  const targets = [...named, ...(await probedNodes(kind, options, context))]
  if (targets.length === 0) {
    throw new RampartError(
      'usage',
      `nothing to probe: name HOST or HOST:PORT, or --all-nodes with --context NAME or --from PATH (see \`rampart probe ${kind} --help\`)`,
    )
  }
  const result = await runProbes({
    kind,
    addresses: targets,
    credential: await readCredential(options),
    limits: { timeoutMs: options.timeout, maxBytes: MOST_BYTES },
    perSecond: options.rate,
    version: VERSION,
    now: Date.now(),
    ...(only === undefined ? {} : { only }),
    ...(terminal.interactive
      ? { onAddress: (address: string) => terminal.err(`\r\x1b[Kasking ${address}`) }
      : {}),
  })
  if (terminal.interactive) terminal.err('\r\x1b[K')
  await writeReport(result, options, commandLine(kind, addresses, options), context)
  context.setExit(exitOf(result, options))
}

async function chosen(
  questions: readonly { readonly id: string }[],
  ids: readonly string[],
): Promise<string[]> {
  const { findById } = await import('../find-check.js')
  return ids.map((id) => findById(questions, id).id)
}

/** Findings first; else a question that nobody answered is no all-clear. */
function exitOf(result: AuditResult, { failOn }: ProbeCommandOptions): number {
  if (reaches(result, failOn)) return EXIT.findings
  return result.unknowns.length > 0 ? EXIT.unreachable : EXIT.ok
}

/** The command that repeats this probe, without the report's own options. */
function commandLine(kind: ProbeKind, addresses: readonly string[], options: ProbeCommandOptions): string {
  const words = ['rampart', 'probe', kind, ...addresses]
  if (options.allNodes === true) words.push('--all-nodes')
  for (const path of options.from ?? []) words.push('--from', path)
  if (options.currentContext === true) words.push('--current-context')
  const values: [string, string | undefined][] = [
    ['--context', options.context],
    ['--kubeconfig', options.kubeconfig],
    ['--ca', options.ca],
    ['--client-cert', options.clientCert],
    ['--client-key', options.clientKey],
    ['--token-file', options.tokenFile],
    ['--server-name', options.serverName],
    ['--wrong-usage-cert', options.wrongUsageCert],
    ['--wrong-usage-key', options.wrongUsageKey],
  ]
  for (const [name, value] of values) if (value !== undefined) words.push(name, value)
  return shellLine(words)
}

const HELP = `
Only addresses that you name are contacted, or with --all-nodes those of your cluster's Nodes. Every request is a GET;
nothing is shown to a server but what you name with --client-cert or --token-file.

Examples:
  rampart probe kubelet 10.0.0.5
  rampart probe docker build-1 --ca ca.pem --client-cert cert.pem --client-key key.pem

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage, 3 an address gave no answer that says it.`

const EXAMPLES: Readonly<Record<ProbeKind, string>> = {
  kubelet: `
Examples:
  rampart probe kubelet 10.0.0.5                       both ports, without a credential
  rampart probe kubelet [fd00::5]:10250 -o json
  rampart probe kubelet --all-nodes --context prod     every node of a running cluster
  kubectl get nodes -o json | rampart probe kubelet --all-nodes --from -
  rampart probe kubelet node-1 --ca ca.crt --client-cert kubelet-client.crt --client-key kubelet-client.key`,
  apiserver: `
Examples:
  rampart probe apiserver 10.0.0.1
  rampart probe apiserver api.example.com:443 --ca ca.crt --token-file token`,
  etcd: `
Examples:
  rampart probe etcd 10.0.0.1
  rampart probe etcd 10.0.0.1 --ca etcd/ca.crt --client-cert etcd-client.crt --client-key etcd-client.key`,
  docker: `
Examples:
  rampart probe docker build-1
  rampart probe docker build-1 --ca ca.pem --client-cert cert.pem --client-key key.pem
  rampart probe docker build-1 --wrong-usage-cert server-cert.pem --wrong-usage-key server-key.pem`,
}
