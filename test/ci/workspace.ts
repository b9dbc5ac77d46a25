import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const PRIVILEGED = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
    - {name: app, image: 'a:1', securityContext: {privileged: true}}
`

/** A job's working folder with one bad manifest, and a repository that stands for Rampart's: it runs the built one. */
export interface Workspace {
  readonly folder: string
  readonly jobFolder: string
  readonly repository: string
  run(script: string, env?: NodeJS.ProcessEnv): { code: number; output: string }
  remove(): void
}

export const REVISION = 'v0.1.0'

export function makeWorkspace(): Workspace {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'rampart-ci-')))
  const jobFolder = path.join(folder, 'job')
  const repository = path.join(folder, 'repository')
  write(path.join(jobFolder, 'deploy', 'pod.yaml'), PRIVILEGED)
  write(path.join(repository, 'scripts', 'rampart.mjs'), starter(path.resolve('dist/cli.js')))
  const git = (...args: string[]): void => {
    const { status, stderr } = spawnSync('git', ['-C', repository, ...IDENTITY, ...args], {
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(stderr)
  }
  git('init', '--quiet')
  git('add', '.')
  git('commit', '--quiet', '-m', 'one')
  git('tag', REVISION)
  return {
    folder,
    jobFolder,
    repository: `file://${repository}`,
    run(script, env = {}) {
      // GitHub, GitLab and others end a step at the first command that fails.
      const { status, stdout, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', script], {
        cwd: jobFolder,
        encoding: 'utf8',
        env: { ...process.env, HOME: folder, ...env },
        timeout: 60_000,
      })
      return { code: status ?? -1, output: stdout + stderr }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

const IDENTITY = [
  '-c',
  'user.name=test',
  '-c',
  'user.email=test@example.com',
  '-c',
  'tag.gpgSign=false',
  '-c',
  'commit.gpgSign=false',
]

function starter(cli: string): string {
  return `import { spawnSync } from 'node:child_process'
const { status } = spawnSync(process.execPath, [${JSON.stringify(cli)}, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = status ?? 2
`
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, text)
}
