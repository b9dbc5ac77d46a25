import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Option, type Command } from 'commander'
import type { UserSettings } from '../../kubeconfig/index.js'
import { RampartError } from '../../model/index.js'
import { goQuote } from '../../text/index.js'
import type { CommandContext } from '../command-context.js'
import { collect } from '../inputs.js'
import { addChangeOptions, runChange, type ChangeCommandOptions } from '../kubeconfig/run-change.js'

// The flags, what they clear and what is refused are those of kubectl.
// Source: kubectl v0.36.2 pkg/cmd/config/{set_cluster,set_credentials,set_context}.go.

/** The commands that set fields of one entry. */
export function registerKubeconfigSet(kubeconfig: Command, context: CommandContext): void {
  registerSetCluster(kubeconfig, context)
  registerSetCredentials(kubeconfig, context)
  registerSetContext(kubeconfig, context)
}

/** `--flag`, `--flag=true`, `--flag=false`. */
function tristate(flag: string, description: string): Option {
  return new Option(`${flag} [bool]`, description).preset(true).argParser((value) => {
    const text: unknown = value
    if (text === true || /^(?:1|t|T|true|TRUE|True)$/.test(value)) return true
    if (/^(?:0|f|F|false|FALSE|False)$/.test(value)) return false
    throw new RampartError('usage', `invalid value ${goQuote(value)} for ${flag}: it must be true or false`)
  })
}

interface SetClusterOptions extends ChangeCommandOptions {
  readonly server?: string
  readonly tlsServerName?: string
  readonly insecureSkipTlsVerify?: boolean
  readonly certificateAuthority?: string
  readonly embedCerts?: boolean
  readonly proxyUrl?: string
}

function registerSetCluster(kubeconfig: Command, context: CommandContext): void {
  addChangeOptions(kubeconfig.command('set-cluster').argument('<name>', 'the cluster'))
    .description('make or change a cluster')
    .addHelpText(
      'after',
      `\nExamples:\n  rampart kubeconfig set-cluster prod --server https://10.0.0.1:6443 --certificate-authority ca.crt --embed-certs`,
    )
    .option('--server <url>', 'the API server')
    .option('--tls-server-name <name>', "the name that the server's certificate must have")
    .addOption(tristate('--insecure-skip-tls-verify', "do not check the server's certificate"))
    .option('--certificate-authority <file>', "certificate of the server's authority")
    .addOption(tristate('--embed-certs', 'put the certificate itself into the kubeconfig'))
    .option('--proxy-url <url>', 'go through this proxy')
    .action(async (name: string, options: SetClusterOptions) => {
      if (options.insecureSkipTlsVerify === true && options.certificateAuthority)
        throw usage('you cannot specify a certificate authority and insecure mode at the same time')
      if (options.embedCerts === true && !options.certificateAuthority)
        throw usage('you must specify a --certificate-authority to embed')
      const { planSetCluster } = await import('../../kubeconfig/index.js')
      const authority = fileOption('certificate-authority', options.certificateAuthority, options.embedCerts)
      await runChange(options, context, (base) =>
        planSetCluster(base, name, { ...options, certificateAuthority: authority }),
      )
      if (options.dryRun !== true) context.terminal.out(`Cluster ${goQuote(name)} set.\n`)
    })
}

interface SetCredentialsOptions extends ChangeCommandOptions {
  readonly clientCertificate?: string
  readonly clientKey?: string
  readonly embedCerts?: boolean
  readonly token?: string
  readonly username?: string
  readonly password?: string
  readonly execCommand?: string
  readonly execApiVersion?: string
  readonly execArg?: string[]
  readonly execEnv?: string[]
  readonly execInteractiveMode?: string
  readonly execProvideClusterInfo?: boolean
}

