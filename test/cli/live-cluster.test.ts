import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { json, startServer, status, type Answer, type TestServer } from '../kit/api-server.js'
import { audit, openCluster } from '../../src/index.js'
import { Authority } from '../kit/authority.js'
import { makeCertificates, type CertificateFiles } from '../kit/certificates.js'

// What a server may do that a good one does not: the command line ends with a clear message, and leaves nothing half done.

let folder: string
let files: CertificateFiles
let server: TestServer | undefined
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'rampart-live-'))
  files = await makeCertificates(folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(async () => {
  await server?.stop()
  server = undefined
})

interface Run {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs the built command line beside the server, which lives in this process. */
function rampart(...args: string[]): Promise<Run> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, HOME: folder, NO_COLOR: '1' }
    const options = { env, timeout: 50_000, maxBuffer: 64 * 1024 * 1024 }
    execFile(process.execPath, [path.resolve('dist/cli.js'), ...args], options, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out, err }),
    )
  })
}

const at = (name: string): string => path.join(folder, name)

function kubeconfig(url: string, user: object = { token: 'good' }, more = ''): string {
  const file = at('kubeconfig')
  writeFileSync(
    file,
    `apiVersion: v1
kind: Config
current-context: test
contexts: [{name: test, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: '${url}', certificate-authority: ca.crt}}]
users: [{name: u, user: ${JSON.stringify(user)}}]
${more}`,
    { mode: 0o600 },
  )
  return file
}

const resource = (name: string, kind: string, namespaced: boolean): object => ({
  resource: name,
  responseKind: { group: '', version: 'v1', kind },
  scope: namespaced ? 'Namespaced' : 'Cluster',
  singularResource: '',
  verbs: ['get', 'list'],
})
const groups = (name: string, resources: readonly object[]): object => ({
  kind: 'APIGroupDiscoveryList',
  apiVersion: 'apidiscovery.k8s.io/v2',
  items: [{ metadata: { name }, versions: [{ version: 'v1', freshness: 'Current', resources }] }],
})
const CORE = groups('', [
  resource('namespaces', 'Namespace', false),
  resource('nodes', 'Node', false),
  resource('pods', 'Pod', true),
  resource('secrets', 'Secret', true),
  resource('serviceaccounts', 'ServiceAccount', true),
])
const RBAC = 'rbac.authorization.k8s.io'
const OTHERS = groups(RBAC, [
  resource('rolebindings', 'RoleBinding', true),
  resource('clusterrolebindings', 'ClusterRoleBinding', false),
])

const list = (items: readonly object[], next = ''): object => ({
  kind: 'List',
  apiVersion: 'v1',
  metadata: { resourceVersion: '1', ...(next === '' ? {} : { continue: next }) },
  items,
})
const pod = (name: string): object => ({
  metadata: { name, namespace: 'shop' },
  spec: { containers: [{ name: 'c', image: 'i', securityContext: { privileged: true } }] },
})

/** Answers by path; every other list is empty. */
function answers(special: Readonly<Record<string, Answer>>): Answer {
  return (seen, response) => {
    const own = special[seen.path]
    if (own !== undefined) return own(seen, response)
    if (seen.path === '/api') return json(response, 200, CORE)
    if (seen.path === '/apis') return json(response, 200, OTHERS)
    json(response, 200, list([]))
  }
}

async function serve(special: Readonly<Record<string, Answer>>): Promise<string> {
  server = await startServer(answers(special), files)
  return server.url
}

const inPages: Answer = ({ query }, response) =>
  query.has('continue')
    ? json(response, 200, list([pod('two')]))
    : json(response, 200, list([pod('one')], 'next'))

