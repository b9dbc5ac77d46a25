/**
 * Runs programs of this machine: words, no shell, bounded output, a time limit.
 * Takes the words of a command line, gives what the program said and how it ended. Does not judge that.
 */
export { runCommand, type CommandOptions, type CommandResult } from './run-command.js'
