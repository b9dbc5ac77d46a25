/**
 * npm run -s e2e:systemd [-- [--suite SUITE] [--rows docker|fix|kubelet]]
 *
 * A machine of its own with a real systemd as its first process and Debian's Docker, of two releases: `rampart docker
 * setup-tls`, `rotate`, `revoke` and `rampart fix` change the daemon through its unit, and are put back where it does not
 * come up. Prints one row a case, and at the end `systemd: N of N rows as expected`. Exit 1 when one is not so, 3 when no
 * systemd can run here, and why.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { ClusterUnavailable, provideComponents } from '../../cluster/components.js'
import { FOLDER_PREFIX, markFolder, sweepLeftovers } from '../../cluster/sweep-leftovers.js'
import { debianRoot, SUITES, SystemdUnavailable, type DebianRoot } from './debian-root.js'
import { fixDockerRows } from './fix-docker-rows.js'
import { fixKubeletRows } from './fix-kubelet-rows.js'
import { dockerTlsRows } from './docker-tls-rows.js'
import { SystemdMachine } from './machine.js'
import { Rows } from './rows.js'

const say = (line: string): void => void process.stderr.write(`${line}\n`)

async function main(): Promise<number> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130))
  const { values } = parseArgs({
    options: { suite: { type: 'string', multiple: true }, rows: { type: 'string' } },
  })
  if (process.platform !== 'linux')
    throw new SystemdUnavailable(`systemd needs Linux, and this is ${process.platform}`)
  if (process.getuid?.() !== 0) throw new SystemdUnavailable('a machine with systemd needs root')
  const kubelet = await kubeletProgram()
  sweepLeftovers()
  const folder = mkdtempSync(path.join(tmpdir(), FOLDER_PREFIX))
  markFolder(folder)
  const rows = new Rows((text) => process.stdout.write(text))
  try {
    // What cannot be had is found before the first row.
    const roots = (values.suite ?? SUITES).map((suite) => debianRoot(suite, say))
    for (const root of roots) {
      const at = path.join(folder, root.suite)
      mkdirSync(at)
      await rowsOf(root, { at, kubelet, only: values.rows, rows })
    }
    process.stdout.write(`${rows.words}\n`)
    return rows.failed === 0 ? 0 : 1
  } catch (error) {
    // A second machine that does not come up must not hide what the first one showed.
    if (rows.failed === 0) throw error
    throw new Error(`${rows.words}, then: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

interface Given {
  readonly at: string
  readonly kubelet: string | undefined
  readonly only: string | undefined
  readonly rows: Rows
}

/** Boots a release, and has every row of it. */
async function rowsOf(root: DebianRoot, { at, kubelet, only, rows }: Given): Promise<void> {
  const { suite } = root
  const machine = await SystemdMachine.boot(
    at,
    root,
    kubelet === undefined ? {} : { '/usr/bin/kubelet': kubelet },
  )
  rows.group(suite)
  rows.note(`systemd ${root.systemd}, docker.io ${root.docker}`)
  const wanted = (name: string): boolean => only === undefined || only === name
  try {
    if (wanted('docker'))
      await dockerTlsRows(machine, rows, { brief: suite !== SUITES[0] && only === undefined })
    if (wanted('fix')) fixDockerRows(machine, rows)
    if (!wanted('kubelet')) return
    if (kubelet === undefined) rows.note('no kubelet can be had here: its rows are left out')
    // containerd 1.6 is older than this kubelet goes with.
    else if (suite !== 'bookworm') fixKubeletRows(machine, rows)
  } finally {
    await machine.stop()
  }
}

/** The kubelet of the test cluster: one program is all components, by its first argument. */
async function kubeletProgram(): Promise<string | undefined> {
  if (process.env['RAMPART_E2E_CLUSTER'] === 'off') return undefined
  try {
    return (await provideComponents(say)).program
  } catch (error) {
    if (error instanceof ClusterUnavailable) return undefined
    throw error
  }
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    const unavailable = error instanceof SystemdUnavailable
    say(
      unavailable
        ? `systemd: not run, ${error.message}`
        : error instanceof Error
          ? (error.stack ?? '')
          : String(error),
    )
    process.exitCode = unavailable ? 3 : 1
  },
)
