import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { spawn } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { jobState, runHostJob } from './host-job.js'
import { HostUnreachable, type HostTransport } from './host-transport.js'
import { localHost } from './local-host.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rampart-job-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

const job = (script: string, transport: HostTransport = localHost()) =>
  runHostJob({ transport, folder: path.join(folder, 'job'), script, timeoutMs: 20_000, retryEvery: 10 })
const count = (): number => readFileSync(path.join(folder, 'count'), 'utf8').length

/** The local shell, whose answers get lost as the test says: before or after it was asked. */
function losing(fate: (call: number) => 'before' | 'after' | undefined): HostTransport {
  const real = localHost()
  let calls = 0
  return {
    ...real,
    async run(script, options) {
      const lost = fate((calls += 1))
      if (lost === 'before') throw new HostUnreachable('lost')
      const answer = await real.run(script, options)
      if (lost === 'after') throw new HostUnreachable('lost')
      return answer
    },
  }
}

describe('a job on a host', () => {
  it('gives the status and the end of the output', async () => {
    expect(await job('echo out; echo "it is bad" >&2; exit 7')).toEqual({
      kind: 'ended',
      attempt: 1,
      status: 7,
      output: 'out\nit is bad\n',
    })
  })

  it.each([1, 2, 3, 4])('runs once when the way breaks at call %i, before or after it', async (at) => {
    for (const when of ['before', 'after'] as const) {
      rmSync(path.join(folder, 'job'), { recursive: true, force: true })
      writeFileSync(path.join(folder, 'count'), '')
      const state = await job(
        `printf x >>${folder}/count`,
        losing((call) => (call === at ? when : undefined)),
      )
      expect(state).toMatchObject({ kind: 'ended', status: 0, attempt: 1 })
      expect(count()).toBe(1)
    }
  })

  it('is found again by another process while it runs, and is not started twice', async () => {
    writeFileSync(path.join(folder, 'count'), '')
    const first = job(`printf x >>${folder}/count; while [ ! -e ${folder}/end ]; do sleep 0.05; done; exit 3`)
    await until(
      async () => (await jobState({ transport: localHost(), folder: `${folder}/job` })).kind === 'running',
    )
    // It ends once the second has seen that it runs.
    const real = localHost()
    let asked = 0
    const second = job('exit 9', {
      ...real,
      async run(script, options) {
        const answer = await real.run(script, options)
        if ((asked += 1) === 1) writeFileSync(path.join(folder, 'end'), '')
        return answer
      },
    })
    expect(await first).toMatchObject({ status: 3, attempt: 1 })
    expect(await second).toMatchObject({ status: 3, attempt: 1 })
    expect(count()).toBe(1)
  })

  it('one that was killed is cut, and begins anew', async () => {
    const first = job(`echo began; sleep 30`)
    let pid = 0
    await until(async () => {
      const state = await jobState({ transport: localHost(), folder: `${folder}/job` })
      if (state.kind === 'running' && state.output !== '') pid = state.pid
      return pid > 0
    })
    process.kill(-pid, 'SIGKILL')
    expect(await first).toEqual({ kind: 'cut', attempt: 1, output: 'began\n' })
    expect(await job('exit 0')).toMatchObject({ kind: 'ended', attempt: 2, status: 0 })
  })

  it('one whose start was lost can never begin later', async () => {
    // The folder is made, and the shell that made it died before it started anything.
    await localHost().run(`mkdir -p ${folder}/job/1`, { timeoutMs: 5000 })
    expect(await jobState({ transport: localHost(), folder: `${folder}/job` })).toMatchObject({ kind: 'cut' })
    writeFileSync(path.join(folder, 'job/1/script'), `printf x >>${folder}/late`)
    const runner = await runnerText()
    await new Promise((resolve) => spawn('sh', ['-c', runner, 'sh', `${folder}/job/1`]).on('close', resolve))
    expect(existsSync(path.join(folder, 'late'))).toBe(false)
  })

  it('one that hangs is left alone, and told with its process', async () => {
    const hung = runHostJob({
      transport: localHost(),
      folder: path.join(folder, 'job'),
      script: 'sleep 60',
      timeoutMs: 100,
    })
    await expect(hung).rejects.toThrow(/still runs \(process \d+\) after 0.1 s/)
    const state = await jobState({ transport: localHost(), folder: `${folder}/job` })
    expect(state.kind).toBe('running')
    if (state.kind === 'running') process.kill(-state.pid, 'SIGKILL')
  }, 30_000)

  it('a script with every quote of a shell arrives as it is', async () => {
    const state = await job(`printf '%s' 'it'"'"'s $HOME \`x\` "q"'; cat <<'E'\n{ } EOF\nE`)
    expect(state).toMatchObject({ output: `it's $HOME \`x\` "q"{ } EOF\n` })
  })
})

async function runnerText(): Promise<string> {
  await job('exit 0')
  return readFileSync(path.join(folder, 'job/2/run'), 'utf8')
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('it never came')
}
