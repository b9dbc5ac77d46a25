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
import { jobState, runHostJob, sshHost, sshRoute, type SshOptions } from '../../src/actions/upgrade/index.js'
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

  describe('by a configuration of ssh', () => {
    let jump: Sshd
    let second: Sshd
    let closed: Sshd
    beforeAll(async () => {
      jump = await startSshd()
      second = await startSshd()
      closed = await startSshd(['AllowTcpForwarding no'])
    }, 120_000)
    afterAll(async () => {
      await jump.stop()
      await second.stop()
      await closed.stop()
    })

    /** The host `node`, jump hosts `a`, `b` and `closed`, all with their keys and names in known_hosts. */
    const configured = (node: string, over: { readonly known?: readonly string[] } = {}): string => {
      const hosts = path.join(folder, `hosts-${(files += 1)}`)
      writeFileSync(
        hosts,
        (
          over.known ?? [
            `node ${sshd.hostKeys.ed25519}`,
            `[127.0.0.1]:${jump.port} ${jump.hostKeys.ed25519}`,
            `[127.0.0.1]:${second.port} ${second.hostKeys.ed25519}`,
            `[127.0.0.1]:${closed.port} ${closed.hostKeys.ed25519}`,
          ]
        ).join('\n'),
      )
      const config = path.join(folder, `config-${files}`)
      const other = (name: string, { port, userKey }: Sshd): string =>
        `Host ${name}\n  HostName 127.0.0.1\n  Port ${port}\n  IdentityFile ${userKey}\n`
      writeFileSync(
        config,
        `${other('node', sshd)}  HostKeyAlias node\n${node}\n${other('a', jump)}${other('b', second)}${other('closed', closed)}Host *\n  User root\n  IdentityAgent none\n  UserKnownHostsFile ${hosts}\n  GlobalKnownHostsFile none\n`,
      )
      return config
    }
    const run = async (config: string, script: string): Promise<string> => {
      const transport = sshHost(sshRoute({ host: 'node', config }))
      try {
        const { stdout } = await transport.run(script, { timeoutMs: 20_000 })
        return stdout.trim()
      } catch (error) {
        return (error as Error).message
      } finally {
        transport.close()
      }
    }
    // Whose socket it is that the host was connected from: ours, or that of the sshd before it.
    const CALLER = `port=$(echo "$SSH_CLIENT" | cut -d' ' -f2)
inode=$(awk -v p=":$(printf %04X "$port")" '$2 ~ p"$" { print $10 }' /proc/net/tcp | head -1)
for fd in /proc/[0-9]*/fd/*; do
  if [ "$(readlink "$fd" 2>/dev/null)" = "socket:[$inode]" ]; then p=\${fd#/proc/}; cat "/proc/\${p%%/*}/comm"; fi
done | sort -u`

    it('goes straight where nothing says otherwise, and takes name, port, key and alias from it', async () => {
      expect(await run(configured(''), CALLER)).not.toMatch(/sshd/)
      expect(await run(configured(''), 'echo answered')).toBe('answered')
    })

    it.each([
      ['one host', '  ProxyJump a'],
      ['two hosts', '  ProxyJump a,b'],
      ['a host that is itself jumped to', '  ProxyJump b\nMatch originalhost b\n  ProxyJump a'],
    ])('jumps over %s', async (_name, node) => {
      expect(await run(configured(node), CALLER)).toBe('sshd')
    })

    it('asks the first of a chain to forward to the second', async () => {
      expect(await run(configured('  ProxyJump closed,a'), 'echo')).toBe(
        `root@[127.0.0.1]:${closed.port}: it does not reach [127.0.0.1]:${jump.port}: (SSH) Channel open failure: open failed`,
      )
    })

    it('works on over the same jump, and comes back after a loss of it', async () => {
      const transport = sshHost(sshRoute({ host: 'node', config: configured('  ProxyJump a') }))
      const ask = async (): Promise<string> => (await transport.run('echo x', { timeoutMs: 20_000 })).stdout
      expect(await ask()).toBe('x\n')
      expect(await ask()).toBe('x\n')
      const lost = transport.run('sleep 20', { timeoutMs: 20_000 })
      const seen = expect(lost).rejects.toThrow(/the connection was (lost|closed)/)
      await new Promise((resolve) => setTimeout(resolve, 500))
      jump.dropConnections()
      await seen
      expect(await ask()).toBe('x\n')
      transport.close()
    })

    it.each([
      ['a jump host whose key is not known', ['node KEY'], /root@\[127.0.0.1\]:\d+: its key is not known/],
      ['a host behind it whose key is not known', ['JUMP'], /its key is not known .* as node in /],
      ['a host behind it whose key has changed', ['JUMP', 'node STRANGER'], /its key has changed/],
    ])('refuses %s', async (_name, lines, message) => {
      const known = lines.map((line) =>
        line
          .replace('KEY', sshd.hostKeys.ed25519)
          .replace('JUMP', `[127.0.0.1]:${jump.port} ${jump.hostKeys.ed25519}`)
          .replace('STRANGER', readFileSync(`${sshd.strangersKey}.pub`, 'utf8').trim()),
      )
      expect(await run(configured('  ProxyJump a\n  StrictHostKeyChecking no', { known }), 'echo')).toMatch(
        message,
      )
    })

    it('tells of a jump host that does not forward, and of one that is not there', async () => {
      expect(await run(configured('  ProxyJump closed'), 'echo')).toMatch(/it does not reach .*open failed/)
      const known = [`node ${sshd.hostKeys.ed25519}`]
      const gone = `  ProxyJump root@127.0.0.1:1\nHost 127.0.0.1\n  IdentityFile ${sshd.userKey}`
      expect(await run(configured(gone, { known }), 'echo')).toMatch(/ECONNREFUSED/)
    })

    it('with IdentitiesOnly only the keys that are named are shown, by the agent too', async () => {
      const socket = path.join(folder, 'narrow-agent')
      const running = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' })
      try {
        for (let tries = 0; tries < 100 && !existsSync(socket); tries += 1) {
          await new Promise((resolve) => setTimeout(resolve, 20))
        }
        const env = { ...process.env, SSH_AUTH_SOCK: socket }
        for (const key of [sshd.strangersKey, sshd.userKey]) spawnSync('ssh-add', ['-q', key], { env })
        const only = (publicKey: string): Promise<string> => {
          const file = path.join(folder, `only-${(files += 1)}`)
          const hosts = known(`NAME ${sshd.hostKeys.ed25519}`)
          writeFileSync(
            file,
            `Host node\n HostName 127.0.0.1\n Port ${sshd.port}\n IdentityAgent ${socket}\n IdentitiesOnly yes\n IdentityFile ${publicKey}\n UserKnownHostsFile ${hosts}\n`,
          )
          return run(file, 'echo answered')
        }
        expect(await only(`${sshd.userKey}.pub`)).toBe('answered')
        expect(await only(`${sshd.strangersKey}.pub`)).toMatch(/it takes none of your keys/)
      } finally {
        running.kill()
      }
    })

    it('speaks with the algorithms that are left, and says when a known key is not among them', async () => {
      expect(
        await run(configured('  Ciphers aes256-gcm@openssh.com\n  KexAlgorithms curve25519-*'), 'echo x'),
      ).toBe('x')
      expect(await run(configured('  HostKeyAlgorithms rsa-sha2-512'), 'echo x')).toMatch(
        /HostKeyAlgorithms allows none/,
      )
    })
  })
})
