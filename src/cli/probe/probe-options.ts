import { readFile } from 'node:fs/promises'
import { InvalidArgumentError, type Command } from 'commander'
import type { Credential } from '../../probe/index.js'
import { RampartError } from '../../model/index.js'
import { parseGoDuration } from '../../text/index.js'
import { collect } from '../inputs.js'
import type { ReportOptions } from '../report-output.js'

/** What a probe may show, how long and how often it asks. */
export interface ProbeCommandOptions extends ReportOptions {
  readonly kubeconfig?: string
  readonly context?: string
  readonly currentContext?: boolean
  readonly allNodes?: boolean
  readonly from?: string[]
  readonly ca?: string
  readonly clientCert?: string
  readonly clientKey?: string
  readonly tokenFile?: string
  readonly serverName?: string
  readonly wrongUsageCert?: string
  readonly wrongUsageKey?: string
  readonly timeout: number
  readonly rate: number
}

/** Adds the options of every probe. */
export function addProbeOptions(command: Command): Command {
  return command
    .option('--all-nodes', 'the InternalIP of every Node of the cluster that --context or --from names')
    .option(
      '--context <name>',
      'for --all-nodes: the context of the kubeconfig; its API server is asked for Nodes',
    )
    .option('--current-context', "for --all-nodes: the kubeconfig's current context")
    .option('--kubeconfig <file>', 'for --all-nodes: this kubeconfig file')
    .option(
      '--from <path>',
      'for --all-nodes: an export, snapshot or manifests with Nodes (may be repeated)',
      collect,
    )
    .option('--ca <file>', "authorities in PEM that the server's certificate must come from")
    .option('--client-cert <file>', 'a client certificate in PEM to show; nothing is shown otherwise')
    .option('--client-key <file>', 'its key')
    .option(
      '--server-name <name>',
      "the name that the server's certificate must hold, where it is not the address",
    )
    .option('--timeout <duration>', 'for each request, with connection and handshake', duration, 5000)
    .option('--rate <n>', 'requests a second, all addresses together', rate, 50)
}

function duration(text: string): number {
  const nanoseconds = parseGoDuration(text)
  const milliseconds = nanoseconds === undefined ? 0 : Number(nanoseconds / 1_000_000n)
  if (milliseconds < 1 || milliseconds > 600_000) {
    throw new InvalidArgumentError('It must be a duration from 1ms to 10m, such as 5s.')
  }
  return milliseconds
}

function rate(text: string): number {
  const value = /^\d{1,4}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0
  if (value < 0.1 || value > 1000) throw new InvalidArgumentError('It must be a number from 0.1 to 1000.')
  return value
}

/** Reads the credentials that the user named. What does not fit together is a usage error before anything is sent. */
export async function readCredential(options: ProbeCommandOptions): Promise<Credential> {
  const { ca, tokenFile, serverName } = options
  if (tokenFile !== undefined && ca === undefined) {
    throw new RampartError(
      'usage',
      '--token-file needs --ca: a token is sent only to a server that has been verified',
    )
  }
  const identity = await identityOf(options.clientCert, options.clientKey, '--client-cert', '--client-key')
  const wrongUsage = await identityOf(
    options.wrongUsageCert,
    options.wrongUsageKey,
    '--wrong-usage-cert',
    '--wrong-usage-key',
  )
  return {
    ...(ca === undefined ? {} : { ca: await authorities(ca) }),
    ...(tokenFile === undefined ? {} : { token: await tokenIn(tokenFile) }),
    ...(serverName === undefined ? {} : { serverName }),
    ...(identity === undefined ? {} : { identity }),
    ...(wrongUsage === undefined ? {} : { wrongUsage }),
  }
}

async function identityOf(
  cert: string | undefined,
  key: string | undefined,
  certOption: string,
  keyOption: string,
): Promise<Credential['identity']> {
  if (cert === undefined && key === undefined) return undefined
  if (cert === undefined || key === undefined) {
    const [given, missing] = cert === undefined ? [keyOption, certOption] : [certOption, keyOption]
    throw new RampartError('usage', `${given} needs ${missing}`)
  }
  const { identityFrom } = await import('../../probe/index.js')
  return identityFrom({ file: cert, text: await read(cert) }, { file: key, text: await read(key) })
}

async function authorities(file: string): Promise<string> {
  const text = await read(file)
  const { certificatesOf } = await import('../../pki/index.js')
  if (certificatesOf(text).length === 0) {
    throw new RampartError('unreadable-input', `\`${file}\` holds no certificate in PEM that can be read`)
  }
  return text
}

async function tokenIn(file: string): Promise<string> {
  const token = (await read(file)).trim()
  // A token goes into a header: RFC 6750, 2.1.
  if (!/^[\w.~+/-]+=*$/.test(token))
    throw new RampartError('unreadable-input', `\`${file}\` holds no bearer token`)
  return token
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new RampartError('unreadable-input', `cannot read \`${file}\`: ${(error as Error).message}`, {
      cause: error,
    })
  }
}
