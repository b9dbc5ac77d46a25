import { Argument, type Command } from 'commander'
import { completionScript, SHELLS, type Shell } from '../completion-script.js'
import type { CommandContext } from '../command-context.js'

/** `rampart completion SHELL`: prints a script made from the commands themselves. */
export function registerCompletion(program: Command, { terminal }: CommandContext): void {
  program
    .command('completion')
    .description('print shell completion')
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .addHelpText('after', '\nExample:\n  source <(rampart completion bash)')
    .action((shell: Shell) => terminal.out(completionScript(program, shell)))
}
