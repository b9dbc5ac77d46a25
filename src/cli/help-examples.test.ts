import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { buildProgram } from './program.js'
import type { Terminal } from './terminal.js'

const written: string[] = []
const terminal = { out: (text: string) => written.push(text), err: () => undefined } as unknown as Terminal
const program = buildProgram(terminal, () => undefined)

function helpOf(command: Command): string {
  written.length = 0
  command.outputHelp()
  return written.join('')
}

function commandsBelow(command: Command): Command[] {
  return command.commands.flatMap((each) => [each, ...commandsBelow(each)])
}

function nameOf(command: Command): string {
  const above = command.parent
  return above === null || above === program ? command.name() : `${nameOf(above)} ${command.name()}`
}

/** Calls of rampart in the examples of a help text, as words; comments behind them are cut off. */
function callsIn(help: string): string[][] {
  const [, examples = ''] = /^Examples?:\n((?: {2}.*\n?|\n(?= {2}))*)/m.exec(help) ?? []
  return examples
    .replace(/ \\\n\s+/g, ' ')
    .split('\n')
    .map((line) => line.trim().replace(/ {2,}\S.*$/, ''))
    .flatMap((line) => line.split(/ && | \| |<\(/))
    .flatMap((call) => {
      const words = [...call.matchAll(/(?:[^\s']|'[^']*')+/g)].map(([word]) => word)
      const at = words.indexOf('rampart')
      return at < 0 ? [] : [words.slice(at + 1)]
    })
}

/** What is wrong with a call, or undefined: an option that no command on the way knows, a command that is none. */
function faultOf(words: readonly string[]): string | undefined {
  let command: Command = program
  for (const word of words) {
    const next = command.commands.find((each) => each.name() === word)
    if (next === undefined) break
    command = next
  }
  if (command === program && words.length > 0) return `no command: ${words.join(' ')}`
  const options = new Set<string>()
  // A group may have a command that is meant where none is named.
  const known: Command[] = [...command.commands]
  for (let at: Command | null = command; at !== null; at = at.parent) known.push(at)
  for (const at of known)
    for (const { long, short } of at.options) for (const name of [long, short]) if (name) options.add(name)
  const unknown = words
    .filter((word) => /^--?[a-zA-Z]/.test(word))
    .map((word) => word.split('=', 1)[0] ?? '')
    .filter((name) => !options.has(name))
  return unknown.length === 0 ? undefined : `${unknown.join(', ')} of ${words.join(' ')}`
}

describe('the help of each command', () => {
  const all = commandsBelow(program).filter((command) => command.name() !== 'help')

  it.each(all.filter(({ commands }) => commands.length === 0).map((each) => [nameOf(each), each] as const))(
    '%s has examples',
    (_name, command) => {
      expect(callsIn(helpOf(command))).not.toEqual([])
    },
  )

  it.each([program, ...all].map((each) => [nameOf(each), each] as const))(
    '%s has no example of what it does not know',
    (_name, command) => {
      expect(callsIn(helpOf(command)).flatMap((words) => faultOf(words) ?? [])).toEqual([])
    },
  )
})
