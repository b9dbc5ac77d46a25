import { execFileSync, spawnSync } from 'node:child_process'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import {
  openDockerTlsRun,
  ownerOf,
  planRotate,
  planSetup,
  putBackDockerTls,
  readInventory,
  type DockerTlsPlan,
  type PlanContext,
} from '../../../src/actions/docker-tls/index.js'
import {
  answersOnSocket,
  listensOn,
  servedCertificate,
} from '../../../src/actions/docker-tls/probe-daemon.js'
import { fingerprintOf } from '../../../src/actions/docker-tls/mint-certificates.js'
import { processStart } from '../../../src/actions/docker-tls/process-start.js'
import { dockerdsOf, type DockerdView } from '../../../src/effective/index.js'
import { readEstate } from '../../../src/sources/index.js'
import { freePorts } from '../../cluster/free-ports.js'

import { runPlan, WITHIN, type Action, type Work } from './killed.js'

/** A host of its own with a daemon that is open over plain TCP at first. */
export class Bench {
  private readonly base = mkdtempSync(path.join(tmpdir(), 'rampart-crash-docker-tls-'))
  private ports: { readonly plain: number; readonly tls: number } = { plain: 0, tls: 0 }
  private view: DockerdView | undefined
  /** What is compared: everything that a run may change lies below. */
  readonly host = path.join(this.base, 'host')
  readonly state = path.join(this.base, 'state')
  readonly authority = path.join(this.host, 'ca')
  private readonly kept = path.join(this.base, 'kept')
  private readonly socket = path.join(this.base, 'docker.sock')
  private readonly pidFile = path.join(this.base, 'pid')
  private readonly restart = path.join(this.base, 'restart.sh')
  private readonly configFile = path.join(this.host, 'etc/docker/daemon.json')

  async make(): Promise<void> {
    const [plain = 0, tls = 0] = await freePorts(2)
    this.ports = { plain, tls }
    mkdirSync(path.dirname(this.configFile), { recursive: true })
    const hosts = [`unix://${this.socket}`, `tcp://127.0.0.1:${plain}`]
    writeFileSync(this.configFile, `${JSON.stringify({ hosts, labels: ['team=build'] }, null, 2)}\n`)
    chmodSync(this.configFile, 0o640)
    this.writeRestart()
    execFileSync(this.restart, { stdio: 'ignore' })
    await this.answering()
    const [view] = dockerdsOf(await readEstate({ hostRoots: [this.host], isAtRest: () => true }))
    if (view === undefined) throw new Error('the daemon is not seen')
    this.view = view
  }

  /** As an administrator without systemd has one: ends the daemon, and starts it with the same arguments. */
  private writeRestart(): void {
    const start = [
      process.execPath,
      path.resolve('test/kit/stand-in-dockerd.mjs'),
      '--config-file',
      this.configFile,
    ]
    const script = `#!/bin/sh
if [ -f '${this.pidFile}' ]; then
  p=$(cat '${this.pidFile}')
  kill -9 "$p" 2>/dev/null
  while [ -d "/proc/$p" ]; do sleep 0.02; done
fi
rm -f '${this.pidFile}'
${start.map((word) => `'${word}'`).join(' ')} >>'${this.base}/log' 2>&1 </dev/null &
echo $! >'${this.pidFile}'
`
    writeFileSync(this.restart, script, { mode: 0o755 })
  }

  private async answering(): Promise<void> {
    for (const end = Date.now() + WITHIN; !(await answersOnSocket(this.socket)); await pause(20))
      if (Date.now() > end) throw new Error(`the daemon does not answer: ${this.log()}`)
  }

  private log(): string {
    return readFileSync(path.join(this.base, 'log'), 'utf8').slice(-2000)
  }

  /** The text of daemon.json. */
  config(): string {
    return readFileSync(this.configFile, 'utf8')
  }

  remove(): void {
    try {
      process.kill(Number(readFileSync(this.pidFile, 'utf8')), 'SIGKILL')
    } catch {
      // It never came up, or ended by itself.
    }
    rmSync(this.base, { recursive: true, force: true })
  }

  /** Keeps the host as it is now, to bring it back. */
  keep(): void {
    rmSync(this.kept, { recursive: true, force: true })
    cpSync(this.host, this.kept, { recursive: true, preserveTimestamps: true })
  }

