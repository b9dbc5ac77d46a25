import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jobState, runHostJob, sshHost, type SshOptions } from '../../src/actions/upgrade/index.js'
import { sshdAbsent, startSshd, type Sshd } from './peers/sshd.js'

const absent = sshdAbsent()
if (absent !== undefined) console.log(`a real sshd is not asked: ${absent}`)

describe.skipIf(absent !== undefined)('hosts over a real sshd', () => {
  let sshd: Sshd
  let folder = ''
  beforeAll(async () => {
    sshd = await startSshd()
    folder = mkdtempSync(path.join(tmpdir(), 'rampart-ssh-'))
  }, 120_000)
  afterAll(async () => {
    await sshd.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  let files = 0
  /** A known_hosts file with these lines; NAME is how the host is called there. */
  const known = (...lines: string[]): string => {
    const file = path.join(folder, `known-${(files += 1)}`)
    const text = lines.map((line) => line.replaceAll('NAME', `[127.0.0.1]:${sshd.port}`)).join('\n')
    writeFileSync(file, `${text}\n`)
    return file
  }
  const host = (knownHosts: string, over: Partial<SshOptions> = {}) =>
    sshHost({
      host: '127.0.0.1',
      port: sshd.port,
      user: 'root',
      keys: [sshd.userKey],
      knownHosts: [knownHosts],
      ...over,
    })
  const good = (): string => known(`NAME ${sshd.hostKeys.ed25519}`)
  const answer = async (knownHosts: string, over: Partial<SshOptions> = {}): Promise<string> => {
    const transport = host(knownHosts, over)
    try {
      const { stdout } = await transport.run('echo answered', { timeoutMs: 20_000 })
      return stdout.trim()
    } catch (error) {
      return (error as Error).message
    } finally {
      transport.close()
    }
  }

  it('gives status and both outputs, and the script is in no list of processes', async () => {
    const transport = host(good())
    const script = `echo out; echo "bad's" >&2; cat /proc/$$/cmdline | tr '\\0' ' '; exit 7`
    expect(await transport.run(script, { timeoutMs: 20_000 })).toEqual({
      status: 7,
      stdout: 'out\nsh -s ',
      stderr: "bad's\n",
    })
    transport.close()
  })

  it('asks the host for the key that is known, also where it has others', async () => {
    expect(await answer(known(`NAME ${sshd.hostKeys.rsa}`))).toBe('answered')
  })

  it('knows a hashed name', async () => {
    const file = good()
    const hashed = spawnSync('ssh-keygen', ['-H', '-f', file], { encoding: 'utf8' })
    expect(hashed.status).toBe(0)
    expect(readFileSync(file, 'utf8')).toMatch(/^\|1\|/)
    expect(await answer(file)).toBe('answered')
  })

  it.each([
    [
      'an unknown host',
      () => known(`other ${sshd.hostKeys.ed25519}`),
      /its key is not known \(ssh-ed25519 SHA256:\S+\)/,
    ],
    ['no entries at all', () => known('# empty'), /its key is not known/],
    [
      'a changed key',
      () => known(`NAME ${readFileSync(`${sshd.strangersKey}.pub`, 'utf8').trim()}`),
      /its key has changed: it shows ssh-ed25519 SHA256:\S+, \S+ line 1 knows SHA256:/,
    ],
    [
      'a revoked key',
      () => known(`NAME ${sshd.hostKeys.ed25519}`, `@revoked * ${sshd.hostKeys.ed25519}`),
      /is revoked in \S+ line 2/,
    ],
    [
      'an authority alone',
      () => known(`@cert-authority * ${readFileSync(`${sshd.strangersKey}.pub`, 'utf8').trim()}`),
      /host certificates are not supported/,
    ],
  ])('refuses %s before anything is sent', async (_name, file, message) => {
    expect(await answer(file())).toMatch(message)
  })

  it('says which key the host does not take, and which file cannot be a key', async () => {
    expect(await answer(good(), { keys: [sshd.strangersKey] })).toMatch(/it takes none of your keys/)
    expect(await answer(good(), { keys: [path.join(folder, 'nothing')] })).toMatch(/nothing: no such file/)
    const open = path.join(folder, 'open')
    copyFileSync(sshd.userKey, open)
    chmodSync(open, 0o644)
    expect(await answer(good(), { keys: [open] })).toMatch(/others may read it \(mode 644\)/)
    const locked = path.join(folder, 'locked')
    spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'a passphrase', '-f', locked])
    expect(await answer(good(), { keys: [locked] })).toMatch(/it is encrypted: add it to ssh-agent/)
  })

  it('logs in by an agent', async () => {
    const agent = path.join(folder, 'agent')
    const running = spawn('ssh-agent', ['-D', '-a', agent], { stdio: 'ignore' })
    try {
      for (let tries = 0; tries < 100 && !existsSync(agent); tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      const added = spawnSync('ssh-add', ['-q', sshd.userKey], {
        env: { ...process.env, SSH_AUTH_SOCK: agent },
      })
      expect(added.status).toBe(0)
      expect(await answer(good(), { keys: [], agent })).toBe('answered')
    } finally {
      running.kill()
    }
  })

  it('a job goes on when the connection is cut, and is found again over a new one', async () => {
    const transport = host(good())
    const at = path.join(folder, 'job')
    const waits: string[] = []
    const done = runHostJob({
      transport,
      folder: at,
      script: `printf x >>${folder}/count; while [ ! -e ${folder}/end ]; do sleep 0.1; done; echo ended`,
      timeoutMs: 60_000,
      retryEvery: 100,
      waiting: (text) => {
        waits.push(text)
        if (text.includes('answer again')) writeFileSync(path.join(folder, 'end'), '')
      },
    })
    const other = host(good())
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await jobState({ transport: other, folder: at })).kind === 'running') break
    }
    sshd.dropConnections()
    expect(await done).toMatchObject({ kind: 'ended', attempt: 1, status: 0, output: 'ended\n' })
    expect(waits.some((text) => /the connection was (lost|closed)/.test(text))).toBe(true)
    expect(readFileSync(path.join(folder, 'count'), 'utf8')).toBe('x')
    transport.close()
    other.close()
  }, 60_000)

  it('a script that takes too long is told, and does not hold the next one up', async () => {
    const transport = host(good())
    await expect(transport.run('sleep 30', { timeoutMs: 500 })).rejects.toThrow(/no answer within 0.5 s/)
    expect((await transport.run('echo next', { timeoutMs: 20_000 })).stdout).toBe('next\n')
    transport.close()
  })
})
