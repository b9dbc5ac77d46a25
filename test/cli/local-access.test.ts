import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEchoUpstream, type EchoUpstream } from '../kit/echo-upstream.js'
import { rampart } from './run-cli.js'

let folder: string
let kubeconfig: string
let upstream: EchoUpstream

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'rampart-local-access-'))
  kubeconfig = path.join(folder, 'config')
  upstream = await startEchoUpstream()
  writeFileSync(
    kubeconfig,
    `apiVersion: v1
kind: Config
current-context: c
clusters: [{name: c, cluster: {server: '${upstream.url}'}}]
contexts: [{name: c, context: {cluster: c, user: ''}}]
`,
  )
})
afterAll(async () => {
  await upstream.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('wrongly called', () => {
  it.each<[string, string[], RegExp, number]>([
    ['a port that is none', ['proxy', '--port', '99999'], /--port is a number from 0 to 65535/, 2],
    ['socket and port', ['proxy', '--unix-socket', '/tmp/x', '--port', '1'], /at the same time/, 2],
    [
      'no filter in the safe mode',
      ['proxy', '--disable-filter'],
      /--disable-filter is for --compat kubectl alone/,
      2,
    ],
    [
      'safe flags with kubectl',
      ['proxy', '--compat', 'kubectl', '--allow', 'exec'],
      /belong to the safe mode/,
      2,
    ],
    ['an unknown thing to allow', ['proxy', '--allow', 'secret'], /did you mean secrets\?/, 2],
    ['an unknown method', ['proxy', '--methods', 'GRAB'], /`GRAB` is none of GET/, 2],
    [
      'a pattern that is none',
      ['proxy', '--accept-paths', '('],
      /--accept-paths: `\(` is no regular expression/,
      2,
    ],
    ['a time that is none', ['proxy', '--idle-timeout', 'soon'], /must be a duration/, 2],
    ['a service that is none', ['proxy', '--open', 'grafana'], /--open is NAMESPACE\/SERVICE/, 2],
    [
      'a log that cannot be written',
      ['proxy', '--port', '0', '--log', '/nonexistent/log'],
      /--log: cannot write/,
      2,
    ],
    ['no port', ['port-forward', 'pod/x'], /missing required argument/, 2],
    ['a kind without pods', ['port-forward', 'node/x', '80'], /no kind that has pods/, 2],
    ['a kind misspelt', ['port-forward', 'servic/x', '80'], /did you mean service/, 2],
    ['ports that are none', ['port-forward', 'pod/x', '1:2:3'], /invalid port format '1:2:3'/, 2],
    ['an address that is none', ['port-forward', 'pod/x', '80', '--address', 'here'], /not a valid IP/, 2],
  ])('%s', (_name, args, message, code) => {
    const run = rampart([...args, '--kubeconfig', kubeconfig])
    expect(run.err).toMatch(message)
    expect(run.code).toBe(code)
  })

  it('a server that is gone', () => {
    const run = rampart([
      'port-forward',
      'pod/x',
      '80',
      '--kubeconfig',
      kubeconfig,
      '--server',
      'http://127.0.0.1:9',
    ])
    expect(run.err).toMatch(/error: .*127\.0\.0\.1:9.*connection refused/)
    expect(run.code).toBe(3)
  })
})

describe('rampart proxy', () => {
  it('prints an address and a header, serves, logs, and ends when it is told', async () => {
    const log = path.join(folder, 'log')
    const child = spawn(
      process.execPath,
      [path.resolve('dist/cli.js'), 'proxy', '--port', '0', '--kubeconfig', kubeconfig, '--log', log],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const exit = new Promise<number | null>((resolve) => child.on('exit', resolve))
    const out = await new Promise<string>((resolve) => {
      let text = ''
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString()
        if (text.includes('Programs:')) resolve(text)
      })
    })
    const [, port = '', secret = ''] = /127\.0\.0\.1:(\d+)\n[^]*Rampart-Session: ([\w-]+)'/.exec(out) ?? []
    expect(out).toContain(
      'Passes GET, HEAD to the API, but no secrets, tokens, exec, attach, portforward, proxy',
    )
    expect(out).toMatch(/Open \(once\): http:\/\/127\.0\.0\.1:\d+\/\?rampart-code=[\w-]{43}\n/)
    const status = (headers: Record<string, string>, target: string) =>
      new Promise<number>((resolve, reject) => {
        http
          .get({ host: '127.0.0.1', port: Number(port), path: target, headers, agent: false }, (response) => {
            response.resume().on('end', () => resolve(response.statusCode ?? 0))
          })
          .on('error', reject)
      })
    expect(await status({ 'rampart-session': secret }, '/version?token=hidden')).toBe(200)
    expect(await status({}, '/version')).toBe(401)
    expect(await status({ 'rampart-session': secret }, '/api/v1/secrets')).toBe(403)
    child.kill('SIGTERM')
    expect(await exit).toBe(0)
    const text = readFileSync(log, 'utf8')
    const entries = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { path: string; status: number })
    expect(entries.map(({ path: at, status: code }) => [at, code])).toEqual([
      ['/version', 200],
      ['/version', 401],
      ['/api/v1/secrets', 403],
    ])
    expect(text).not.toContain(secret)
    expect(text).not.toContain('hidden')
  }, 30_000)
})
