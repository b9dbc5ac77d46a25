import { afterEach, describe, expect, it } from 'vitest'
import {
  configFor,
  json,
  startServer,
  status,
  type Seen,
  type TestServer,
} from '../../../test/kit/api-server.js'
import { createClient, type ApiClient } from '../../client/index.js'
import type { JsonObject } from '../../model/index.js'
import { cordonNode, uncordonNode } from './cordon.js'
import { lastWords, textOf } from './drain-error.js'
import type { DrainEvent } from './drain-event.js'
import { drainNode, drainNodes, reasonOf } from './drain-nodes.js'
import type { DrainOptions } from './drain-options.js'
import { findNodes } from './find-nodes.js'
import { kubectlText } from './kubectl-lines.js'

/** One answer to an eviction or a deletion of a pod. */
type Reply = (response: Parameters<typeof json>[0], remove: () => void) => void

const evicted: Reply = (response, remove) => {
  remove()
  json(response, 201, { kind: 'Status', status: 'Success' })
}
const refused =
  (code: number, reason: string, message: string, more: object = {}, headers = {}): Reply =>
  (response) =>
    json(response, code, { kind: 'Status', status: 'Failure', reason, message, code, ...more }, headers)
const budget = refused(429, 'TooManyRequests', 'Cannot evict pod.', {
  details: {
    causes: [{ reason: 'DisruptionBudget', message: 'The disruption budget web needs 2 healthy pods' }],
  },
})

interface Scene {
  /** Answers of each pod in turn; the last one stays. */
  readonly replies?: Readonly<Record<string, readonly Reply[]>>
  readonly pods?: readonly JsonObject[]
  readonly nodes?: Readonly<Record<string, JsonObject>>
  /** How often a removed pod is still seen. */
  readonly lingers?: number
  readonly eviction?: readonly JsonObject[]
  readonly answer?: (seen: Seen, response: Parameters<typeof json>[0]) => boolean
}

const pod = (name: string, more: JsonObject = {}): JsonObject => ({
  metadata: {
    name,
    namespace: 'shop',
    uid: `uid-${name}`,
    ownerReferences: [{ kind: 'ReplicaSet', apiVersion: 'apps/v1', name: 'rs', controller: true }],
    ...(more.metadata as JsonObject),
  },
  spec: {},
  status: { phase: 'Running' },
})

const EVICTION = { name: 'pods/eviction', kind: 'Eviction', group: 'policy', version: 'v1' }

let server: TestServer | undefined
let client: ApiClient | undefined
afterEach(async () => {
  client?.close()
  await server?.stop()
})

async function scene({ replies = {}, pods = [], nodes = { n1: {} }, lingers = 0, eviction, answer }: Scene) {
  const there = new Map(pods.map((each) => [(each.metadata as JsonObject).name as string, each]))
  const leaving = new Map<string, number>()
  const turns = new Map<string, number>()
  server = await startServer((seen, response) => {
    if (answer?.(seen, response) === true) return
    const [, name = '', sub] =
      /^\/api\/v1\/namespaces\/shop\/pods\/([^/]+)(\/eviction)?$/.exec(seen.path) ?? []
    const node = /^\/api\/v1\/nodes\/([^/]+)$/.exec(seen.path)?.[1]
    const lost = (): void => status(response, 404, 'NotFound', `pods "${name}" not found`)
    if (seen.path === '/api/v1') return json(response, 200, { resources: eviction ?? [EVICTION] })
    if (seen.path === '/api/v1/pods') {
      const names = [...there.keys()].slice(Number(seen.query.get('continue') ?? 0))
      const limit = Number(seen.query.get('limit') ?? 0)
      const page = limit > 0 ? names.slice(0, limit) : names
      const next =
        page.length < names.length ? { continue: String(there.size - names.length + page.length) } : {}
      return json(response, 200, {
        kind: 'PodList',
        metadata: next,
        items: page.map((each) => there.get(each)),
      })
    }
    if (node !== undefined) {
      const found = nodes[node]
      if (found === undefined) return status(response, 404, 'NotFound', `nodes "${node}" not found`)
      return json(response, 200, { metadata: { name: node }, spec: {}, ...found })
    }
    if (name === '') return status(response, 404, 'NotFound', 'nothing there')
    const left = leaving.get(name)
    if (seen.method === 'GET') {
      if (left !== undefined && left <= 0) there.delete(name)
      if (left !== undefined) leaving.set(name, left - 1)
      const found = there.get(name)
      return found === undefined ? lost() : json(response, 200, found)
    }
    if (seen.method === 'POST' || seen.method === 'DELETE') {
      const turn = turns.get(name) ?? 0
      turns.set(name, turn + 1)
      const own = replies[name] ?? [evicted]
      const reply = own[Math.min(turn, own.length - 1)] ?? evicted
      return reply(response, () => leaving.set(name, lingers))
    }
    return status(response, 405, 'MethodNotAllowed', `no ${sub ?? ''}`)
  })
  client = await createClient(configFor(server.url), {
    userAgent: 'test',
    retries: { times: 3, first: 1, longest: 5 },
  })
  const events: DrainEvent[] = []
  const said = (): string[] =>
    events.flatMap((event) => {
      const { out = '', err = '' } = kubectlText(event)
      return `${out}${err}`.split('\n').filter((line) => line !== '')
    })
  return {
    client,
    server,
    there,
    said,
    events,
    observer: { event: (event: DrainEvent) => void events.push(event) },
  }
}

