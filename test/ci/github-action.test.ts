import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { load } from 'js-yaml'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { schemaValidator } from '../kit/schema-validator.js'
import { makeWorkspace, type Workspace } from './workspace.js'

interface Step {
  readonly id?: string
  readonly name?: string
  readonly if?: string
  readonly uses?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>
  readonly outputs: Readonly<Record<string, { readonly value: string }>>
  readonly runs: { readonly using: string; readonly steps: readonly Step[] }
}

const action = load(readFileSync('action.yml', 'utf8')) as Action
const { steps } = action.runs

/** Runs the scripts of the action as the runner does: inputs and outputs filled in, the environment files read. */
function runAction(
  workspace: Workspace,
  given: Readonly<Record<string, string>>,
): { code: number; output: string; outputs: Record<string, string>; summary: string } {
  const inputs: Record<string, string> = {
    ...Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, input.default])),
    ...given,
  }
  const outputs: Record<string, string> = {}
  const fill = (text: string): string =>
    text.replace(/\$\{\{ (inputs|steps\.audit\.outputs)\.([\w-]+) \}\}/g, (_, from: string, name: string) => {
      const value = (from === 'inputs' ? inputs : outputs)[name]
      if (value === undefined) throw new Error(`no value for ${from}.${name}`)
      return value
    })
  const file = (name: string): string => path.join(workspace.folder, name)
  let all = ''
  let code = 0
  for (const { run, env = {} } of steps) {
    if (run === undefined) continue
    const filled = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, fill(value)]))
    const done = workspace.run(run, {
      ...filled,
      GITHUB_ACTION_PATH: path.resolve('.'),
      GITHUB_OUTPUT: file('outputs'),
      GITHUB_STEP_SUMMARY: file('summary.md'),
      RUNNER_TEMP: workspace.folder,
    })
    all += done.output
    code = done.code
    if (code !== 0) break
    for (const line of read(file('outputs')).split('\n')) {
      const [name = '', value] = line.split('=')
      if (value !== undefined) outputs[name] = value
    }
  }
  return { code, output: all, outputs, summary: read(file('summary.md')) }
}

const read = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '')

describe('the GitHub Action', () => {
  let workspace: Workspace
  beforeEach(() => {
    workspace = makeWorkspace()
  })
  afterEach(() => workspace.remove())

  it('is composite, and takes other actions by commit alone', () => {
    expect(action.runs.using).toBe('composite')
    for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/@[0-9a-f]{40}$/)
  })

  it('puts no expression into the text of a shell', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{')
  })

  it('gives out what its audit step writes', () => {
    const { outputs } = runAction(workspace, {})
    for (const [name, { value }] of Object.entries(action.outputs)) {
      expect(value).toBe(`\${{ steps.audit.outputs.${name} }}`)
      expect(outputs).toHaveProperty(name)
    }
  })

  it('fails the job at its end, with all reports written', () => {
    const { code, output, outputs, summary } = runAction(workspace, { paths: 'deploy' })
    expect({ code, outputs }).toMatchObject({
      code: 1,
      outputs: { critical: '1', 'sarif-file': 'rampart.sarif', 'exit-code': '1' },
    })
    expect(output).toContain('1 critical')
    expect(summary).toContain('# Rampart audit')
    const sarif: unknown = JSON.parse(read(path.join(workspace.jobFolder, 'rampart.sarif')))
    expect(schemaValidator('test/fixtures/sarif/sarif-schema-2.1.0.json')(sarif)).toEqual([])
  })

  it('passes below the gate, and takes more arguments and paths', () => {
    const { code, summary, outputs } = runAction(workspace, {
      paths: 'deploy/pod.yaml\n',
      'fail-on': 'none',
      arguments: '--check\npod-seccomp',
      summary: 'false',
      'sarif-file': 'other.sarif',
    })
    expect({ code, summary, outputs }).toMatchObject({
      code: 0,
      summary: '',
      outputs: { critical: '0', low: '1' },
    })
    expect(existsSync(path.join(workspace.jobFolder, 'other.sarif'))).toBe(true)
  })

  it('takes hostile input for words', () => {
    const { code, output } = runAction(workspace, { paths: '$(touch owned); `touch owned`' })
    expect(code).toBe(2)
    expect(output).toContain('there is no such file')
    expect(existsSync(path.join(workspace.jobFolder, 'owned'))).toBe(false)
  })

  it('ends at once when the audit cannot be done', () => {
    expect(runAction(workspace, { paths: 'absent' })).toMatchObject({ code: 2, summary: '' })
  })
})

describe('the example of a workflow', () => {
  const { jobs } = load(readFileSync('examples/ci/github.yml', 'utf8')) as {
    jobs: { audit: { steps: { uses: string; with: Record<string, string> }[] } }
  }
  it('gives the action inputs that it has', () => {
    const used = jobs.audit.steps.find(({ uses }) => uses.startsWith('OWNER/rampart@'))
    expect(Object.keys(used?.with ?? {}).filter((name) => !(name in action.inputs))).toEqual([])
  })
})
