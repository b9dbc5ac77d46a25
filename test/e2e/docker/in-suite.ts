import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { FOLDER_PREFIX, markFolder, sweepLeftovers } from '../../cluster/sweep-leftovers.js'
import { debianRoot, SystemdUnavailable } from '../systemd/debian-root.js'
import { NODE, RAMPART } from '../systemd/machine-script.js'
import { SystemdMachine } from '../systemd/machine.js'

const PLACE = '/opt/e2e'
const LONGEST_MS = 840_000

/** Runs this very test with the dockerd and docker of a release of Debian. Gives its exit code; 3 where none can be had. */
export async function inSuite(suite: string, say: (text: string) => void): Promise<number> {
  sweepLeftovers()
  const folder = mkdtempSync(path.join(tmpdir(), FOLDER_PREFIX))
  markFolder(folder)
  try {
    const root = debianRoot(suite, (line) => say(`${line}\n`))
    const at = path.join(folder, suite)
    mkdirSync(at)
    const bundle = process.argv[1] ?? ''
    const machine = await SystemdMachine.boot(at, root, { [`${PLACE}/main.mjs`]: bundle })
    try {
      say(`docker.io ${root.docker} of Debian ${suite}\n`)
      machine.must(`systemctl stop docker.socket docker.service && ln -s ${RAMPART} ${PLACE}/dist`)
      const words = ['sh', '-c', `cd ${PLACE} && exec ${NODE} main.mjs`]
      const { code, out, err } = machine.run(words, LONGEST_MS)
      say(out + err)
      return code ?? 1
    } finally {
      await machine.stop()
    }
  } catch (error) {
    if (!(error instanceof SystemdUnavailable)) throw error
    say(`docker: not run, ${error.message}\n`)
    return 3
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
