import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { json, startServer, status, type Answer, type TestServer } from '../kit/api-server.js'
import { startCli } from '../kit/running-cli.js'
import { schemaValidator } from '../kit/schema-validator.js'
import { rampart, rampartBeside } from './run-cli.js'

let folder: string
let server: TestServer | undefined
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rampart-drain-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(async () => {
  await server?.stop()
  server = undefined
})

const OWNER = [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', controller: true }]
const pod = (name: string, more: object = {}): object => ({
  metadata: { name, namespace: 'shop', uid: name, labels: { app: 'web' }, ownerReferences: OWNER, ...more },
  spec: { terminationGracePeriodSeconds: 45 },
  status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
})
const budget = (spec: object, allowed: number): object => ({
  metadata: { name: 'b', namespace: 'shop', generation: 1 },
  spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
  status: {
    observedGeneration: 1,
    disruptionsAllowed: allowed,
    currentHealthy: 2 + allowed,
    desiredHealthy: 2,
    expectedPods: 3,
  },
})

/** A cluster of one node; pods that are evicted are gone at the next look. */
async function cluster(pods: object[], budgets: object[], answer?: Answer): Promise<string> {
  const gone = new Set<string>()
  server = await startServer((seen, response) => {
    const name = /\/pods\/([^/]+)/.exec(seen.path)?.[1] ?? ''
    if (seen.path === '/api/v1/nodes/n1') return json(response, 200, { metadata: { name: 'n1' }, spec: {} })
    if (seen.path === '/api/v1') {
      const resources = [{ name: 'pods/eviction', kind: 'Eviction', group: 'policy', version: 'v1' }]
      return json(response, 200, { resources })
    }
    if (seen.path === '/api/v1/pods')
      return json(response, 200, { kind: 'PodList', metadata: {}, items: pods })
    if (seen.path.endsWith('/poddisruptionbudgets'))
      return json(response, 200, { kind: 'List', metadata: {}, items: budgets })
    if (seen.method === 'POST') {
      if (answer !== undefined) return answer(seen, response)
      gone.add(name)
      return json(response, 201, {})
    }
    return gone.has(name) ? status(response, 404, 'NotFound', 'gone') : json(response, 200, pod(name))
  })
  const file = path.join(folder, 'kubeconfig')
  writeFileSync(
    file,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'x',
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      clusters: [{ name: 'c', cluster: { server: server.url } }],
      users: [{ name: 'u', user: {} }],
    }),
  )
  return file
}

const changes = (): number => server?.seen.filter(({ method }) => method !== 'GET').length ?? -1

const tooMany: Answer = (_seen, response) =>
  status(response, 429, 'TooManyRequests', 'no', {
    details: { causes: [{ message: 'The disruption budget b' }] },
  })

