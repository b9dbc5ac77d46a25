import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'
import { freePorts } from '../../cluster/free-ports.js'

/** Debian's packages; they are unpacked, not installed. */
const PACKAGES = ['openssh-server', 'libwrap0']

/** Why no sshd can run here; undefined where it can. */
export function sshdAbsent(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'sshd is started as root on Linux'
  if (spawnSync('unshare', ['--mount', 'true']).status !== 0) return 'this machine gives no mount namespaces'
  return existsSync(kept()) ? undefined : fetchInto(kept())
}

function kept(): string {
  const cache = process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache')
  return path.join(cache, 'rampart', 'sshd')
}

function fetchInto(place: string): string | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), 'sshd-'))
  try {
    const got = spawnSync(
      'sh',
      ['-c', `apt-get download ${PACKAGES.join(' ')} && for f in *.deb; do dpkg-deb -x "$f" root; done`],
      {
        cwd: folder,
        encoding: 'utf8',
        timeout: 120_000,
      },
    )
    if (got.status !== 0)
      return `openssh-server cannot be had here: ${got.stderr.trim().split('\n').at(-1) ?? ''}`
    mkdirSync(path.dirname(place), { recursive: true })
    // Another test may have been quicker.
    if (!existsSync(place)) renameSync(path.join(folder, 'root'), place)
    return undefined
  } catch (error) {
    return `openssh-server cannot be had here: ${(error as Error).message}`
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A real sshd on a loopback port, with host keys and a user's key made for it. */
export interface Sshd {
  readonly port: number
  readonly folder: string
  /** Public keys of the host, `ssh-ed25519 AAAA...`, by type. */
  readonly hostKeys: Readonly<Record<'ed25519' | 'rsa', string>>
  /** A private key that may log in as root, and one that may not. */
  readonly userKey: string
  readonly strangersKey: string
  /** Ends the server's side of every connection. */
  dropConnections(): void
  stop(): Promise<void>
}

/** `more`: lines of sshd's configuration beside ours. */
export async function startSshd(more: readonly string[] = []): Promise<Sshd> {
  const folder = mkdtempSync(path.join(tmpdir(), 'rampart-sshd-'))
  const [port = 0] = await freePorts(1)
  for (const [name, type] of [
    ['host_ed25519', 'ed25519'],
    ['host_rsa', 'rsa'],
    ['user', 'ed25519'],
    ['stranger', 'ed25519'],
  ] as const) {
    spawnSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', 'test', '-f', path.join(folder, name)])
  }
  writeFileSync(path.join(folder, 'authorized_keys'), readFileSync(path.join(folder, 'user.pub')), {
    mode: 0o600,
  })
  writeFileSync(
    path.join(folder, 'passwd'),
    `root:x:0:0:root:/root:/bin/sh\nsshd:x:65533:65534::/run/sshd:/usr/sbin/nologin\n`,
  )
  writeFileSync(
    path.join(folder, 'config'),
    [
      `ListenAddress 127.0.0.1`,
      `Port ${port}`,
      `HostKey ${folder}/host_ed25519`,
      `HostKey ${folder}/host_rsa`,
      `AuthorizedKeysFile ${folder}/authorized_keys`,
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PermitRootLogin prohibit-password',
      'UsePAM no',
      'StrictModes no',
      `PidFile ${folder}/pid`,
      ...more,
      '',
    ].join('\n'),
  )
  const sshd = startServer(folder)
  await listening(port, sshd)
  const publicKey = (name: string): string =>
    readFileSync(path.join(folder, `${name}.pub`), 'utf8')
      .trim()
      .split(' ')
      .slice(0, 2)
      .join(' ')
  return {
    port,
    folder,
    hostKeys: { ed25519: publicKey('host_ed25519'), rsa: publicKey('host_rsa') },
    userKey: path.join(folder, 'user'),
    strangersKey: path.join(folder, 'stranger'),
    dropConnections() {
      for (const pid of childrenOf(sshd.pid ?? 0)) process.kill(pid, 'SIGKILL')
    },
    async stop() {
      const ended = new Promise((resolve) => sshd.once('close', resolve))
      for (const pid of childrenOf(sshd.pid ?? 0)) process.kill(pid, 'SIGKILL')
      sshd.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

// A user for its separated part, and its empty folder, in a mount namespace of its own: the machine stays as it is.
const START = `set -e
mount --make-rprivate /
mount --bind "$1/passwd" /etc/passwd
mount -t tmpfs none /run
mkdir -p -m 0755 /run/sshd
export LD_LIBRARY_PATH="$2/usr/lib/x86_64-linux-gnu:$2/lib/x86_64-linux-gnu:$2/usr/lib/aarch64-linux-gnu:$2/lib/aarch64-linux-gnu"
exec "$2/usr/sbin/sshd" -D -e -f "$1/config"`

function startServer(folder: string): ChildProcess {
  return spawn('unshare', ['--mount', 'sh', '-c', START, 'sh', folder, kept()], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

async function listening(port: number, sshd: ChildProcess): Promise<void> {
  let said = ''
  sshd.stderr?.on('data', (part: Buffer) => (said += part.toString()))
  for (let tries = 0; tries < 200; tries += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = createConnection({ host: '127.0.0.1', port }, () => resolve(true))
      socket.on('error', () => resolve(false))
      socket.on('connect', () => socket.destroy())
    })
    if (open) return
    if (sshd.exitCode !== null) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`sshd does not listen: ${said}`)
}

/** Processes that a process started itself. */
function childrenOf(pid: number): number[] {
  const found = spawnSync('sh', ['-c', `cat /proc/${pid}/task/*/children 2>/dev/null`], { encoding: 'utf8' })
  return found.stdout
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(Number)
}
