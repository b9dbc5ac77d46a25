import type { Command } from 'commander'
import type { ComponentView } from '../../effective/index.js'
import { RampartError, type Estate } from '../../model/index.js'
import { namesCluster } from '../cluster-options.js'
import { addInputs, collect, oneOf, readInputs, type ClusterExtent, type InputOptions } from '../inputs.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-code.js'

interface ConfigOptions extends InputOptions {
  readonly output: 'text' | 'json'
  readonly all?: boolean
  readonly node?: string[]
}

/** A component whose configuration in force can be printed. */
export interface ConfigCommand {
  /** The name users know: kubelet, docker, apiserver. */
  readonly name: string
  readonly title: string
  readonly viewsOf: (estate: Estate) => Promise<readonly ComponentView[]>
  /** Whether the component runs on each node, and tells its configuration through the API server. */
  readonly onEachNode?: boolean
}

/** Adds `rampart NAME config`: each setting, its value, who set it and who lost. */
export function registerConfig(parent: Command, command: ConfigCommand, context: CommandContext): void {
  const config = addInputs(parent.command('config'))
  if (command.onEachNode === true)
    config.option('--node <name>', 'of a running cluster this node alone (may be repeated)', collect)
  config
    .description(`each setting of ${command.title}, its value, who set it and who lost`)
    .option('-o, --output <format>', 'text or json', oneOf(['text', 'json'] as const), 'text')
    .option('--all', 'defaults too')
    .addHelpText(
      'after',
      `\nExamples:\n  rampart ${command.name} config --host\n  rampart ${command.name} config --host-root /mnt/node -o json${command.onEachNode === true ? `\n  rampart ${command.name} config --context prod --node worker-1` : ''}`,
    )
    .action(async (paths: string[], options: ConfigOptions) => {
      const views = await command.viewsOf(
        await readInputs(paths, options, context, extentOf(command, options)),
      )
      if (views.length === 0) {
        throw new RampartError('no-input', `nothing about ${command.title} was found in what was read`)
      }
      // Nobody told anything: that is no answer, and the reasons are all there is to show.
      const untold = views.every(({ config }) => config.settings.length === 0 && config.gaps.length > 0)
      if (untold) context.setExit(EXIT.unreachable)
      const { renderSettings, settingRow } = await import('../settings-view.js')
      const { terminal } = context
      if (options.output === 'json') {
        // One component gives the plain list; several need their host's name beside it.
        const rows = views.map((view) => ({
          host: view.host,
          settings: view.config.settings.map(settingRow),
          ...(view.config.refusal === undefined ? {} : { refusal: view.config.refusal.message }),
          gaps: view.config.gaps.map(({ reason, detail }) => ({ reason, detail })),
        }))
        const only = rows.length === 1 && !untold ? rows[0]?.settings : undefined
        terminal.out(`${JSON.stringify(only ?? rows, null, 2)}\n`)
      } else {
        const blocks = views.map((view) =>
          renderSettings(view.config, titleOf(view, command), options.all ?? false),
        )
        terminal.out(blocks.join('\n'))
      }
    })
}

/** Of a running cluster no more is read than what is asked about. */
function extentOf(command: ConfigCommand, options: ConfigOptions): ClusterExtent {
  if (options.node !== undefined && !namesCluster(options)) {
    throw new RampartError('usage', '--node names a node of a running cluster: name that with --context NAME')
  }
  if (command.onEachNode !== true) return { extent: 'everything' }
  return { extent: 'kubelets', ...(options.node === undefined ? {} : { nodes: options.node }) }
}

function titleOf(view: ComponentView, command: ConfigCommand): string {
  const version = view.version.known ? `, version ${view.version.value}` : ''
  const seen = view.command === undefined ? 'no command line seen' : `from ${view.command.described}`
  return `${view.host}: ${command.title}${version} (${view.distribution}; ${seen})`
}
