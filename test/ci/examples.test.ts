import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { load } from 'js-yaml'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeWorkspace, REVISION, type Workspace } from './workspace.js'

interface Example {
  /** The commands that the system would run, and the files that it would take from the job after them. */
  read(text: string): { readonly script: string; readonly files: readonly string[] }
  /** Variables that the system itself sets to folders. */
  readonly folders: readonly string[]
}

const lines = (words: readonly string[]): string => words.join('\n')

const EXAMPLES: Readonly<Record<string, Example>> = {
  'gitlab.yml': {
    read(text) {
      const { rampart } = load(text) as {
        rampart: { script: string[]; artifacts: { reports: Record<string, string> } }
      }
      return { script: lines(rampart.script), files: Object.values(rampart.artifacts.reports) }
    },
    folders: ['CI_BUILDS_DIR'],
  },
  'azure-pipelines.yml': {
    read(text) {
      const { steps } = load(text) as {
        steps: { script?: string; publish?: string; inputs?: { testResultsFiles?: string } }[]
      }
      return {
        script: lines(steps.flatMap(({ script }) => script ?? [])),
        files: steps.flatMap(({ publish, inputs }) => publish ?? inputs?.testResultsFiles ?? []),
      }
    },
    folders: ['AGENT_TEMPDIRECTORY'],
  },
  'circleci.yml': {
    read(text) {
      const { jobs } = load(text) as {
        jobs: { rampart: { steps: (string | { run?: string; store_test_results?: { path: string } })[] } }
      }
      const steps = jobs.rampart.steps.filter((step) => typeof step !== 'string')
      return {
        script: lines(steps.flatMap(({ run }) => run ?? [])),
        files: steps.flatMap(({ store_test_results: stored }) =>
          stored === undefined ? [] : `${stored.path}/rampart.xml`,
        ),
      }
    },
    folders: [],
  },
  Jenkinsfile: {
    read(text) {
      const script = /sh '''([^]*?)'''/.exec(text)?.[1] ?? ''
      const files = [...text.matchAll(/^ *(?:junit|archiveArtifacts) '([^']+)'$/gm)].map(
        ([, file = '']) => file,
      )
      return { script, files }
    },
    folders: ['WORKSPACE_TMP'],
  },
}

describe('examples of CI systems', () => {
  let workspace: Workspace
  beforeEach(() => {
    workspace = makeWorkspace()
  })
  afterEach(() => workspace.remove())

  it.each(Object.entries(EXAMPLES))(
    '%s: the job fails for the finding and leaves its reports',
    (name, example) => {
      const { script, files } = example.read(readFileSync(path.join('examples/ci', name), 'utf8'))
      expect(script).toContain('audit deploy')
      expect(files).not.toHaveLength(0)
      const variables = Object.fromEntries(example.folders.map((variable) => [variable, workspace.folder]))
      const { code, output } = workspace.run(script, {
        ...variables,
        RAMPART_REPOSITORY: workspace.repository,
        RAMPART_REVISION: REVISION,
      })
      expect({ code, output }).toMatchObject({
        code: 1,
        output: expect.stringContaining('1 critical') as string,
      })
      const absent = files.filter((file) => !existsSync(path.join(workspace.jobFolder, file)))
      expect(absent).toEqual([])
    },
  )

  it('are all known to a test', () => {
    const elsewhere = ['github.yml', 'pre-commit-config.yaml']
    expect(readdirSync('examples/ci').sort()).toEqual([...Object.keys(EXAMPLES), ...elsewhere].sort())
  })
})

describe('commands of the page', () => {
  const page = readFileSync('docs/ci.md', 'utf8')
  const blocks = [...page.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block = '']) => block)
  // What needs a cluster is run against a real one, end to end.
  const local = blocks.filter((block) => !block.includes('kubectl'))

  it.each(local)('%s', (block) => {
    const workspace = makeWorkspace()
    try {
      const { code, output } = workspace.run(
        `rampart() { node ${path.resolve('dist/cli.js')} "$@"; }\n${block}`,
      )
      expect({ code, output }).toMatchObject({ code: 1 })
      for (const [, file = ''] of block.matchAll(/-o \w+=(\S+)/g))
        expect(existsSync(path.join(workspace.jobFolder, file)), file).toBe(true)
    } finally {
      workspace.remove()
    }
  })
})

describe('the hook', () => {
  interface Hook {
    readonly id: string
    readonly entry: string
    readonly language: string
  }
  const [hook] = load(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as [Hook]
  const { repos } = load(readFileSync('examples/ci/pre-commit-config.yaml', 'utf8')) as {
    repos: [{ hooks: [{ id: string; args: string[] }] }]
  }
  const [used] = repos[0].hooks
  let workspace: Workspace
  beforeEach(() => {
    workspace = makeWorkspace()
  })
  afterEach(() => workspace.remove())

  // A hook of language `script` is its entry, below the hook's checkout, with the arguments and then the files.
  const commit = (files: string): { code: number } =>
    workspace.run(
      `node ${path.resolve(hook.entry.split(' ')[0] ?? '')} ${hook.entry.split(' ').slice(1).join(' ')} ${used.args.join(' ')} ${files}`,
    )

  it('is the one that the example names', () => expect([used.id, hook.language]).toEqual([hook.id, 'script']))

  it('refuses a commit with a critical finding', () =>
    expect(commit('deploy/pod.yaml')).toMatchObject({ code: 1 }))

  it('lets a commit pass that has nothing of Kubernetes', () => {
    workspace.run(`echo '{}' > package.json`)
    expect(commit('package.json')).toMatchObject({ code: 0 })
  })
})
