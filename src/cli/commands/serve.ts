import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Command } from 'commander'
import { RampartError, type KubeObject } from '../../model/index.js'
import type { LoadedPolicy, PolicySource, ServerTls } from '../../serve/index.js'
import type { CommandContext } from '../command-context.js'
import { collect, oneOf } from '../inputs.js'
import type { Terminal } from '../terminal.js'

interface ServeOptions {
  readonly listen: string
  readonly path: string
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly clientCa?: string
  readonly policy?: string[]
  readonly insecureLoopback?: boolean
  readonly decisionLog?: string
  readonly decisionLogMaxMb: string
  readonly decisionLogKeep: string
  readonly metricsListen?: string
  readonly checkOnly?: boolean
}

/** `rampart serve`: servers of our own. */
export function registerServe(program: Command, context: CommandContext): void {
  const serve = program.command('serve').description('serve a policy to an API server')
  registerAuthorizer(serve, context)
  registerPrintConfig(serve, context)
}

function registerAuthorizer(serve: Command, { terminal, setExit }: CommandContext): void {
  serve
    .command('authorizer')
    .description(
      'answer SubjectAccessReviews over HTTPS with mutual TLS, from manifests, ABAC lines and rules in CEL',
    )
    .option('--listen <address>', 'HOST:PORT', '127.0.0.1:8443')
    .option('--path <path>', 'path of the URL', '/authorize')
    .option('--tls-cert <file>', "the server's certificate (PEM)")
    .option('--tls-key <file>', 'its key')
    .option('--client-ca <file>', 'authorities of those who may ask')
    .option(
      '--policy <file>',
      'manifests, ABAC lines or an AuthorizationPolicy (may be repeated; in this order)',
      collect,
    )
    .option('--insecure-loopback', 'without TLS or client certificates, on a loopback address only')
    .option('--decision-log <file>', 'one line of JSON for each decision')
    .option('--decision-log-max-mb <n>', 'size at which the log is put aside', '100')
    .option('--decision-log-keep <n>', 'how many logs are kept aside', '5')
    .option('--metrics-listen <address>', 'HOST:PORT of /metrics for Prometheus (plain HTTP)')
    .option('--check-only', 'read the policy, say what is wrong with it, and end')
    .addHelpText('after', HELP)
    .action(async (options: ServeOptions) => {
      const { host, port } = addressOf(options.listen, '--listen')
      const files = options.policy ?? []
      if (files.length === 0) throw new RampartError('usage', 'name a policy with --policy')
      const loaded = await load(files)
      tell(loaded, terminal)
      if (loaded.policy === undefined)
        throw new RampartError('unreadable-input', `the policy is refused: ${loaded.errors.length} errors`)
      if (options.checkOnly === true) {
        terminal.out(`the policy can be served (${loaded.policy.parts} parts)\n`)
        return setExit(0)
      }
      const tls = tlsOf(options, host)
      setExit(await run(options, { host, port }, files, loaded, tls, terminal))
    })
}

/** Serves until it is told to stop. */
async function run(
  options: ServeOptions,
  { host, port }: { host: string; port: number },
  files: readonly string[],
  loaded: LoadedPolicy,
  tls: ServerTls | undefined,
  terminal: Terminal,
): Promise<number> {
  const serve = await import('../../serve/index.js')
  let { policy } = loaded
  const metrics = serve.createMetrics()
  const say = (text: string): void => terminal.err(`${new Date().toISOString()} ${text}\n`)
  const log =
    options.decisionLog === undefined
      ? undefined
      : serve.openDecisionLog({
          file: options.decisionLog,
          maxBytes: positive(options.decisionLogMaxMb, '--decision-log-max-mb') * 1024 * 1024,
          keep: positive(options.decisionLogKeep, '--decision-log-keep'),
          onError: say,
        })
  const metricsAddress =
    options.metricsListen === undefined ? undefined : addressOf(options.metricsListen, '--metrics-listen')
  const server = await serve.startServer({
    host,
    port,
    path: options.path,
    tls,
    policy: () => policy as NonNullable<typeof policy>,
    metrics,
    log,
    metricsAddress,
  })
  const scheme = tls === undefined ? 'http' : 'https'
  say(`serving ${scheme}://${host}:${server.address.port}${options.path}`)
  const reload = async (): Promise<void> => {
    const next = await load(files)
    tell(next, terminal)
    metrics.reloaded(next.policy !== undefined)
    if (next.policy === undefined) return say('THE NEW POLICY IS REFUSED: the one before goes on deciding')
    policy = next.policy
    if (tls !== undefined) reloadCertificates(options, host, server.setCertificates, say)
    say('the policy was reloaded')
  }
  const certificates = [options.tlsCert, options.tlsKey, options.clientCa].filter(
    (file) => file !== undefined,
  )
  const watching = serve.watchFiles([...files, ...certificates], () => void reload())
  process.on('SIGHUP', () => void reload())
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve())
    process.once('SIGINT', () => resolve())
  })
  say('stopping: what has begun is answered')
  watching.close()
  await server.stop()
  await log?.close()
  return 0
}

