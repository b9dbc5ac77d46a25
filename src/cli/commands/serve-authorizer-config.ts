import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Command } from 'commander'
import { RampartError } from '../../model/index.js'
import type { CommandContext } from '../command-context.js'
import { oneOf } from '../inputs.js'

interface ConfigOptions {
  readonly server: string
  readonly ca: string
  readonly clientCert: string
  readonly clientKey: string
  readonly name: string
  readonly failurePolicy: 'NoOpinion' | 'Deny'
  readonly out?: string
}

/** `rampart serve authorizer-config`: what the API server's side needs. */
export function registerAuthorizerConfig(serve: Command, { terminal }: CommandContext): void {
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
    .addHelpText('after', HELP)
    .action(async (options: ConfigOptions) => {
      const { authorizationConfiguration, webhookKubeconfig } = await import('../../serve/index.js')
      const [ca, clientCert, clientKey] = [options.ca, options.clientCert, options.clientKey].map((file) =>
        path.resolve(file),
      ) as [string, string, string]
      const folder = path.resolve(options.out ?? '/etc/kubernetes/authorizer')
      const kubeconfig = path.join(folder, 'webhook.kubeconfig')
      const { name, failurePolicy } = options
      const server = urlOf(options.server)
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
      } else writeAll(folder, files)
      terminal.err(
        `start the API server with --authorization-config=${path.join(folder, 'authorization.yaml')} and without --authorization-mode\n`,
      )
    })
}

function urlOf(text: string): string {
  if (!/^https?:\/\/[^/\s]+/.test(text) || !URL.canParse(text))
    throw new RampartError('usage', '--server is a URL, as https://127.0.0.1:8443/authorize')
  return text
}

/** Writes both or none: what is there already is left alone. */
function writeAll(folder: string, files: Readonly<Record<string, string>>): void {
  const there = Object.keys(files).find((file) => existsSync(file))
  if (there !== undefined)
    throw new RampartError(
      'usage',
      `\`${there}\` exists already: remove it, or name another folder with --out`,
    )
  try {
    mkdirSync(folder, { recursive: true })
    for (const [file, text] of Object.entries(files)) writeFileSync(file, text, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    throw new RampartError('unreadable-input', `cannot write to \`${folder}\`: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

const HELP = `
Examples:
  rampart serve authorizer-config --server https://127.0.0.1:8443/authorize --ca ca.crt --client-cert apiserver.crt --client-key apiserver.key
  rampart serve authorizer-config --server https://10.0.0.5:8443/authorize --ca ca.crt --client-cert c.crt --client-key c.key --failure-policy Deny --out /etc/kubernetes/authorizer`