describe('reading a cluster', () => {
  it('asks with GET alone, reads every page, and says what was read', async () => {
    const config = kubeconfig(await serve({ '/api/v1/pods': inPages }))
    const run = await rampart('audit', '--kubeconfig', config, '--check', 'pod-privileged')
    expect(run.err).toBe('')
    expect(run.code).toBe(1)
    expect(run.out).toContain('cluster test: 2 objects (whole cluster)')
    expect(run.out).toContain('At: /api/v1/namespaces/shop/pods/one:')
    expect(new Set(server!.seen.map(({ method }) => method))).toEqual(new Set(['GET']))
  })

  it('contacts nobody without being told to', async () => {
    kubeconfig(await serve({}))
    const run = await rampart('audit')
    expect(run.code).toBe(2)
    expect(server!.seen).toEqual([])
  })

  it('never gets a value of a Secret from a server that makes tables, and drops it from one that does not', async () => {
    const secret = {
      metadata: { name: 's', namespace: 'shop' },
      type: 'Opaque',
      data: { password: 'aHVudGVyMnNlY3JldA==' },
    }
    const config = kubeconfig(
      await serve({ '/api/v1/secrets': (_seen, response) => json(response, 200, list([secret])) }),
    )
    const run = await rampart('snapshot', '--kubeconfig', config, '-o', at('s.rampart'))
    expect(run.code).toBe(0)
    const text = gunzipSync(readFileSync(at('s.rampart'))).toString('utf8')
    expect(text).toContain('"kind":"Secret"')
    expect(text).not.toContain('aHVudGVyMnNlY3JldA')
    const asked = server!.seen.find(({ path: asked }) => asked === '/api/v1/secrets')
    expect(asked?.headers.accept).toBe('application/json;as=Table;v=v1;g=meta.k8s.io')
    rmSync(at('s.rampart'))
  })

  it('begins a list anew that expired, without objects twice', async () => {
    let expired = false
    const config = kubeconfig(
      await serve({
        '/api/v1/pods': (seen, response) => {
          if (!seen.query.has('continue') || expired) return inPages(seen, response)
          expired = true
          status(response, 410, 'Expired', 'too old')
        },
      }),
    )
    const run = await rampart('audit', '--kubeconfig', config, '-o', 'json')
    expect((JSON.parse(run.out) as { sources: { objects: number }[] }).sources[0]!.objects).toBe(2)
  })
})

describe('the library', () => {
  it('audits a cluster', async () => {
    const config = kubeconfig(await serve({ '/api/v1/pods': inPages }))
    const cluster = await openCluster({ kubeconfig: config, env: {}, cwd: folder })
    expect(server!.seen).toEqual([])
    const result = await audit({ clusters: [cluster] })
    expect(result.findings.some(({ check }) => check === 'pod-privileged')).toBe(true)
  })
})