function registerSetCredentials(kubeconfig: Command, context: CommandContext): void {
  addChangeOptions(kubeconfig.command('set-credentials').argument('<name>', 'the user'))
    .description('make or change a user')
    .addHelpText(
      'after',
      `\nExamples:\n  rampart kubeconfig set-credentials anna --client-certificate anna.crt --client-key anna.key --embed-certs`,
    )
    .option('--client-certificate <file>', 'client certificate')
    .option('--client-key <file>', 'key of the client certificate')
    .addOption(tristate('--embed-certs', 'put certificate and key themselves into the kubeconfig'))
    .option('--token <token>', 'bearer token; it can be seen in the list of processes')
    .option('--username <name>', 'for basic authentication')
    .option('--password <password>', 'for basic authentication')
    .option('--exec-command <program>', 'credential plug-in')
    .option('--exec-api-version <version>', 'client.authentication.k8s.io/v1 or v1beta1')
    .option('--exec-arg <argument>', 'argument of the plug-in (may be repeated)', collect)
    .option(
      '--exec-env <name=value>',
      'variable for the plug-in; NAME- takes one away (may be repeated)',
      collect,
    )
    .option('--exec-interactive-mode <mode>', 'Never, IfAvailable or Always')
    .addOption(tristate('--exec-provide-cluster-info', 'tell the plug-in about the cluster'))
    .action(async (name: string, options: SetCredentialsOptions) => {
      const settings = userSettings(options)
      const { planSetUser } = await import('../../kubeconfig/index.js')
      await runChange(options, context, (base) => planSetUser(base, name, settings))
      if (options.dryRun !== true) context.terminal.out(`User ${goQuote(name)} set.\n`)
    })
}

function userSettings(options: SetCredentialsOptions): UserSettings {
  const { clientCertificate, clientKey, embedCerts, execInteractiveMode: mode } = options
  if (options.token && (options.username || options.password))
    throw usage(
      'you cannot specify more than one authentication method at the same time: --token, --username/--password',
    )
  if (embedCerts === true && !clientCertificate && !clientKey)
    throw usage('you must specify a --client-certificate or --client-key to embed')
  if (mode !== undefined && !['IfAvailable', 'Always', 'Never'].includes(mode))
    throw usage('invalid interactive mode type, can be only IfAvailable, Never, Always')
  return {
    ...options,
    clientCertificate: fileOption('client-certificate', clientCertificate, embedCerts),
    clientKey: fileOption('client-key', clientKey, embedCerts),
    // kubectl takes several in one, with commas.
    execArgs: options.execArg?.flatMap((argument) => argument.split(',')),
    execEnv: options.execEnv === undefined ? undefined : new Map(options.execEnv.map(pairOf)),
  }
}

/** Source: kubectl v0.36.2 pkg/cmd/util/helpers.go, ParsePairs. */
function pairOf(text: string): [string, string | undefined] {
  const at = text.indexOf('=')
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)]
  if (at < 0 && text.endsWith('-') && text.length > 1) return [text.slice(0, -1), undefined]
  throw usage(`invalid exec-env format: ${text}`)
}

interface SetContextOptions extends ChangeCommandOptions {
  readonly current?: boolean
  readonly cluster?: string
  readonly user?: string
  readonly namespace?: string
}

function registerSetContext(kubeconfig: Command, context: CommandContext): void {
  addChangeOptions(kubeconfig.command('set-context').argument('[name]', 'the context'))
    .description('make or change a context')
    .addHelpText(
      'after',
      `\nExamples:\n  rampart kubeconfig set-context prod --cluster prod --user anna --namespace shop`,
    )
    .option('--current', 'the current context')
    .option('--cluster <name>', 'its cluster')
    .option('--user <name>', 'its user')
    .option('-n, --namespace <name>', 'its namespace')
    .action(async (given: string | undefined, options: SetContextOptions) => {
      const current = options.current === true
      if (!given && !current) throw usage('you must specify a non-empty context name or --current')
      if (given && current) throw usage('you cannot specify both a context name and --current')
      const { planSetContext } = await import('../../kubeconfig/index.js')
      let done = ''
      await runChange(options, context, (base) => {
        const name = given ?? base.config.currentContext
        if (name === '') throw usage('no current context is set')
        const { changes, exists } = planSetContext(base, name, options)
        done = `Context ${goQuote(name)} ${exists ? 'modified' : 'created'}.\n`
        return changes
      })
      if (options.dryRun !== true) context.terminal.out(done)
    })
}

/** An absolute path, or the content where it is to be embedded; '' takes the field away. */
function fileOption(flag: string, file: string | undefined, embed = false): string | Buffer | undefined {
  if (file === undefined || file === '') return file
  if (!embed) return path.resolve(file)
  try {
    return readFileSync(file)
  } catch (error) {
    throw new RampartError(
      'unreadable-input',
      `could not stat ${flag} file ${file}: ${(error as Error).message}`,
      {
        cause: error,
      },
    )
  }
}

function usage(message: string): RampartError {
  return new RampartError('usage', message)
}
