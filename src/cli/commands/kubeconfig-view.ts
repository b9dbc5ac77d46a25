import type { Command } from 'commander'
import { RampartError } from '../../model/index.js'
import type { CommandContext } from '../command-context.js'
import { oneOf } from '../inputs.js'
import {
  addKubeconfigOption,
  kubeconfigPlaces,
  type KubeconfigOptions,
} from '../kubeconfig/kubeconfig-options.js'

interface ViewOptions extends KubeconfigOptions {
  readonly raw?: boolean
  readonly merge: string | true
  readonly flatten?: boolean
  readonly minify?: boolean
  readonly context?: string
  readonly output: 'yaml' | 'json'
}

/** `rampart kubeconfig view`: what `kubectl config view` shows. */
export function registerKubeconfigView(kubeconfig: Command, context: CommandContext): void {
  addKubeconfigOption(kubeconfig.command('view'))
    .description('the kubeconfig that counts, merged from its files, without secrets')
    .option('--raw', 'with secrets and certificates')
    .option('--flatten', 'with the certificates and keys of other files in it, secrets too')
    .option('--minify', 'only what the current context (or --context) needs')
    .option('--merge [bool]', 'false: the file of --kubeconfig alone', 'true')
    .option('--context <name>', 'the context for --minify')
    .option('-o, --output <format>', 'yaml or json', oneOf(['yaml', 'json'] as const), 'yaml')
    .addHelpText('after', HELP)
    .action(async (options: ViewOptions) => {
      if (options.merge === 'false' && !options.kubeconfig)
        throw new RampartError('usage', 'if merge==false a precise file must be specified')
      const text = await view(options, context)
      context.terminal.out(text)
    })
}

const HELP = `
Examples:
  rampart kubeconfig view                              what counts, secrets hidden
  rampart kubeconfig view --minify --flatten > one.kubeconfig
  KUBECONFIG=a:b rampart kubeconfig view --raw -o json`

async function view(options: ViewOptions, { terminal }: CommandContext): Promise<string> {
  const { places, files } = await kubeconfigPlaces(options)
  const {
    startingKubeconfig,
    minifyKubeconfig,
    flattenKubeconfig,
    redactKubeconfig,
    kubeconfigFields,
    goJson,
  } = await import('../../kubeconfig/index.js')
  const loaded = startingKubeconfig(places, files)
  for (const warning of loaded.warnings) terminal.err(`warning: ${warning}\n`)
  const whole = loaded.config
  const chosen = options.minify === true ? minifyKubeconfig(whole, options.context) : whole
  const { isSecretKey } = await import('../../text/index.js')
  const shown =
    options.flatten === true
      ? flattenKubeconfig(chosen, files)
      : options.raw === true
        ? chosen
        : redactKubeconfig(chosen, isSecretKey)
  const fields = kubeconfigFields(shown)
  if (options.output === 'json') return `${goJson(fields)}\n`
  const { kubectlYaml } = await import('../kubectl-yaml.js')
  return kubectlYaml(fields)
}