  async bringBack(): Promise<void> {
    rmSync(this.host, { recursive: true, force: true })
    cpSync(this.kept, this.host, { recursive: true, preserveTimestamps: true })
    this.forgetRuns()
    execFileSync(this.restart, { stdio: 'ignore' })
    await this.answering()
  }

  forgetRuns(): void {
    rmSync(this.state, { recursive: true, force: true })
  }

  /** A process of its own that does this work and is killed at the boundary. */
  child(work: Work, action: Action, at: number): { readonly signal: string | null; readonly stderr: string } {
    const plan = path.join(this.base, 'plan.json')
    if (work === 'apply') writeFileSync(plan, JSON.stringify(this.plan(action)))
    const words = ['docker-tls', 'child', work, plan, this.state, this.authority, String(at)]
    return spawnSync(process.execPath, [process.argv[1] ?? '', ...words], { encoding: 'utf8' })
  }

  plan(action: Action): DockerTlsPlan {
    const pid = Number(readFileSync(this.pidFile, 'utf8'))
    const inventory = readInventory(this.authority)
    const context: PlanContext = {
      seen: {
        view: this.view,
        configFile: this.configFile,
        configText: this.config(),
        process: { pid, started: processStart(pid) ?? 0 },
        systemd: false,
        text: () => undefined,
      },
      inventory,
      authorityFolder: this.authority,
      ownerOf: ownerOf(inventory, this.authority),
      lives: { authority: 100, server: 50, client: 20 },
      keyType: 'ec',
      now: new Date(),
    }
    if (action === 'rotate') return planRotate(context, { clients: [], names: [] })
    return planSetup(context, {
      listen: [{ address: '127.0.0.1', port: this.ports.tls }],
      names: [],
      allowPublic: false,
      certFolder: path.join(this.host, 'etc/docker/tls'),
      client: { name: 'alice', place: { kind: 'folder', path: path.join(this.host, 'alice') } },
      restartCommand: this.restart,
      hostname: 'host',
      hostAddresses: [],
      encryptKey: false,
    })
  }

  /** Carries the action out in this process; gives its boundaries. */
  async apply(action: Action): Promise<string[]> {
    const seen: string[] = []
    const outcome = await runPlan(
      this.plan(action),
      this.state,
      this.authority,
      (event) => void seen.push(event),
    )
    if (outcome.kind !== 'done') throw new Error(`${action} failed: ${JSON.stringify(outcome)} ${this.log()}`)
    return seen
  }

  /** How many boundaries there are when a run that was killed at `at` is put back. */
  async boundariesOfPuttingBack(action: Action, at: number): Promise<number> {
    this.child('apply', action, at)
    const open = await openDockerTlsRun(this.state)
    if (open === undefined) throw new Error('there is no run to put back')
    let seen = 0
    await putBackDockerTls(this.state, open.id, {
      withinMs: WITHIN,
      observer: { event: () => void (seen += 1) },
    })
    this.forgetRuns()
    return seen
  }

  /** Whether the daemon serves as daemon.json has it: plain, or the certificate that is on the disk. */
  async faultsOfService(): Promise<string[]> {
    const at = (port: number) => ({ address: '127.0.0.1', port })
    const { tlsverify } = JSON.parse(this.config()) as { tlsverify?: boolean }
    const faults = (await answersOnSocket(this.socket)) ? [] : ['it does not answer on its socket']
    const [plain, tls] = await Promise.all([listensOn(at(this.ports.plain)), listensOn(at(this.ports.tls))])
    if (plain === (tlsverify === true)) faults.push(`the plain port is ${plain ? 'open' : 'closed'}`)
    if (tls !== (tlsverify === true)) faults.push(`the TLS port is ${tls ? 'open' : 'closed'}`)
    if (tlsverify !== true) return faults
    const file = path.join(this.host, 'etc/docker/tls/server-cert.pem')
    const [served, written] = [await servedCertificate(at(this.ports.tls)), readFileSync(file, 'utf8')]
    if (served !== fingerprintOf(written))
      faults.push('it serves another certificate than the one on the disk')
    const key = readFileSync(path.join(this.host, 'etc/docker/tls/server-key.pem'))
    if (!new X509Certificate(written).checkPrivateKey(createPrivateKey(key)))
      faults.push('the key on the disk is not that of the certificate')
    return faults
  }
}