describe('faults', () => {
  it('a server that is gone in the middle of a list: nothing is written', async () => {
    const config = kubeconfig(
      await serve({
        '/api/v1/pods': (seen, response) => {
          if (seen.query.has('continue')) response.socket?.destroy()
          else inPages(seen, response)
        },
      }),
    )
    const run = await rampart('snapshot', '--kubeconfig', config, '-o', at('gone.rampart'))
    expect(run.code).toBe(3)
    expect(run.err).toMatch(
      /^error: https:\/\/127\.0\.0\.1:\d+: the server ended the connection before its answer was whole\n$/,
    )
    expect(readdirSync(folder).filter((name) => name.startsWith('gone'))).toEqual([])
  })

  it('a server that is not there', async () => {
    const url = await serve({})
    await server!.stop()
    const run = await rampart('audit', '--kubeconfig', kubeconfig(url))
    expect(run).toMatchObject({ code: 3, out: '' })
    expect(run.err).toMatch(/nothing listens there/)
  })

  it('a token that has expired', async () => {
    const config = kubeconfig(
      await serve({ '/api': (_seen, response) => status(response, 401, 'Unauthorized', 'Unauthorized') }),
    )
    const run = await rampart('audit', '--kubeconfig', config)
    expect(run).toMatchObject({ code: 3, out: '' })
    expect(run.err).toMatch(/^error: GET \/api: the server answered 401 Unauthorized: Unauthorized\n$/)
  })

  it('a credential of a plug-in that expires in the middle: it is run again, once', async () => {
    let accepted = 'token-1'
    const needsToken =
      (answer: Answer): Answer =>
      (seen, response) => {
        if (seen.headers.authorization === `Bearer ${accepted}`) answer(seen, response)
        else status(response, 401, 'Unauthorized', 'Unauthorized')
      }
    const config = kubeconfig(
      await serve({
        '/api/v1/pods': needsToken((seen, response) => {
          accepted = 'token-2'
          inPages(seen, response)
        }),
      }),
      {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          interactiveMode: 'Never',
          command: process.execPath,
          args: [
            '-e',
            `const fs = require('fs'); const file = ${JSON.stringify(at('runs'))}
             fs.appendFileSync(file, '.'); const token = 'token-' + fs.readFileSync(file, 'utf8').length
             console.log(JSON.stringify({apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: {token}}))`,
          ],
        },
      },
    )
    const run = await rampart('audit', '--kubeconfig', config, '--check', 'pod-privileged')
    expect(run.out).toContain('2 objects (whole cluster)')
    expect(readFileSync(at('runs'), 'utf8')).toBe('..')
  })

  it('a list that is refused: the rest is read, and what is in it is unknown', async () => {
    const refusal = 'pods is forbidden: User "u" cannot list resource "pods"'
    const config = kubeconfig(
      await serve({
        '/api/v1/pods': (_seen, response) => status(response, 403, 'Forbidden', refusal),
        '/api/v1/namespaces': (_seen, response) =>
          json(response, 200, list([{ metadata: { name: 'shop' } }])),
      }),
    )
    const run = await rampart('audit', '--kubeconfig', config, '--check', 'pod-privileged', '-o', 'json')
    expect(run.code).toBe(0)
    const { unknowns, sources, problems } = JSON.parse(run.out) as Record<string, object[]>
    expect(unknowns).toMatchObject([
      {
        check: 'pod-privileged',
        result: 'unknown',
        reason: 'not-given',
        message: `GET /api/v1/pods: the server answered 403 Forbidden: ${refusal}`,
      },
    ])
    expect(sources).toMatchObject([{ kind: 'cluster', complete: false }])
    expect(problems).toMatchObject([{ level: 'error', place: { file: '/api/v1/pods' } }])
    const strict = await rampart('audit', '--kubeconfig', config, '--strict')
    expect(strict.code).toBe(2)
    // The snapshot remembers it.
    await rampart('snapshot', '--kubeconfig', config, '--from', 'examples/access', '-o', at('denied.rampart'))
    const later = await rampart('audit', at('denied.rampart'), '--check', 'pod-privileged')
    expect(later.out).toContain('the API server did not give it')
  })

  it('every list refused: nothing is judged', async () => {
    const refuse: Answer = (_seen, response) => status(response, 403, 'Forbidden', 'no')
    const lists = ['namespaces', 'nodes', 'pods', 'secrets', 'serviceaccounts'].map(
      (name) => [`/api/v1/${name}`, refuse] as const,
    )
    const config = kubeconfig(await serve(Object.fromEntries(lists)))
    const run = await rampart('audit', '--kubeconfig', config)
    expect(run).toMatchObject({ code: 3, out: '' })
    expect(run.err).toMatch(
      /nothing to judge was found.*\n {2}\/api\/v1\/namespaces: GET \/api\/v1\/namespaces: the server answered 403/,
    )
  })

  it('a server that never answers, with a limit', async () => {
    const config = kubeconfig(await serve({ '/api': () => undefined }))
    const run = await rampart('audit', '--kubeconfig', config, '--request-timeout', '1s')
    expect(run.code).toBe(3)
    expect(run.err).toMatch(/no whole answer within 1 s \(--request-timeout\)|no answer within 1 s/)
  })

  it('something else that answers in the place of an API server', async () => {
    const config = kubeconfig(
      await serve({ '/api': (_seen, response) => response.end('<html>hello</html>') }),
    )
    const run = await rampart('audit', '--kubeconfig', config)
    expect(run.code).toBe(3)
    expect(run.err).toMatch(/is no JSON: is this an API server\?/)
  })

  it.each<[string, object, RegExp]>([
    ['no key file', { 'client-certificate': 'client.crt', 'client-key': 'nowhere.key' }, /nowhere\.key/],
    ['a key that is a folder', { 'client-certificate': 'client.crt', 'client-key': '.' }, /directory/],
    [
      'a key of another certificate',
      { 'client-certificate': 'client.crt', 'client-key': 'server.key' },
      /another certificate/,
    ],
    [
      'a key that is none',
      { 'client-certificate': 'client.crt', 'client-key-data': 'aHVudGVyMg==' },
      /cannot be used/,
    ],
    ['no token file', { tokenFile: 'nowhere' }, /nowhere/],
  ])('%s: nothing is sent', async (_name, user, message) => {
    const config = kubeconfig(await serve({}), user)
    const run = await rampart('audit', '--kubeconfig', config)
    expect(run.code).toBe(2)
    expect(run.err).toMatch(message)
    expect(run.err).not.toContain('hunter2')
    expect(run.err).not.toContain('defect')
    expect(server!.seen).toEqual([])
  })

  it('a client certificate that has expired is told beside what the server says', async () => {
    const authority = await Authority.create(at('old'))
    const old = await authority.issue('old', { name: 'jane', client: true, life: -60_000 })
    const url = await serve({
      '/api': (_seen, response) => status(response, 401, 'Unauthorized', 'Unauthorized'),
    })
    const config = kubeconfig(url, { 'client-certificate': old.cert, 'client-key': old.key })
    const run = await rampart('audit', '--kubeconfig', config)
    expect(run.code).toBe(3)
    expect(run.err).toMatch(
      /^warning: the client certificate has expired on \d{4}-\S+Z\nerror: GET \/api: .* 401/,
    )
  })

  it('a kubeconfig of 10 MB', async () => {
    const entry = (index: number): string =>
      `- {name: c${index}, cluster: {server: 'https://10.0.0.1', certificate-authority-data: ${'QUJD'.repeat(250)}}}`
    const clusters = Array.from({ length: 10_000 }, (_, index) => entry(index)).join('\n')
    const url = await serve({})
    const file = at('large')
    const head = `apiVersion: v1\nkind: Config\ncurrent-context: test\ncontexts: [{name: test, context: {cluster: c, user: u}}]\nusers: [{name: u, user: {token: good}}]\n`
    writeFileSync(
      file,
      `${head}clusters:\n- {name: c, cluster: {server: '${url}', certificate-authority: ca.crt}}\n${clusters}\n`,
      { mode: 0o600 },
    )
    expect(readFileSync(file).length).toBeGreaterThan(10 * 1024 * 1024)
    const run = await rampart('audit', '--kubeconfig', file)
    expect(run.err).toMatch(/^error: nothing to judge was found/)
    expect(server!.seen.length).toBeGreaterThan(0)
  })
})

