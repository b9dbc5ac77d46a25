import type { Command } from 'commander'
import type { CordonOutcome } from '../../actions/drain/index.js'
import {
  addClusterOptions,
  connect,
  type ClusterOptions,
  type ImpersonationOptions,
} from '../cluster-options.js'
import type { CommandContext } from '../command-context.js'
import {
  addNodeOptions,
  checkChoice,
  exitOfCordon,
  nodesFor,
  type NodeOptions,
} from '../drain/node-options.js'
import { EXIT } from '../exit-code.js'

interface Options extends ClusterOptions, ImpersonationOptions, NodeOptions {}

/** `rampart cordon` and `rampart uncordon`: whether new pods may be put on a node. */
export function registerCordon(program: Command, context: CommandContext): void {
  for (const [name, description, unschedulable] of [
    ['cordon', 'keep new pods off nodes, as kubectl cordon does', true],
    ['uncordon', 'let new pods on nodes again, as kubectl uncordon does', false],
  ] as const) {
    const command = addNodeOptions(program.command(name).description(description))
    addClusterOptions(command.addHelpText('after', help(name))).action(
      async (names: string[], options: Options) => {
        context.setExit(await run(names, options, context, unschedulable))
      },
    )
  }
}

async function run(
  names: readonly string[],
  options: Options,
  context: CommandContext,
  unschedulable: boolean,
): Promise<number> {
  checkChoice(names, options)
  const { terminal } = context
  const client = await connect(options, context)
  try {
    const nodes = await nodesFor(client, names, options, terminal.err)
    if (nodes === undefined) return EXIT.findings
    const { kubectlText, setUnschedulable } = await import('../../actions/drain/index.js')
    const outcomes: CordonOutcome[] = []
    for (const node of nodes) {
      outcomes.push(
        await setUnschedulable(client, node, unschedulable, options, {
          event(event) {
            const { out = '', err = '' } = kubectlText(event)
            terminal.out(out)
            terminal.err(err)
          },
        }),
      )
    }
    return exitOfCordon(outcomes)
  } finally {
    client.close()
  }
}

function help(name: string): string {
  return `
Examples:
  rampart ${name} worker-1 worker-2
  rampart ${name} --selector pool=blue --dry-run=server

Exit codes: 0 done (or it was so already), 1 the server refused, 2 wrong usage, 3 unreachable.`
}