describe('rampart drain', () => {
  it("prints kubectl's lines, and its own on standard error", async () => {
    const kubeconfig = await cluster([pod('p')], [budget({ minAvailable: 2 }, 1)])
    const run = await rampartBeside(['drain', 'n1', '--kubeconfig', kubeconfig])
    expect(run.out).toBe('node/n1 cordoned\nevicting pod shop/p\npod/p evicted\nnode/n1 drained\n')
    expect(run.err).toBe(
      [
        'rampart: node/n1 can be drained now',
        'rampart:   1 pod to go, 0 to stay',
        'rampart:   budget shop/b (minAvailable 2): 3 healthy, 2 wanted, lets 1 go now; 1 pod here',
        'rampart:   a pod gets at most 45 s to end: shop/p',
        '',
      ].join('\n'),
    )
    expect(run.code).toBe(0)
  })

  it("prints kubectl's lines alone when it is told to", async () => {
    const kubeconfig = await cluster([pod('p')], [])
    const run = await rampartBeside(['drain', 'n1', '--compat', 'kubectl', '--kubeconfig', kubeconfig])
    expect(run).toMatchObject({ code: 0, err: '' })
    expect(server?.seen.some((seen) => seen.path.endsWith('poddisruptionbudgets'))).toBe(false)
  })

  it.each<[string, object[], object[], number, RegExp]>([
    ['can', [pod('p')], [], 0, /^node\/n1 can be drained now\n {2}1 pod to go, 0 to stay\n/],
    [
      'has to wait',
      [pod('p')],
      [budget({ minAvailable: 2 }, 0)],
      0,
      /has to wait.*\n.*\n {2}shop\/p waits: budget shop\/b: 2 of its pods are healthy, and it wants 2\n/,
    ],
    [
      'in turns',
      [pod('p'), pod('q')],
      [budget({ minAvailable: 2 }, 1)],
      0,
      /has to wait[^]*2 pods here, a few at a time\n/,
    ],
    [
      'never',
      [pod('p')],
      [budget({ maxUnavailable: 0 }, 0)],
      1,
      /cannot be drained[^]*shop\/p never goes: budget shop\/b: maxUnavailable 0 lets no pod go/,
    ],
    [
      'two budgets',
      [pod('p')],
      [budget({}, 1), { ...budget({}, 1), metadata: { name: 'c', namespace: 'shop' } }],
      1,
      /shop\/p cannot be evicted: the server evicts no pod with more than one budget: b and c/,
    ],
    [
      'refused',
      [pod('p', { ownerReferences: [] })],
      [],
      1,
      /refused: cannot delete Pods that declare no controller \(use --force to override\): shop\/p/,
    ],
    [
      'not known',
      [pod('p')],
      [{ ...budget({ minAvailable: 2 }, 1), status: {} }],
      3,
      /not everything that decides it is known[^]*has not written its status/,
    ],
    [
      'finalizers',
      [pod('p', { finalizers: ['acme.example/x'] })],
      [],
      0,
      /ends only when its finalizers are removed: acme.example\/x/,
    ],
  ])('explains and changes nothing: %s', async (_name, pods, budgets, code, text) => {
    const kubeconfig = await cluster(pods, budgets)
    const run = await rampartBeside(['drain', 'n1', '--explain', '--kubeconfig', kubeconfig])
    expect(run.out).toMatch(text)
    expect(run.code).toBe(code)
    expect(changes()).toBe(0)
  })

  it('explains as JSON', async () => {
    const kubeconfig = await cluster([pod('p')], [budget({ maxUnavailable: 0 }, 0)])
    const run = await rampartBeside(['drain', 'n1', '--explain', '-o', 'json', '--kubeconfig', kubeconfig])
    const { nodes } = JSON.parse(run.out) as { nodes: object[] }
    expect(nodes).toMatchObject([
      {
        node: 'n1',
        verdict: 'cannot',
        longestGrace: 45,
        pods: [{ name: 'p', eviction: 'never', grace: 45 }],
      },
    ])
  })

  it('writes one event a line', async () => {
    const kubeconfig = await cluster([pod('p')], [])
    const run = await rampartBeside(['drain', 'n1', '-o', 'json', '--kubeconfig', kubeconfig])
    const events = run.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; time: string })
    expect(events.map(({ type }) => type)).toEqual([
      'forecast',
      'cordoned',
      'chosen',
      'evicting',
      'gone',
      'drained',
      'end',
    ])
    expect(events.every(({ time }) => !Number.isNaN(Date.parse(time)))).toBe(true)
  })

  it.each<[string, readonly string[], () => Promise<string>, string]>([
    ['drained', [], () => cluster([pod('p')], []), 'drained'],
    ['a dry run', ['--dry-run', 'client'], () => cluster([pod('p')], []), 'drained'],
    ['refused', [], () => cluster([pod('p', { ownerReferences: [] })], []), 'refused'],
    [
      'held too long',
      ['--timeout', '1s'],
      () => cluster([pod('p')], [budget({ minAvailable: 2 }, 0)], tooMany),
      'failed',
    ],
    [
      'not known',
      [],
      () => cluster([pod('p')], [{ ...budget({ minAvailable: 2 }, 1), status: {} }]),
      'drained',
    ],
  ])('its events are as their schema says: %s', async (_name, words, ready, kind) => {
    const valid = schemaValidator('schemas/drain-events.schema.json')
    const run = await rampartBeside(['drain', 'n1', '-o', 'json', ...words, '--kubeconfig', await ready()])
    const events = run.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; nodes?: { kind: string }[] })
    expect(events.map((event) => [event.type, valid(event)])).toEqual(events.map(({ type }) => [type, []]))
    expect(events.at(-1)?.nodes?.[0]?.kind).toBe(kind)
    expect(valid({ ...events[0], more: 1 })).not.toEqual([])
  })

  it('stops where it stands when it is told to, and says what then', async () => {
    const held: Answer = (_seen, response) =>
      status(response, 429, 'TooManyRequests', 'no', {
        details: {
          causes: [{ message: 'The disruption budget b needs 2 healthy pods and has 2 currently' }],
        },
      })
    const kubeconfig = await cluster([pod('p')], [budget({ minAvailable: 2 }, 0)], held)
    const cli = startCli(['drain', 'n1', '--kubeconfig', kubeconfig])
    await cli.until(/rampart: shop\/p waits: The disruption budget b needs 2 healthy pods/)
    cli.process.kill('SIGINT')
    expect(await cli.ended()).toBe(1)
    expect(cli.err()).toMatch(/node\/n1 is not drained: stopped\. It stays cordoned.*`rampart uncordon n1`/)
  })

  it.each<[string, string[], RegExp]>([
    ['no node', ['drain'], /name a node, or give --selector/],
    ['names and labels', ['drain', 'a', '-l', 'x=y'], /cannot specify both/],
    ['labels that are none', ['drain', '-l', 'x=y=z'], /"x=y=z" is no label selector/],
    [
      'a pod selector that is none',
      ['drain', 'a', '--pod-selector', 'x in'],
      /must be a valid label selector/,
    ],
    ['a time that is none', ['drain', 'a', '--timeout', 'soon'], /must be a duration/],
    ['a number that is none', ['drain', 'a', '--grace-period', '1.5'], /must be a whole number/],
    ['a page of less than nothing', ['drain', 'a', '--chunk-size=-1'], /at least 0/],
    ['another dry run', ['drain', 'a', '--dry-run=maybe'], /none, client/],
    ['another kind', ['cordon', 'pod/a'], /nodes alone can be drained/],
    [
      'both at once',
      ['drain', 'a', '--compat', 'kubectl', '--explain'],
      /has neither --explain nor --output/,
    ],
  ])('refuses %s', async (_name, args, text) => {
    const kubeconfig = await cluster([], [])
    const run = await rampartBeside([...args, '--kubeconfig', kubeconfig])
    expect(run.code).toBe(2)
    expect(run.err).toMatch(text)
    expect(server?.seen).toEqual([])
  })

  it('ends with 3 where nobody answers', () => {
    const run = rampart(['drain', 'n1', '--server', 'http://127.0.0.1:1'])
    expect(run.code).toBe(3)
  })
})