describe('questions about access', () => {
  const BOUND = {
    [`/apis/${RBAC}/v1/clusterrolebindings`]: ((_seen, response) =>
      json(
        response,
        200,
        list([
          {
            metadata: { name: 'b' },
            roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'cluster-admin' },
            subjects: [{ apiGroup: RBAC, kind: 'User', name: 'alice' }],
          },
        ]),
      )) satisfies Answer,
  }

  it('are about the user that the server takes us for, where none is named', async () => {
    const config = kubeconfig(
      await serve({
        ...BOUND,
        '/apis/authentication.k8s.io/v1/selfsubjectreviews': (_seen, response) =>
          json(response, 201, {
            status: { userInfo: { username: 'jane', groups: ['system:authenticated'] } },
          }),
      }),
    )
    const run = await rampart('can-i', 'list', 'pods', '--kubeconfig', config)
    expect(run).toMatchObject({ code: 1, out: 'no\n' })
    expect(run.err).toContain('note: the cluster takes us for jane (groups system:authenticated)')
    expect(run.err).toContain('note: the chain is Node, RBAC (assumed, since no API server was read)')
  })

  it('are verified: a difference is told, and the answer counts as unknown', async () => {
    const review: Answer = (seen, response) => {
      const { user } = (JSON.parse(seen.body) as { spec: { user: string } }).spec
      json(response, 201, { status: { allowed: user === 'mallory', reason: 'because' } })
    }
    const config = kubeconfig(
      await serve({ ...BOUND, '/apis/authorization.k8s.io/v1/subjectaccessreviews': review }),
    )
    const ask = (user: string): Promise<Run> =>
      rampart('can-i', 'list', 'pods', '--as', user, '--verify', '--kubeconfig', config)
    const same = await ask('bob')
    expect(same.code).toBe(1)
    expect(same.err).toContain('verified: the API server gives the same answer to 1 of 1')
    const different = await ask('mallory')
    expect(different.code).toBe(3)
    expect(different.err).toMatch(
      /^DIFFERENT: mallory, list pods .*: Rampart says no, the API server says yes \(because\)$/m,
    )
    // `--as` is whom the question is about: the requests are made as oneself.
    expect(server!.seen.some(({ headers }) => 'impersonate-user' in headers)).toBe(false)
  })

  it('are unknown where rights could not be read, and never a plain no', async () => {
    const refuse: Answer = (_seen, response) => status(response, 403, 'Forbidden', 'not yours')
    const config = kubeconfig(await serve({ ...BOUND, [`/apis/${RBAC}/v1/rolebindings`]: refuse }))
    const ask = (...args: string[]): Promise<Run> => rampart(...args, '--kubeconfig', config)
    const no = await ask('can-i', 'list', 'pods', '--as', 'bob')
    expect(no.code).toBe(3)
    expect(no.out).toBe(
      `unknown - rights could not be read (GET /apis/${RBAC}/v1/rolebindings: the server answered 403 Forbidden: not yours); --verify asks the API server\n`,
    )
    const explained = await ask('explain-access', 'list', 'pods', '--as', 'bob', '-o', 'json')
    expect(JSON.parse(explained.out)).toMatchObject({ answer: 'unknown' })
    const who = await ask('who-can', 'list', 'pods')
    expect(who.out).toMatch(/^not known: GET .*rolebindings: the server answered 403/m)
    // What is granted by what was read is granted.
    expect((await ask('can-i', 'list', 'pods', '--as', 'x', '--as-group', 'system:masters')).code).toBe(0)
  })

  it('need a cluster to be verified', async () => {
    const run = await rampart('can-i', 'list', 'pods', '--as', 'a', '--verify', '-f', 'examples/access')
    expect(run.code).toBe(2)
    expect(run.err).toMatch(/--verify asks an API server/)
  })
})