const PACE: DrainOptions = { pace: { retry: 5, poll: 2 } }
const changes = (from: TestServer): string[] =>
  from.seen
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path, body }) => `${method} ${path} ${body}`)

describe('drainNode', () => {
  it('cordons, evicts and waits for the end of each pod', async () => {
    const at = await scene({ pods: [pod('a'), pod('b')], lingers: 2 })
    const outcome = await drainNode(at.client, 'n1', PACE, at.observer)
    expect(outcome).toMatchObject({ kind: 'drained', pods: [{ name: 'a' }, { name: 'b' }] })
    expect(changes(at.server).sort()).toEqual([
      'PATCH /api/v1/nodes/n1 {"spec":{"unschedulable":true}}',
      ...['a', 'b'].map(
        (name) =>
          `POST /api/v1/namespaces/shop/pods/${name}/eviction {"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"${name}","namespace":"shop"},"deleteOptions":{}}`,
      ),
    ])
    expect(at.said()).toEqual([
      'node/n1 cordoned',
      'evicting pod shop/a',
      'evicting pod shop/b',
      'pod/a evicted',
      'pod/b evicted',
      'node/n1 drained',
    ])
  })

  it('evicts at the same time: one that waits holds up no other', async () => {
    const at = await scene({ pods: [pod('a'), pod('b')], replies: { a: [budget, budget, evicted] } })
    await drainNode(at.client, 'n1', PACE, at.observer)
    const order = at.events
      .filter(({ type }) => type === 'gone' || type === 'retry')
      .map((event) => 'pod' in event && event.pod.name)
    expect(order.at(-1)).toBe('a')
    expect(at.said()).toContain(
      'error when evicting pods/"a" -n "shop" (will retry after 0.005s): Cannot evict pod.',
    )
    const retry = at.events.find(({ type }) => type === 'retry')
    expect(retry).toMatchObject({
      because: 'too-many-requests',
      causes: ['The disruption budget web needs 2 healthy pods'],
    })
    // Read anew before each further attempt.
    expect(
      at.server.seen.filter(({ method, path }) => method === 'GET' && path.endsWith('/pods/a')),
    ).toHaveLength(3)
  })

  it.each<[string, Scene, DrainOptions, string, RegExp]>([
    ['the node is unknown', { nodes: {} }, {}, 'no-node', /^nodes "n1" not found$/],
    [
      'a pod without controller',
      { pods: [pod('a', { metadata: { ownerReferences: [] } }), pod('b')] },
      {},
      'refused',
      /^cannot delete Pods that declare no controller \(use --force to override\): shop\/a$/,
    ],
    ['a selector that is none', {}, { podSelector: 'a in' }, 'refused', /^"a in" is no label selector$/],
    [
      'a budget that never allows it, within a time limit',
      { pods: [pod('a')], replies: { a: [budget] } },
      { timeout: 20 },
      'failed',
      /^error when evicting pods\/"a" -n "shop": global timeout reached: 20ms$/,
    ],
    [
      'a pod that does not end within the time limit',
      { pods: [pod('a')], lingers: 1_000_000 },
      { timeout: 30 },
      'failed',
      /^error when waiting for pod "a" in namespace "shop" to terminate: context deadline exceeded$/,
    ],
    [
      'two budgets',
      {
        pods: [pod('a')],
        replies: { a: [refused(500, '', 'This pod has more than one PodDisruptionBudget')] },
      },
      {},
      'failed',
      /^error when evicting pods\/"a" -n "shop": This pod has more than one PodDisruptionBudget$/,
    ],
    [
      'two pods fail, with two reasons',
      {
        pods: [pod('a'), pod('b')],
        replies: { a: [refused(403, 'Forbidden', 'no a')], b: [refused(403, 'Forbidden', 'no b')] },
      },
      {},
      'failed',
      /^\[error when evicting pods\/"a" -n "shop": no a, error when evicting pods\/"b" -n "shop": no b\]$/,
    ],
    [
      'a deletion that is refused',
      { pods: [pod('a')], replies: { a: [refused(403, 'Forbidden', 'pods "a" is forbidden')] } },
      { disableEviction: true },
      'failed',
      /^pods "a" is forbidden$/,
    ],
    [
      'a deletion that does not end',
      { pods: [pod('a')], lingers: 1_000_000 },
      { disableEviction: true, timeout: 20 },
      'failed',
      /^context deadline exceeded$/,
    ],
    [
      'an answer that is no Status',
      {
        pods: [pod('a')],
        replies: { a: [(response) => void response.writeHead(502).end('<h1>Bad Gateway</h1>')] },
      },
      {},
      'failed',
      /Bad Gateway/,
    ],
    [
      'a failure that came with a code of success',
      {
        pods: [pod('a')],
        replies: {
          a: [(response) => json(response, 200, { kind: 'Status', status: 'Failure', message: 'no' })],
        },
      },
      {},
      'failed',
      /no$/,
    ],
  ])('%s', async (_name, given, options, kind, reason) => {
    const at = await scene(given)
    const outcome = await drainNode(at.client, 'n1', { ...PACE, ...options }, at.observer)
    expect(outcome.kind).toBe(kind)
    expect(reasonOf(outcome)).toMatch(reason)
    if (kind === 'refused') expect(changes(at.server).filter((line) => !line.startsWith('PATCH'))).toEqual([])
  })

  it.each<[string, Reply[]]>([
    ['a pod that is gone before its eviction', [refused(404, 'NotFound', 'pods "a" not found')]],
    [
      'a server that says when to ask again',
      [refused(429, 'TooManyRequests', 'later', {}, { 'retry-after': '0' }), evicted],
    ],
    ['a full server without words', [(response) => void response.writeHead(429).end('busy'), evicted]],
    [
      'a server that is not ready and says when',
      [refused(503, 'ServiceUnavailable', 'later', {}, { 'retry-after': '0' }), evicted],
    ],
    [
      'a namespace that ends, until its pod does',
      [
        refused(403, 'Forbidden', 'ends', { details: { causes: [{ reason: 'NamespaceTerminating' }] } }),
        evicted,
      ],
    ],
  ])('drains all the same: %s', async (_name, replies) => {
    const at = await scene({ pods: [pod('a')], replies: { a: replies } })
    expect(await drainNode(at.client, 'n1', PACE, at.observer)).toMatchObject({ kind: 'drained' })
    expect(at.said().at(-1)).toBe('node/n1 drained')
  })

  it('waits for a pod that is being deleted in a namespace that ends', async () => {
    const ends = refused(403, 'Forbidden', 'ends', {
      details: { causes: [{ reason: 'NamespaceTerminating' }] },
    })
    const going = pod('a', { metadata: { deletionTimestamp: new Date().toISOString() } })
    const reply: Reply = (response, remove) => {
      remove()
      ends(response, remove)
    }
    const at = await scene({ pods: [going], replies: { a: [reply] }, lingers: 1 })
    expect(await drainNode(at.client, 'n1', PACE, at.observer)).toMatchObject({ kind: 'drained' })
    expect(at.said()).toEqual(['node/n1 cordoned', 'evicting pod shop/a', 'pod/a evicted', 'node/n1 drained'])
  })

  it('takes another pod of the same name for the end of the first', async () => {
    const at = await scene({
      pods: [pod('a')],
      replies: {
        a: [
          (response) => {
            at.there.set('a', pod('a', { metadata: { uid: 'another' } }))
            json(response, 201, {})
          },
        ],
      },
    })
    expect(await drainNode(at.client, 'n1', PACE, at.observer)).toMatchObject({ kind: 'drained' })
    expect(at.said()).toContain('pod/a evicted')
  })

  it('reads the pods in pages', async () => {
    const at = await scene({ pods: [pod('a'), pod('b'), pod('c')] })
    await drainNode(at.client, 'n1', { ...PACE, chunkSize: 2, podSelector: 'app=web' }, at.observer)
    const lists = at.server.seen
      .filter(({ path }) => path === '/api/v1/pods')
      .map(({ query }) => query.toString())
    expect(lists).toEqual([
      'fieldSelector=spec.nodeName%3Dn1&labelSelector=app%3Dweb&limit=2',
      'fieldSelector=spec.nodeName%3Dn1&labelSelector=app%3Dweb&limit=2&continue=2',
    ])
    expect(at.there.size).toBe(0)
  })

  it.each<[string, readonly JsonObject[], DrainOptions, RegExp]>([
    ['policy/v1beta1', [{ ...EVICTION, version: 'v1beta1' }], {}, /^POST .*policy\/v1beta1/],
    ['a group that nobody knows', [{ ...EVICTION, group: 'acme' }], {}, /^POST .*policy\/v1beta1/],
    ['no evictions', [], {}, /^DELETE .*"kind":"DeleteOptions","apiVersion":"v1"}$/],
    ['evictions without version', [{ ...EVICTION, version: '' }], {}, /^DELETE /],
    ['no evictions wanted', [EVICTION], { disableEviction: true }, /^DELETE /],
    ['no grace', [EVICTION], { gracePeriodSeconds: 0 }, /"deleteOptions":{"gracePeriodSeconds":0}/],
    ['some grace', [EVICTION], { gracePeriodSeconds: 7 }, /"deleteOptions":{"gracePeriodSeconds":7}/],
    ['dry run', [EVICTION], { dryRun: 'server' }, /"deleteOptions":{"dryRun":\["All"\]}/],
  ])('asks by what the server has: %s', async (_name, eviction, options, expected) => {
    const at = await scene({ pods: [pod('a')], eviction })
    expect(await drainNode(at.client, 'n1', { ...PACE, ...options }, at.observer)).toMatchObject({
      kind: 'drained',
    })
    expect(changes(at.server).at(-1)).toMatch(expected)
  })

  it('changes nothing in a dry run', async () => {
    const at = await scene({ pods: [pod('a')] })
    expect(await drainNode(at.client, 'n1', { ...PACE, dryRun: 'client' }, at.observer)).toMatchObject({
      kind: 'drained',
    })
    expect(changes(at.server)).toEqual([])
    expect(at.said()).toEqual([
      'node/n1 cordoned (dry run)',
      'evicting pod shop/a (dry run)',
      'node/n1 drained (dry run)',
    ])
  })

  it('ends where it stands when it is told to, and names what is left', async () => {
    const stop = new AbortController()
    const at = await scene({ pods: [pod('a')], replies: { a: [budget] } })
    const outcome = await drainNode(
      at.client,
      'n1',
      { ...PACE, signal: stop.signal },
      { event: (event) => event.type === 'retry' && stop.abort() },
    )
    expect(outcome).toEqual({ kind: 'aborted', node: 'n1' })
  })

  it('evicts nothing where the node cannot be cordoned', async () => {
    const at = await scene({
      pods: [pod('a')],
      answer: ({ method }, response) => {
        if (method !== 'PATCH') return false
        status(response, 403, 'Forbidden', 'no')
        return true
      },
    })
    expect(await drainNode(at.client, 'n1', PACE, at.observer)).toMatchObject({ kind: 'not-cordoned' })
    expect(changes(at.server)).toHaveLength(1)
    expect(at.said()).toEqual(['error: unable to cordon node "n1": no'])
  })

  it('throws where nobody answers', async () => {
    const at = await scene({})
    await at.server.stop()
    await expect(drainNode(at.client, 'n1', PACE)).rejects.toMatchObject({ code: 'unreachable' })
  })
})

