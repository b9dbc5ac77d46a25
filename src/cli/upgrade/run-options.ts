import type { Command } from 'commander'
import type { ClusterOptions } from '../cluster-options.js'
import { oneOf } from '../inputs.js'
import type { HostOptions } from './node-hosts.js'

/** Which run, and how it is shown. */
export interface RunOptions {
  readonly stateDir?: string
  readonly run?: string
  readonly output: 'text' | 'json'
}

/** The same for commands that work on it. */
export interface WorkOptions extends RunOptions, ClusterOptions, HostOptions {
  readonly takeOver?: boolean
}

/** Adds the options about runs to a command. */
export function addRunOptions(command: Command): Command {
  return command
    .option('--state-dir <dir>', 'where runs are kept (default: /var/lib/rampart for root)')
    .option('--run <id>', 'which run, where several are not finished')
    .option(
      '-o, --output <format>',
      'text or json (one event a line)',
      oneOf(['text', 'json'] as const),
      'text',
    )
}
