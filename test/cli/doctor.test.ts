import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rampart } from './run-cli.js'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rampart-doctor-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const write = (name: string, text: string): string => {
  const file = path.join(folder, name)
  writeFileSync(file, text, { mode: 0o600 })
  return file
}
const config = (server: string): string =>
  write(
    'config',
    `apiVersion: v1
kind: Config
current-context: "it's\\u001B[31m prod"
contexts: [{name: "it's\\u001B[31m prod", context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: '${server}'}}]
users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: touch, args: ['${folder}/ran']}}}]
`,
  )

describe('rampart doctor, and rampart alone', () => {
  it('say what is seen and what was not looked at, and give three commands', () => {
    const env = { KUBECONFIG: config('https://10.1.2.3:6443'), HOME: folder }
    const run = rampart([], { cwd: folder, env })
    expect(run).toMatchObject({ code: 0, err: '' })
    expect(run.out).toBe(rampart(['doctor'], { cwd: folder, env }).out)
    expect(run.out).toMatch(/Seen from here\n {2}kubeconfig {2}\S+config: 1 context\n/)
    expect(run.out).toContain('1 user with a credential program: none was run')
    expect(run.out).toMatch(/\n {2}host .*\n(?:.*\n)* {2}docker /)
    expect(run.out).toContain('  the cluster: nothing was contacted; --context NAME does')
    const next = run.out.split('Go on with\n')[1]!.split('\n\n')[0]!
    expect(next.split('\n')).toHaveLength(3)
    expect(next).toContain("rampart audit --context 'it'\\''s")
    expect(run.out).not.toContain('\u001B')
  })

  it('contact nobody and run nothing', async () => {
    let contacted = 0
    const server = createServer(() => {
      contacted += 1
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    rampart([], { cwd: folder, env: { KUBECONFIG: config(`https://127.0.0.1:${port}`), HOME: folder } })
    // The connection would be waiting in the backlog: give the loop a turn to take it.
    await new Promise((resolve) => setTimeout(resolve, 100))
    server.close()
    expect(contacted).toBe(0)
    expect(rampart(['audit', path.join(folder, 'ran')]).err).toMatch(/there is no such file/)
  })

  it.each([
    ['no kubeconfig', '/nowhere', 'kubeconfig  none (looked for /nowhere)'],
    ['a kubeconfig that is none', () => write('broken', 'clusters: 12\n'), 'error loading config file'],
  ])('%s is said, not an error', (_name, file, expected) => {
    const run = rampart(['doctor'], {
      cwd: folder,
      env: { KUBECONFIG: typeof file === 'string' ? file : file(), HOME: folder },
    })
    expect(run.code).toBe(0)
    expect(run.out).toContain(expected)
    expect(run.out.split('Go on with\n')[1]!.split('\n\n')[0]!.split('\n')).toHaveLength(3)
  })

  it('gives the same as data', () => {
    const run = rampart(['doctor', '-o', 'json'], {
      cwd: folder,
      env: {
        KUBECONFIG: '/nowhere',
        HOME: folder,
        KUBERNETES_SERVICE_HOST: '10.0.0.1',
        KUBERNETES_SERVICE_PORT: '443',
      },
    })
    const { seen, next } = JSON.parse(run.out) as { seen: { what: string }[]; next: { command: string }[] }
    expect(seen.map(({ what }) => what)).toEqual(['kubeconfig', 'cluster', 'host', 'docker', 'manifests'])
    expect(next[0]!.command).toBe('rampart audit --current-context')
    expect(next).toHaveLength(3)
  })
})
