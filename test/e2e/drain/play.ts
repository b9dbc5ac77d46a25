import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { JsonObject } from '../../../src/model/index.js'
import type { Admin } from './api.js'
import { startRecordingProxy, type Recorded } from './recording-proxy.js'
import type { Row } from './row.js'
import { setScene } from './scene.js'

/** What one program did with the start of a row. */
export interface Played {
  readonly exit: number | null
  readonly out: string
  readonly err: string
  readonly requests: readonly Recorded[]
  readonly state: JsonObject
}

/** A program, and the arguments before those of the row. */
export interface Player {
  /** One letter, part of the names. */
  readonly letter: string
  command(row: Row): readonly string[]
}

/** Nothing here lasts as long. */
const LONGEST = 150_000

/** Sets the start of a row, lets a program drain it, and says what it did; names of the row are `ID` in all of it. */
export async function play(
  admin: Admin,
  row: Row,
  id: string,
  player: Player,
  folder: string,
): Promise<Played> {
  const scene = await setScene(admin, row, id)
  const counts = new Map<string, number>()
  const counted = (key: string): number => {
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count
  }
  const asides: unknown[] = []
  const trouble: string[] = []
  const aside = (work: unknown): void =>
    void asides.push(
      Promise.resolve(work).catch((error: unknown) => {
        trouble.push(String(error))
      }),
    )
  const proxy = await startRecordingProxy(
    admin,
    {
      before: (request) => row.before?.(request, scene, counted(`before ${request.method} ${request.path}`)),
      after(request, status) {
        aside(row.after?.(request, status, scene, counted(`${request.method} ${request.path}`)))
        const told = /^\/api\/v1\/namespaces\/[^/]+\/pods\/([^/]+?)(\/eviction)?$/.exec(request.path)
        const ends = told?.[2] === undefined ? request.method === 'DELETE' : request.method === 'POST'
        const dry = request.body.includes('"dryRun"')
        if (told !== null && ends && !dry && status < 300) aside(scene.end(told[1] ?? ''))
      },
      ...(row.rewrite === undefined ? {} : { rewrite: row.rewrite }),
    },
    scene.user,
  )
  try {
    const kubeconfig = path.join(folder, `${id}.kubeconfig`)
    writeFileSync(kubeconfig, JSON.stringify(kubeconfigFor(proxy.url)))
    const args = row.args.map((arg) =>
      arg.replace('NODE-B', scene.node('b')).replace('NODE', scene.node('a')).replace('LABEL', `drain=${id}`),
    )
    const ran = await run([...player.command(row), ...args, '--kubeconfig', kubeconfig], folder)
    await Promise.all(asides)
    if (trouble.length > 0) throw new Error(`${row.name}: ${trouble.join('; ')}`)
    const named = (text: string): string => text.replaceAll(id, 'ID')
    return {
      exit: ran.exit,
      out: named(ran.out),
      err: named(ran.err),
      requests: proxy.requests.map((each) => ({
        ...each,
        path: named(each.path),
        query: named(each.query),
        body: named(each.body),
      })),
      state: await scene.state(),
    }
  } finally {
    await proxy.close()
  }
}

export function kubeconfigFor(server: string): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'u', user: {} }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  }
}

/** Runs a program with a home of its own. */
export function run(
  [program = '', ...args]: readonly string[],
  folder: string,
): Promise<{ readonly exit: number | null; readonly out: string; readonly err: string }> {
  const home = path.join(folder, 'home')
  mkdirSync(home, { recursive: true })
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, HOME: home, NO_COLOR: '1' },
    })
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk))
    const late = setTimeout(() => child.kill('SIGKILL'), LONGEST)
    child.on('error', reject)
    child.on('close', (exit) => {
      clearTimeout(late)
      resolve({ exit, out, err })
    })
  })
}
