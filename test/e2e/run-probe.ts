import { spawn } from 'node:child_process'
import path from 'node:path'
import type { Finding, ProbeReport } from '../../src/model/index.js'

/** What `rampart probe ... -o json` said, in the words that the tests compare. */
export interface Probed {
  readonly code: number
  /** `critical probe-kubelet-anonymous`, and `unknown probe-...` for open questions. */
  readonly told: readonly string[]
  readonly probes: readonly ProbeReport[]
  /** Answers by what was asked, without the address: `/pods without a credential` -> `HTTP/1.1 401 Unauthorized`. */
  readonly answers: Readonly<Record<string, string>>
}

/** Runs the built command. It is a process beside this one: what it asks may be served here. */
export async function runProbe(...args: string[]): Promise<Probed> {
  const child = spawn(process.execPath, [path.resolve('dist/cli.js'), 'probe', ...args, '-o', 'json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  const code = await new Promise<number>((resolve) => child.on('close', (status) => resolve(status ?? -1)))
  const result = JSON.parse(out) as { findings: Finding[]; unknowns: Finding[]; probes: ProbeReport[] }
  return {
    code,
    told: [
      ...result.findings.map(({ severity, check }) => `${severity} ${check}`),
      ...result.unknowns.map(({ check }) => `unknown ${check}`),
    ],
    probes: result.probes,
    answers: Object.fromEntries(
      result.probes.flatMap(({ attempts }) =>
        attempts.map(({ ask, answer }) => [ask.replace(/^GET (?:https?:\/\/[^/]*)?/, ''), answer]),
      ),
    ),
  }
}
