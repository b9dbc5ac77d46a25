import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * A real dockerd in folders of its own: no bridge, no firewall rules, a containerd of its own. `restart` is a script as an
 * administrator without systemd has one: it stops the daemon and starts it again with the same arguments.
 */
export class OwnDockerd {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'rampart-docker-tls-'))
  readonly configFile = this.at('daemon.json')
  readonly socket = this.at('docker.sock')
  readonly restart = this.at('restart.sh')

  constructor(config: object) {
    for (const name of ['home', 'state', 'data', 'exec']) mkdirSync(this.at(name))
    writeFileSync(this.configFile, `${JSON.stringify(config, null, 2)}\n`)
    const args = [
      '--config-file',
      this.configFile,
      '--data-root',
      this.at('data'),
      '--exec-root',
      this.at('exec'),
    ]
    const apart = ['--pidfile', this.at('pid'), '--iptables=false', '--bridge=none', '--storage-driver=vfs']
    const start = ['dockerd', ...args, ...apart].map((word) => `'${word}'`).join(' ')
    writeFileSync(
      this.restart,
      `#!/bin/sh
if [ -f '${this.at('pid')}' ]; then
  p=$(cat '${this.at('pid')}')
  kill "$p" 2>/dev/null
  i=0
  while [ -d "/proc/$p" ] && [ "$i" -lt 200 ]; do sleep 0.1; i=$((i + 1)); done
fi
rm -f '${this.at('pid')}'
HOME='${this.at('home')}' setsid ${start} >>'${this.at('log')}' 2>&1 </dev/null &
`,
    )
    chmodSync(this.restart, 0o755)
  }

  at(name: string): string {
    return path.join(this.folder, name)
  }

  config(): Record<string, unknown> {
    return JSON.parse(readFileSync(this.configFile, 'utf8')) as Record<string, unknown>
  }

  async start(): Promise<void> {
    execFileSync(this.restart, { stdio: 'ignore' })
    await this.answering()
  }

  /** Waits until the local socket answers. */
  async answering(): Promise<void> {
    for (let attempt = 0; attempt < 240; attempt += 1) {
      if (this.answers()) return
      await pause(250)
    }
    throw new Error(`dockerd does not answer:\n${this.log()}`)
  }

  answers(): boolean {
    try {
      execFileSync('docker', ['-H', `unix://${this.socket}`, 'version', '--format', '{{.Server.Version}}'], {
        env: { PATH: process.env['PATH'] ?? '', HOME: this.at('home') },
        stdio: 'pipe',
        timeout: 10_000,
      })
      return true
    } catch {
      return false
    }
  }

  log(): string {
    return existsSync(this.at('log'))
      ? readFileSync(this.at('log'), 'utf8').split('\n').slice(-20).join('\n')
      : ''
  }

  pid(): number | undefined {
    try {
      return Number(readFileSync(this.at('pid'), 'utf8').trim())
    } catch {
      return undefined
    }
  }

  /** Ends the daemon, its containerd and its mounts. */
  async remove(): Promise<void> {
    const pid = this.pid()
    if (pid !== undefined) {
      try {
        process.kill(pid, 'SIGTERM')
      } catch {
        // It ended by itself.
      }
      for (let attempt = 0; attempt < 100 && existsSync(`/proc/${pid}`); attempt += 1) await pause(100)
    }
    for (const mount of ['data', 'exec']) {
      try {
        execFileSync('umount', ['-R', this.at(mount)], { stdio: 'ignore' })
      } catch {
        // Nothing was mounted.
      }
    }
    rmSync(this.folder, { recursive: true, force: true })
  }
}
