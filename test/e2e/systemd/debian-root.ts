import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { cacheFolder } from '../../cluster/cache-folder.js'

/** Why there can be no machine with systemd here. Not a fault of a test. */
export class SystemdUnavailable extends Error {}

/** systemd and D-Bus, Docker with its client (a package of its own from trixie on), and what scripts of units use. */
const PACKAGES = ['systemd', 'systemd-sysv', 'dbus', 'docker.io', 'iproute2', 'procps']
const CLIENT = 'docker-cli'
/** Releases of Debian whose docker.io holds the client. */
const CLIENT_WITHIN = ['bookworm']

export const SUITES = ['trixie', 'bookworm'] as const

/** A root of Debian: its folder, which is only read, and what its packages say. */
export interface DebianRoot {
  readonly suite: string
  readonly folder: string
  readonly docker: string
  readonly systemd: string
}

/**
 * Gives the root of a release with docker.io and systemd, made by mmdebstrap where that was not done yet: from the mirror
 * that apt of this machine has its packages from. Kept in the user's cache folder.
 */
export function debianRoot(suite: string, say: (line: string) => void): DebianRoot {
  const packages = [...PACKAGES, ...(CLIENT_WITHIN.includes(suite) ? [] : [CLIENT])]
  const folder = cacheFolder('systemd', suite, packages.join('+'))
  if (!existsSync(folder)) make(suite, packages, folder, say)
  const version = (name: string): string =>
    readFileSync(path.join(folder, 'etc/rampart-versions'), 'utf8')
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.slice(name.length + 1) ?? ''
  return { suite, folder, docker: version('docker.io'), systemd: version('systemd') }
}

function make(suite: string, packages: readonly string[], folder: string, say: (line: string) => void): void {
  if (spawnSync('mmdebstrap', ['--version']).status !== 0)
    throw new SystemdUnavailable('mmdebstrap is not here (apt-get install mmdebstrap)')
  const mirror = debianMirror()
  say(`systemd: making a root of Debian ${suite} from ${mirror}`)
  const partial = `${folder}.${process.pid}`
  mkdirSync(path.dirname(folder), { recursive: true })
  try {
    const options = ['--mode=root', '--variant=minbase', `--include=${packages.join(',')}`]
    const made = spawnSync('mmdebstrap', [...options, suite, partial, mirror], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 600_000,
    })
    if (made.status !== 0)
      throw new SystemdUnavailable(`no root of Debian ${suite}: ${lastLines(made.stderr)}`)
    const format = '${Package} ${Version}\n'
    const versions = execFileSync('chroot', [partial, 'dpkg-query', '-W', '-f', format], { encoding: 'utf8' })
    writeFileSync(path.join(partial, 'etc/rampart-versions'), versions)
    renameSync(partial, folder)
  } finally {
    rmSync(partial, { recursive: true, force: true })
  }
}

/** The mirror of Debian that apt is set up with here. */
function debianMirror(): string {
  const asked = spawnSync('apt-get', ['indextargets', '--format', '$(SITE)', 'Label: Debian'], {
    encoding: 'utf8',
  })
  const [mirror] = (asked.stdout ?? '').split('\n').filter((line) => line !== '')
  if (mirror === undefined) throw new SystemdUnavailable('apt of this machine has no mirror of Debian')
  return mirror
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-4).join('\n')
}