function reloadCertificates(
  options: ServeOptions,
  host: string,
  set: (tls: ServerTls) => void,
  say: (text: string) => void,
): void {
  try {
    const tls = tlsOf(options, host)
    if (tls !== undefined) set(tls)
  } catch (error) {
    say(`the certificates could not be reloaded, the ones before go on: ${(error as Error).message}`)
  }
}

function tell({ errors, warnings }: LoadedPolicy, terminal: Terminal): void {
  const line = ({ message, place }: LoadedPolicy['errors'][number]): string =>
    `${place.file}${place.line === undefined ? '' : `:${place.line}`}: ${message}`
  for (const each of errors) terminal.err(`error: ${line(each)}\n`)
  for (const each of warnings) terminal.err(`warning: ${line(each)}\n`)
}

async function load(files: readonly string[]): Promise<LoadedPolicy> {
  const { isRulesFile, loadPolicy } = await import('../../serve/index.js')
  const sources: PolicySource[] = []
  try {
    for (const file of files) {
      const text = statSync(file).isDirectory() ? undefined : readFileSync(file, 'utf8')
      const objects =
        text !== undefined && (isRulesFile(text) || isAbac(text)) ? undefined : await readManifests(file)
      if (objects !== undefined) sources.push({ kind: 'manifests', objects })
      else if (text !== undefined) sources.push({ kind: 'text', file, text })
    }
  } catch (error) {
    const message = (error as Error).message
    return { policy: undefined, warnings: [], errors: [{ message, place: { file: files.join(', ') } }] }
  }
  return loadPolicy(sources)
}

/** Lines that each begin with a brace, comments apart. */
function isAbac(text: string): boolean {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  return lines.length > 0 && lines.every((line) => line.startsWith('{') && line.endsWith('}'))
}

async function readManifests(file: string): Promise<readonly KubeObject[]> {
  const { readEstate } = await import('../../sources/index.js')
  const estate = await readEstate({ paths: [file], hostRoots: [] })
  const [problem] = estate.problems.filter(({ level }) => level === 'error')
  if (problem !== undefined) throw new RampartError('unreadable-input', problem.message)
  const rbac = estate.objects.filter(({ ref }) => ref.group === 'rbac.authorization.k8s.io')
  if (rbac.length === 0)
    throw new RampartError('unreadable-input', 'it holds no role and no binding, no ABAC line and no rule')
  return rbac
}

function addressOf(text: string, option: string): { host: string; port: number } {
  const found = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text)
  const port = Number(found?.[3])
  if (found === null || port > 65_535)
    throw new RampartError('usage', `${option} is HOST:PORT, as 127.0.0.1:8443 or [::1]:8443`)
  return { host: found[1] ?? found[2] ?? '', port }
}

function positive(text: string, option: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1)
    throw new RampartError('usage', `${option} is a whole number from 1 on`)
  return number
}