describe('drainNodes', () => {
  it('cordons all first, and goes on after one that fails', async () => {
    const nodes = { n1: {}, n2: { spec: { unschedulable: true } }, n3: {} }
    const at = await scene({
      nodes,
      answer: ({ path, query }, response) => {
        if (path !== '/api/v1/pods' || query.get('fieldSelector') !== 'spec.nodeName=n1') return false
        status(response, 403, 'Forbidden', 'no list')
        return true
      },
    })
    const found = await findNodes(at.client, {
      names: ['n1', 'node/n2', 'nodes/n3'],
      selector: '',
      chunkSize: 500,
    })
    const outcomes = await drainNodes(at.client, found as JsonObject[], PACE, at.observer)
    expect(outcomes.map(({ kind }) => kind)).toEqual(['refused', 'drained', 'drained'])
    expect(at.said()).toEqual([
      'node/n1 cordoned',
      'node/n2 already cordoned',
      'node/n3 cordoned',
      'error: unable to drain node "n1" due to error: no list, continuing command...',
      'node/n2 drained',
      'node/n3 drained',
    ])
  })

  it.each([['pod/x'], ['node/'], ['node/a/b'], ['']])('refuses %j as a node', async (name) => {
    const at = await scene({})
    await expect(findNodes(at.client, { names: [name], selector: '', chunkSize: 500 })).rejects.toMatchObject(
      {
        code: 'usage',
      },
    )
    expect(at.server.seen).toEqual([])
  })
})