const RESTRICTED = {
  'pod-security.kubernetes.io/enforce': 'restricted',
  'pod-security.kubernetes.io/enforce-version': 'v1.36',
}

describe('differences', () => {
  it('between a snapshot and a cluster: exposure and access', async () => {
    const before = at('before.rampart')
    const empty = kubeconfig(
      await serve({
        '/api/v1/namespaces': (_seen, response) =>
          json(response, 200, list([{ metadata: { name: 'shop', labels: RESTRICTED } }])),
      }),
    )
    expect((await rampart('snapshot', '--kubeconfig', empty, '-o', before)).code).toBe(0)
    await server!.stop()
    const config = kubeconfig(await serve({ '/api/v1/pods': inPages }))
    const run = await rampart('snapshot', 'diff', before, '--kubeconfig', config)
    expect(run.code).toBe(1)
    expect(run.out).toContain('+ critical: Pod shop/one: container `c` runs privileged [pod-privileged]')
    const back = at('after.rampart')
    await rampart('snapshot', '--kubeconfig', config, '-o', back)
    const gone = await rampart('snapshot', 'diff', back, before, '-o', 'json')
    expect(gone.code).toBe(0)
    const { exposure } = JSON.parse(gone.out) as { exposure: Record<string, { check: string }[]> }
    expect(exposure.gone!.map(({ check }) => check)).toContain('pod-privileged')
    expect(exposure.gained).toEqual([])
    expect(existsSync(`${back}.partial`)).toBe(false)
  })

  it('what the server refuses now is not gone', async () => {
    const before = at('before.rampart')
    const seen = kubeconfig(await serve({ '/api/v1/pods': inPages }))
    await rampart('snapshot', '--kubeconfig', seen, '-o', before)
    await server!.stop()
    const config = kubeconfig(
      await serve({
        '/api/v1/pods': (_seen, response) => status(response, 403, 'Forbidden', 'no'),
        '/api/v1/namespaces': (_seen, response) =>
          json(response, 200, list([{ metadata: { name: 'shop' } }])),
      }),
    )
    const run = await rampart('snapshot', 'diff', before, '--kubeconfig', config)
    expect(run.out).toContain('? critical: Pod shop/one: container `c` runs privileged [pod-privileged]')
    expect(run.out).not.toMatch(/^ {2}- critical/m)
  })
})
