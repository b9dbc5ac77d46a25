import type { Command } from 'commander'
import { RampartError } from '../../model/index.js'
import type { CommandContext } from '../command-context.js'
import { collect } from '../inputs.js'
import { addressOf, positive } from '../serve/addresses.js'
import { serveUntilStopped, type ServeSettings } from '../serve/run-authorizer.js'
import { readServedPolicy, tellFaults } from '../serve/served-policy.js'
import { tlsOf, type TlsOptions } from '../serve/served-tls.js'

interface ServeOptions extends TlsOptions {
  readonly listen: string
  readonly path: string
  readonly policy?: string[]
  readonly decisionLog?: string
  readonly decisionLogMaxMb: string
  readonly decisionLogKeep: string
  readonly metricsListen?: string
  readonly checkOnly?: boolean
}

/** `rampart serve authorizer`: a policy as an authorization webhook. */
export function registerServeAuthorizer(serve: Command, { terminal, setExit }: CommandContext): void {
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
    .option('--metrics-listen <address>', 'HOST:PORT of /metrics, /healthz and /readyz (plain HTTP)')
    .option('--check-only', 'read the policy, say what is wrong with it, and end')
    .addHelpText('after', HELP)
    .action(async (options: ServeOptions) => {
      const settings = settingsOf(options)
      const loaded = await readServedPolicy(settings.files)
      tellFaults(loaded, terminal)
      if (loaded.policy === undefined)
        throw new RampartError('unreadable-input', `the policy is refused: ${loaded.errors.length} errors`)
      if (options.checkOnly === true) {
        terminal.out(`the policy can be served (${loaded.policy.parts} parts)\n`)
        return setExit(0)
      }
      const readTls = () => tlsOf(options, settings.address.host)
      await serveUntilStopped(settings, loaded.policy, readTls, terminal)
      setExit(0)
    })
}

function settingsOf(options: ServeOptions): ServeSettings {
  const files = options.policy ?? []
  if (files.length === 0) throw new RampartError('usage', 'name a policy with --policy')
  if (!options.path.startsWith('/')) throw new RampartError('usage', '--path begins with a slash')
  const certificates = [options.tlsCert, options.tlsKey, options.clientCa]
  return {
    files,
    certificates: certificates.filter((file) => file !== undefined),
    address: addressOf(options.listen, '--listen'),
    path: options.path,
    metricsAddress:
      options.metricsListen === undefined ? undefined : addressOf(options.metricsListen, '--metrics-listen'),
    log:
      options.decisionLog === undefined
        ? undefined
        : {
            file: options.decisionLog,
            maxBytes: positive(options.decisionLogMaxMb, '--decision-log-max-mb') * 1024 * 1024,
            keep: positive(options.decisionLogKeep, '--decision-log-keep'),
          },
  }
}

const HELP = `
A policy is refused as a whole when anything in it is wrong; a new one that is refused leaves the old one in force.
Policies and certificates are read again when they change, and on SIGHUP. On SIGTERM what has begun is answered.

Examples:
  rampart serve authorizer --listen 10.0.0.5:8443 --tls-cert server.crt --tls-key server.key --client-ca ca.crt --policy policy.yaml
  rampart serve authorizer --insecure-loopback --policy rbac/ --policy abac.jsonl
  rampart serve authorizer --check-only --policy policy.yaml
  rampart serve authorizer-config --server https://127.0.0.1:8443/authorize --ca ca.crt --client-cert apiserver.crt --client-key apiserver.key`
