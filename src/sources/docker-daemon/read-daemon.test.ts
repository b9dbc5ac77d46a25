import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { daemonDoor } from './ask-daemon.js'
import { readDaemon } from './read-daemon.js'

type Answer = readonly [status: number, body: unknown]

const INFO = { ID: 'x', Name: 'box', ServerVersion: '28.3.3', DockerRootDir: '/var/lib/docker', Swarm: {} }
const MANAGER = { ...INFO, Swarm: { ControlAvailable: true } }
const WEB = {
  Id: 'c1',
  Name: '/web',
  Config: { Env: ['DB_PASSWORD=planted'], Image: 'web:1' },
  HostConfig: { Privileged: true },
}
const NETWORK = { Name: 'bridge', Id: 'n1', Scope: 'local', Driver: 'bridge', IPAM: {} }
const SERVICE = { ID: 's1', Spec: { Name: 'api', TaskTemplate: {} } }

let folder: string
let server: Server | undefined
let asked: string[]
const socket = (): string => join(folder, 'd.sock')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rampart-daemon-'))
  asked = []
})
afterEach(() => {
  server?.close()
  server = undefined
  rmSync(folder, { recursive: true, force: true })
})

async function daemon(answers: Readonly<Record<string, Answer>>): Promise<void> {
  server = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`)
    const [status, body] = answers[request.url ?? ''] ?? [404, { message: 'page not found' }]
    response.statusCode = status
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server?.listen(socket(), resolve))
}

const read = async (name = socket()) => {
  const door = await daemonDoor(name)
  try {
    return await readDaemon(door)
  } finally {
    door.close()
  }
}

test('gives what docker inspect prints, with the text of each place, and asks with GET alone', async () => {
  await daemon({
    '/info': [200, INFO],
    '/containers/json?all=true': [200, [{ Id: 'c1' }]],
    '/containers/c1/json': [200, WEB],
    '/networks': [200, [NETWORK]],
  })
  const { objects, problems, summary, texts } = await read(`unix://${socket()}`)
  expect(objects.map(({ ref }) => `${ref.kind} ${ref.namespace}/${ref.name}`)).toEqual([
    'Info box/box',
    'Container box/web',
    'Network box/bridge',
  ])
  expect(problems).toEqual([])
  expect(JSON.stringify(objects)).not.toContain('planted')
  expect(summary).toMatchObject({ kind: 'docker', name: `unix://${socket()}`, objects: 3 })
  const slice = objects[1]?.slice
  expect(slice === undefined ? undefined : texts.read(slice)).toContain('"Privileged": true')
  expect(slice === undefined ? undefined : texts.read({ ...slice, file: 'other' })).toBeUndefined()
  expect(asked).toEqual([
    'GET /info',
    'GET /containers/json?all=true',
    'GET /containers/c1/json',
    'GET /networks',
  ])
})

test('asks a manager of a swarm for its services, through a link to the socket', async () => {
  await daemon({
    '/info': [200, MANAGER],
    '/containers/json?all=true': [200, []],
    '/networks': [200, []],
    '/services': [200, [SERVICE]],
  })
  symlinkSync(socket(), join(folder, 'link.sock'))
  expect((await read(join(folder, 'link.sock'))).objects.map(({ ref }) => ref.kind)).toEqual([
    'Info',
    'Service',
  ])
})

test('a container that went meanwhile is left out; what is refused is a problem with its place', async () => {
  await daemon({
    '/info': [200, INFO],
    '/containers/json?all=true': [200, [{ Id: 'gone' }, { Id: 'c1' }, { Id: 7 }, 'x']],
    '/containers/c1/json': [200, WEB],
    '/networks': [403, { message: 'denied by plug-in' }],
  })
  const { objects, problems } = await read()
  expect(objects.map(({ ref }) => ref.name)).toEqual(['box', 'web'])
  expect(problems).toMatchObject([
    { level: 'error', message: 'GET /networks: Docker answered 403: denied by plug-in' },
  ])
})

test.each<[string, Answer, RegExp]>([
  ['no JSON', [200, '<html>'], /its answer is no JSON$/],
  ['a refusal', [403, { message: 'no' }], /it answered 403: no$/],
  ['a fault', [500, 'x'], /it answered 500$/],
])('a daemon that says nothing of itself: %s', async (_name, answer, message) => {
  await daemon({ '/info': answer })
  await expect(read()).rejects.toThrow(message)
})

test.each<[string, (folder: string) => string, RegExp]>([
  ['nothing there', (at) => join(at, 'none.sock'), /it is not there$/],
  ['a file', (at) => (writeFileSync(join(at, 'f'), ''), join(at, 'f')), /is no socket$/],
  ['a folder', (at) => at, /is no socket$/],
  [
    'a link to nothing',
    (at) => (symlinkSync('/none', join(at, 'l')), join(at, 'l')),
    /it cannot be reached \(ENOENT\)$/,
  ],
  ['an address of the network', () => 'tcp://127.0.0.1:2375', /is no UNIX socket/],
])('bad input: %s', async (_name, path, message) => {
  await expect(daemonDoor(path(folder))).rejects.toThrow(message)
})

test('a socket on which nobody listens', async () => {
  await daemon({})
  const closed = await daemonDoor(socket())
  const left = join(folder, 'left.sock')
  // What a daemon that was killed leaves behind.
  const { renameSync } = await import('node:fs')
  renameSync(socket(), left)
  await new Promise((resolve) => server?.close(resolve))
  await expect(read(left)).rejects.toThrow(/nothing listens there$/)
  closed.close()
})