describe('cordon and uncordon', () => {
  it.each<[string, JsonObject, boolean, string[], string]>([
    ['cordon', {}, true, ['PATCH /api/v1/nodes/n1 {"spec":{"unschedulable":true}}'], 'node/n1 cordoned'],
    ['cordon again', { spec: { unschedulable: true } }, true, [], 'node/n1 already cordoned'],
    [
      'uncordon',
      { spec: { unschedulable: true } },
      false,
      ['PATCH /api/v1/nodes/n1 {"spec":{"unschedulable":null}}'],
      'node/n1 uncordoned',
    ],
    ['uncordon again', {}, false, [], 'node/n1 already uncordoned'],
    ['a text is no true', { spec: { unschedulable: 'true' } }, false, [], 'node/n1 already uncordoned'],
  ])('%s', async (_name, node, cordon, sent, line) => {
    const at = await scene({ nodes: { n1: node } })
    await (cordon ? cordonNode : uncordonNode)(at.client, 'n1', {}, at.observer)
    expect(changes(at.server)).toEqual(sent)
    expect(at.said()).toEqual([line])
  })
})

describe('the last words', () => {
  const status = (
    reason: string,
    text: string,
    more: JsonObject = {},
  ): Parameters<typeof lastWords>[0][number] => ({
    kind: 'status',
    code: 403,
    reason,
    text,
    status: { message: text, ...more },
  })
  const plain = (text: string): Parameters<typeof lastWords>[0][number] => ({ kind: 'plain', text })
  it.each<[string, Parameters<typeof lastWords>[0], string]>([
    ['a sentence', [plain('x')], 'error: x\n'],
    ['a sentence that says so itself', [plain('error: x')], 'error: x\n'],
    [
      'an answer',
      [status('NotFound', 'nodes "x" not found')],
      'Error from server (NotFound): nodes "x" not found\n',
    ],
    ['an answer without reason', [status('', 'x')], 'Error from server: x\n'],
    ['nobody', [status('Unauthorized', 'x')], 'error: You must be logged in to the server (x)\n'],
    ['one node, one pod', [{ kind: 'several', errors: [plain('x')] }], 'x\n'],
    ['one node, two pods', [{ kind: 'several', errors: [plain('x'), plain('y')] }], 'x\ny\n'],
    [
      'two nodes',
      [{ kind: 'several', errors: [plain('x'), plain('y')] }, status('Forbidden', 'z')],
      '[x, y]\nError from server (Forbidden): z\n',
    ],
    [
      'an invalid request',
      [
        status('Invalid', 'm', {
          details: { kind: 'Node', name: 'n', causes: [{ field: 'a', message: 'b' }] },
        }),
      ],
      'The Node "n" is invalid: a: b\n',
    ],
    ['an invalid request without details', [status('Invalid', 'm')], 'The request is invalid: m\n'],
  ])('%s', (_name, errors, expected) => {
    expect(lastWords(errors)).toBe(expected)
  })

  it('says the same thing once', () => {
    expect(textOf({ kind: 'several', errors: [plain('x'), plain('x')] })).toBe('x')
    expect(textOf({ kind: 'several', errors: [] })).toBe('')
  })
})