/** Mutual TLS, unless the user says otherwise for a loopback address. */
function tlsOf(options: ServeOptions, host: string): ServerTls | undefined {
  const { tlsCert, tlsKey, clientCa, insecureLoopback } = options
  const loopback = host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
  if (insecureLoopback === true && !loopback) {
    throw new RampartError('usage', `--insecure-loopback serves loopback addresses only, and ${host} is none`)
  }
  if (tlsCert === undefined && tlsKey === undefined && insecureLoopback === true) return undefined
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new RampartError(
      'usage',
      'name --tls-cert and --tls-key, or serve a loopback address with --insecure-loopback',
    )
  }
  if (clientCa === undefined && insecureLoopback !== true) {
    throw new RampartError('usage', 'name --client-ca: without it anybody may ask what anybody may do')
  }
  const read = (file: string): string => {
    try {
      return readFileSync(file, 'utf8')
    } catch (error) {
      throw new RampartError('unreadable-input', `cannot read \`${file}\`: ${(error as Error).message}`, {
        cause: error,
      })
    }
  }
  return {
    cert: read(tlsCert),
    key: read(tlsKey),
    clientCa: clientCa === undefined ? undefined : read(clientCa),
  }
}

interface PrintOptions {
  readonly server: string
  readonly ca: string
  readonly clientCert: string
  readonly clientKey: string
  readonly name: string
  readonly failurePolicy: 'NoOpinion' | 'Deny'
  readonly out?: string
}

function registerPrintConfig(serve: Command, { terminal }: CommandContext): void {
  serve
    .command('authorizer-config')
    .description('the kubeconfig file and the AuthorizationConfiguration that an API server needs to ask')
    .requiredOption('--server <url>', 'URL of the authorizer, as https://127.0.0.1:8443/authorize')
    .requiredOption(
      '--ca <file>',
      "authority of the authorizer's certificate, as the API server sees the file",
    )
    .requiredOption('--client-cert <file>', "the API server's client certificate")
    .requiredOption('--client-key <file>', 'its key; it is only named, never read')
    .option('--name <name>', 'name of the authorizer', 'rampart')
    .option(
      '--failure-policy <policy>',
      'NoOpinion or Deny',
      oneOf(['NoOpinion', 'Deny'] as const),
      'NoOpinion',
    )
    .option(
      '--out <folder>',
      'write webhook.kubeconfig and authorization.yaml there instead of printing them',
    )
    .action(async (options: PrintOptions) => {
      const { authorizationConfiguration, webhookKubeconfig } = await import('../../serve/index.js')
      const [ca, clientCert, clientKey] = [options.ca, options.clientCert, options.clientKey].map((file) =>
        path.resolve(file),
      ) as [string, string, string]
      const folder = path.resolve(options.out ?? '/etc/kubernetes/authorizer')
      const kubeconfig = path.join(folder, 'webhook.kubeconfig')
      const { name, failurePolicy, server } = options
      const files = {
        [kubeconfig]: webhookKubeconfig({ server, ca, clientCert, clientKey }),
        [path.join(folder, 'authorization.yaml')]: authorizationConfiguration({
          name,
          kubeconfig,
          failurePolicy,
        }),
      }
      if (options.out === undefined) {
        for (const [file, text] of Object.entries(files)) terminal.out(`# ${file}\n${text}`)
      } else writeNew(files)
      terminal.err(
        `start the API server with --authorization-config=${path.join(folder, 'authorization.yaml')} and without --authorization-mode\n`,
      )
    })
}

/** Writes files that do not exist yet; where one does, none is written. */
function writeNew(files: Readonly<Record<string, string>>): void {
  const there = Object.keys(files).find((file) => existsSync(file))
  if (there !== undefined) {
    throw new RampartError(
      'usage',
      `\`${there}\` exists already: remove it, or name another folder with --out`,
    )
  }
  for (const [file, text] of Object.entries(files)) {
    try {
      writeFileSync(file, text, { flag: 'wx', mode: 0o600 })
    } catch (error) {
      throw new RampartError('unreadable-input', `cannot write \`${file}\`: ${(error as Error).message}`, {
        cause: error,
      })
    }
  }
}

const HELP = `
A policy is refused as a whole when anything in it is wrong; a new one that is refused leaves the old one in force.

Examples:
  rampart serve authorizer --listen 10.0.0.5:8443 --tls-cert server.crt --tls-key server.key --client-ca ca.crt --policy policy.yaml
  rampart serve authorizer --insecure-loopback --policy rbac/ --policy abac.jsonl
  rampart serve authorizer --check-only --policy policy.yaml
  rampart serve authorizer-config --server https://127.0.0.1:8443/authorize --ca ca.crt --client-cert apiserver.crt --client-key apiserver.key`
