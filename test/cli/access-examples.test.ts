import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { rampart } from './run-cli.js'

/** Each `## title` of the README with its command and the output below it. */
const examples = readFileSync('examples/access/README.md', 'utf8')
  .split('\n## ')
  .slice(1)
  .map((section) => {
    const [, command = '', output = ''] = /```console\n\$ rampart ([^\n]+)\n([^]*?)```/.exec(section) ?? []
    return { title: section.split('\n')[0] ?? '', command, output }
  })

describe('examples/access', () => {
  it('documents twelve answers and more', () => {
    expect(examples.length).toBeGreaterThanOrEqual(12)
  })

  it.each(examples.map((example) => [example.title, example] as const))(
    '%s',
    (_title, { command, output }) => {
      const run = rampart(command.split(' '))
      expect(run.out).toBe(output)
      expect(run.err).toBe('note: the chain is Node, RBAC (assumed, since no API server was read)\n')
      expect(run.code).toBe(output.split('\n')[1]?.startsWith('yes') === true ? 0 : 1)
    },
  )
})
