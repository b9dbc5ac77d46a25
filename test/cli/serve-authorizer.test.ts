import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createWebhookAsker,
  createWebhookMember,
  resourceQuestion,
  askedBy,
  subjectUser,
  createChain,
} from '../../src/access/index.js'
import { createSendReview, readWebhookKubeconfig } from '../../src/client/index.js'
import { makeCertificates, type CertificateFiles } from '../kit/certificates.js'
import { startCli, type RunningCli } from '../kit/running-cli.js'
import { rampart } from './run-cli.js'

const POLICY = `apiVersion: rampart.dev/v1
kind: AuthorizationPolicy
rules:
  - name: no-secrets
    effect: deny
    resources: [secrets]
    when: "request.user.startsWith('eve')"
    reason: eve reads no secrets
  - name: readers
    effect: allow
    verbs: [get, list]
    groups: [readers]
`
let dir = ''
let files: CertificateFiles
let server: RunningCli
let port = 0
let agent: https.Agent
const policyFile = (): string => path.join(dir, 'policy.yaml')
const logFile = (): string => path.join(dir, 'decisions.log')

interface Answer {
  readonly status: number
  readonly body: string
}

function post(body: string, options: https.RequestOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = https.request(
      {
        host: '127.0.0.1',
        port,
        path: '/authorize',
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json' },
        ...options,
      },
      (response) => {
        let text = ''
        response.on('data', (chunk: Buffer) => (text += chunk.toString()))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }))
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

const review = (
  user: string,
  groups: readonly string[],
  resource: string,
  version: 'v1' | 'v1beta1' = 'v1',
  verb = 'get',
): string =>
  JSON.stringify({
    apiVersion: `authorization.k8s.io/${version}`,
    kind: 'SubjectAccessReview',
    spec: {
      user,
      [version === 'v1' ? 'groups' : 'group']: groups,
      resourceAttributes: { verb, resource, version: 'v1', namespace: 'shop' },
    },
  })

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'rampart-serve-'))
  files = await makeCertificates(path.join(dir, 'pki'))
  writeFileSync(policyFile(), POLICY)
  server = startCli([
    ...[
      'serve',
      'authorizer',
      '--listen',
      '127.0.0.1:0',
      '--tls-cert',
      files.serverCert,
      '--tls-key',
      files.serverKey,
    ],
    ...[
      '--client-ca',
      files.ca,
      '--policy',
      policyFile(),
      '--decision-log',
      logFile(),
      '--metrics-listen',
      '127.0.0.1:0',
    ],
  ])
  port = Number((await server.until(/serving https:\/\/127\.0\.0\.1:(\d+)\/authorize/))[1])
  agent = new https.Agent({
    keepAlive: true,
    ca: readFileSync(files.ca),
    cert: readFileSync(files.clientCert),
    key: readFileSync(files.clientKey),
  })
}, 30_000)
afterAll(() => {
  server.process.kill('SIGKILL')
  rmSync(dir, { recursive: true, force: true })
})

describe('rampart serve authorizer', () => {
  it.each([
    ['an allow rule', review('bob', ['readers'], 'pods'), { allowed: true, reason: 'rule readers' }],
    [
      'groups of v1beta1',
      review('bob', ['readers'], 'pods', 'v1beta1'),
      { allowed: true, reason: 'rule readers' },
    ],
    ['nobody in particular', review('bob', [], 'pods'), { allowed: false }],
    [
      'a deny rule over an allow rule',
      review('eve', ['readers'], 'secrets'),
      { allowed: false, denied: true, reason: 'eve reads no secrets' },
    ],
  ])('answers %s', async (_name, body, status) => {
    const answer = await post(body)
    expect(answer.status).toBe(200)
    const { apiVersion } = JSON.parse(body) as { apiVersion: string }
    expect(JSON.parse(answer.body)).toMatchObject({ apiVersion, kind: 'SubjectAccessReview', status })
    expect((JSON.parse(answer.body) as { status: object }).status).toEqual(status)
  })

  it.each([
    ['GET', '', { method: 'GET' }, 405],
    ['another path', '{}', { path: '/other' }, 404],
    ['another type', '{}', { headers: { 'content-type': 'text/plain' } }, 415],
    ['no JSON', '{', {}, 400],
    ['no review', '{"kind":"Pod"}', {}, 400],
    ['another version', '{"kind":"SubjectAccessReview","apiVersion":"authorization.k8s.io/v2"}', {}, 400],
    [
      'nothing asked',
      '{"kind":"SubjectAccessReview","apiVersion":"authorization.k8s.io/v1","spec":{}}',
      {},
      400,
    ],
    ['too large a body', `"${'x'.repeat(2 * 1024 * 1024)}"`, {}, 413],
  ])('refuses %s', async (_name, body, options, status) => {
    const answer = await post(body, {
      agent: false,
      ca: readFileSync(files.ca),
      cert: readFileSync(files.clientCert),
      key: readFileSync(files.clientKey),
      ...options,
    }).catch((error: unknown) => ({
      status: ['EPIPE', 'ECONNRESET'].includes((error as NodeJS.ErrnoException).code ?? '') ? 413 : 0,
    }))
    expect(answer.status).toBe(status)
  })

  it('lets nobody in without a certificate', async () => {
    await expect(post('{}', { agent: new https.Agent({ ca: readFileSync(files.ca) }) })).rejects.toThrow()
  })

  it('is asked by our own webhook client as by an API server', async () => {
    const kubeconfig = path.join(dir, 'webhook.kubeconfig')
    const printed = rampart([
      'serve',
      'authorizer-config',
      '--server',
      `https://127.0.0.1:${port}/authorize`,
      '--ca',
      files.ca,
      '--client-cert',
      files.clientCert,
      '--client-key',
      files.clientKey,
      '--out',
      dir,
    ])
    expect(printed.code).toBe(0)
    expect(readFileSync(path.join(dir, 'authorization.yaml'), 'utf8')).toContain(kubeconfig)
    const send = createSendReview(readWebhookKubeconfig(kubeconfig), 3000)
    const ask = createWebhookAsker({
      version: 'v1',
      timeout: 3000,
      authorizedTTL: 0,
      unauthorizedTTL: 0,
      send,
    })
    const chain = createChain([
      createWebhookMember({ name: 'served', failurePolicy: 'Deny', conditions: [], ask }),
    ])
    const asked = (name: string, resource: string) =>
      askedBy(subjectUser(name, ['readers']), resourceQuestion({ verb: 'get', resource, namespace: 'shop' }))
    expect(await chain.authorize(asked('bob', 'pods'))).toMatchObject({
      verdict: 'allow',
      reason: 'rule readers',
    })
    expect(await chain.authorize(asked('eve', 'secrets'))).toMatchObject({
      verdict: 'deny',
      reason: 'eve reads no secrets',
    })
    expect(await chain.authorize(asked('bob', 'pods'))).toMatchObject({ verdict: 'allow' })
  })

  it('reloads a policy, and refuses a bad one loudly', async () => {
    writeFileSync(policyFile(), POLICY.replace('[readers]', '[writers]'))
    await server.until(/the policy was reloaded/)
    expect(
      (JSON.parse((await post(review('bob', ['readers'], 'pods'))).body) as { status: object }).status,
    ).toEqual({ allowed: false })
    writeFileSync(
      policyFile(),
      'apiVersion: rampart.dev/v1\nkind: AuthorizationPolicy\nrules: [{effect: allow, when: "request.nothing"}]\n',
    )
    await server.until(/THE NEW POLICY IS REFUSED/)
    expect(server.err()).toContain(
      `${policyFile()}:3: \`when\` does not compile, line 1, column 8 of the expression: undefined field 'nothing'`,
    )
    expect(
      (JSON.parse((await post(review('bob', ['writers'], 'pods'))).body) as { status: object }).status,
    ).toMatchObject({ allowed: true })
  })

  it('logs who asked for what, and answers what has begun when it stops', async () => {
    const begun = post(review('last', ['writers'], 'pods'))
    server.process.kill('SIGTERM')
    expect((await begun).status).toBe(200)
    agent.destroy()
    expect(await server.ended()).toBe(0)
    const lines = readFileSync(logFile(), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines[0]).toMatchObject({
      user: 'bob',
      groups: ['readers'],
      verb: 'get',
      resource: 'pods',
      decision: 'allow',
      policy: `${policyFile()}:9`,
    })
    expect(lines.at(-1)).toMatchObject({ user: 'last', decision: 'allow' })
  })
})

describe('rampart serve authorizer, wrongly called', () => {
  it.each([
    ['no policy', [], /name a policy/],
    ['no certificate', ['--policy', 'examples/access/rbac.yaml'], /--tls-cert/],
    [
      'an open address',
      ['--policy', 'examples/access/rbac.yaml', '--insecure-loopback', '--listen', '0.0.0.0:1'],
      /is none/,
    ],
    ['no address', ['--policy', 'examples/access/rbac.yaml', '--listen', 'x'], /HOST:PORT/],
    ['a missing policy', ['--policy', '/nonexistent', '--insecure-loopback'], /the policy is refused/],
    [
      'certificates that are none',
      [
        ...[
          '--policy',
          'examples/access/rbac.yaml',
          '--tls-cert',
          'package.json',
          '--tls-key',
          'package.json',
        ],
        ...['--client-ca', 'package.json'],
      ],
      /cannot be used for TLS/,
    ],
    [
      'a log that cannot be written',
      ['--policy', 'examples/access/rbac.yaml', '--insecure-loopback', '--decision-log', '/nonexistent/log'],
      /--decision-log: ENOENT/,
    ],
    [
      'an address that is not here',
      [
        '--policy',
        'examples/access/rbac.yaml',
        '--insecure-loopback',
        '--listen',
        '127.0.0.1:1',
        '--metrics-listen',
        'x',
      ],
      /--metrics-listen is HOST:PORT/,
    ],
  ])('%s', (_name, args, message) => {
    const run = rampart(['serve', 'authorizer', ...args])
    expect(run.err).toMatch(message)
    expect(run.code).toBe(2)
  })

  it('asks for client certificates', () => {
    const run = rampart([
      'serve',
      'authorizer',
      '--policy',
      'examples/access/rbac.yaml',
      '--tls-cert',
      files.serverCert,
      '--tls-key',
      files.serverKey,
    ])
    expect(run.err).toContain('--client-ca')
    expect(run.code).toBe(2)
  })

  it('refuses fields that a policy does not have', () => {
    const file = path.join(dir, 'unknown.yaml')
    writeFileSync(file, 'apiVersion: rampart.dev/v1\nkind: AuthorizationPolicy\nrule: []\nrules: []\n')
    const run = rampart(['serve', 'authorizer', '--check-only', '--policy', file])
    expect(run.err).toContain(`${file}:3: \`rule\` is no field of a policy`)
    expect(run.code).toBe(2)
  })

  it('warns of an allow rule for every verb', () => {
    const file = path.join(dir, 'every.yaml')
    writeFileSync(
      file,
      'apiVersion: rampart.dev/v1\nkind: AuthorizationPolicy\nrules: [{effect: allow, verbs: ["*"], users: [root]}]\n',
    )
    expect(rampart(['serve', 'authorizer', '--check-only', '--policy', file]).err).toContain('impersonate:*')
  })

  it('writes over no files of an API server', () => {
    const folder = path.join(dir, 'twice')
    mkdirSync(folder)
    const { ca, clientCert, clientKey } = files
    const words = ['--ca', ca, '--client-cert', clientCert, '--client-key', clientKey, '--out', folder]
    const args = ['serve', 'authorizer-config', '--server', 'https://127.0.0.1:1/authorize', ...words]
    expect(rampart(args).code).toBe(0)
    rmSync(path.join(folder, 'webhook.kubeconfig'))
    const again = rampart(args)
    expect(again.err).toContain('authorization.yaml` exists already')
    expect(again.code).toBe(2)
    expect(readdirSync(folder)).toEqual(['authorization.yaml'])
  })

  it('warns of an allow rule without verbs, which never allows impersonation', () => {
    const file = path.join(dir, 'wide.yaml')
    writeFileSync(
      file,
      'apiVersion: rampart.dev/v1\nkind: AuthorizationPolicy\nrules: [{name: wide, effect: allow, users: [root]}]\n',
    )
    const run = rampart(['serve', 'authorizer', '--check-only', '--policy', file])
    expect(run.err).toContain('never allows impersonate:*')
    expect(run.code).toBe(0)
  })
})

describe('rampart serve authorizer, from several policies', () => {
  const abac = (): string => path.join(dir, 'lines.jsonl')
  let mixed: RunningCli
  let own = 0
  let health = 0
  const small = new http.Agent({ keepAlive: true })

  function send(body: string, to = own, target = '/authorize'): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const request = http.request(
        {
          ...{
            host: '127.0.0.1',
            port: to,
            path: target,
            agent: small,
            method: body === '' ? 'GET' : 'POST',
          },
          headers: { 'content-type': 'application/json' },
        },
        (response) => {
          let text = ''
          response.on('data', (chunk: Buffer) => (text += chunk.toString()))
          response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }))
        },
      )
      request.on('error', reject)
      request.end(body)
    })
  }
  const statusOf = async (...args: Parameters<typeof review>): Promise<object> =>
    (JSON.parse((await send(review(...args))).body) as { status: object }).status

  beforeAll(async () => {
    writeFileSync(
      abac(),
      '{"apiVersion":"abac.authorization.kubernetes.io/v1beta1","kind":"Policy","spec":{"user":"zoe","namespace":"*","resource":"*","apiGroup":"*"}}\n',
    )
    const rules = path.join(dir, 'mixed.yaml')
    writeFileSync(
      rules,
      POLICY.replace("startsWith('eve')", "startsWith('zoe')").concat(
        '  - { name: wide, effect: allow, users: [root] }\n',
      ),
    )
    mixed = startCli([
      ...['serve', 'authorizer', '--insecure-loopback', '--listen', '127.0.0.1:0', '--policy', rules],
      ...['--policy', abac(), '--policy', 'examples/access/rbac.yaml', '--metrics-listen', '127.0.0.1:0'],
    ])
    own = Number((await mixed.until(/serving http:\/\/127\.0\.0\.1:(\d+)\/authorize/))[1])
    health = Number((await mixed.until(/health on http:\/\/127\.0\.0\.1:(\d+)/))[1])
  }, 30_000)
  afterAll(() => {
    small.destroy()
    mixed.process.kill('SIGKILL')
  })

  it('the first part that allows or denies decides', async () => {
    expect(await statusOf('zoe', [], 'secrets')).toMatchObject({ allowed: false, denied: true })
    expect(await statusOf('zoe', [], 'pods')).toMatchObject({ allowed: true })
    expect(await statusOf('nobody', [], 'pods')).toMatchObject({ allowed: false })
  })

  it('a line of ABAC never allows impersonation', async () => {
    expect(await statusOf('zoe', [], 'pods', 'v1', 'delete')).toMatchObject({ allowed: true })
    for (const verb of ['impersonate:user-info', 'impersonate-on:serviceaccount:get'])
      expect(await statusOf('zoe', [], 'users', 'v1', verb)).toMatchObject({ allowed: false })
  })

  it('an allow rule without verbs never allows impersonation', async () => {
    expect(await statusOf('root', [], 'pods', 'v1', 'delete')).toMatchObject({ allowed: true })
    for (const verb of ['impersonate:user-info', 'impersonate-on:serviceaccount:get'])
      expect(await statusOf('root', [], 'users', 'v1', verb)).toMatchObject({ allowed: false })
  })

  it('tells its health and its metrics without a certificate', async () => {
    expect((await send('', health, '/readyz')).status).toBe(200)
    expect((await send('', health, '/healthz')).body).toBe('ok\n')
    expect((await send('', health, '/metrics')).body).toMatch(
      /rampart_authorizer_decisions_total\{decision="deny"\} \d/,
    )
    expect((await send('', own, '/livez')).status).toBe(200)
  })

  it('sees a policy that is replaced by another file, more than once', async () => {
    for (const user of ['ann', 'ben']) {
      const next = `${abac()}.new`
      writeFileSync(next, readFileSync(abac(), 'utf8').replace(/"user":"\w+"/, `"user":"${user}"`))
      renameSync(next, abac())
      await expect.poll(() => statusOf(user, [], 'pods'), { timeout: 9000 }).toMatchObject({ allowed: true })
    }
    expect(await statusOf('zoe', [], 'pods')).toMatchObject({ allowed: false })
  }, 20_000)

  it('loses no request when it stops while it is asked', async () => {
    let answered = 0
    const lost: string[] = []
    const worker = async (): Promise<void> => {
      for (;;) {
        try {
          const { status } = await send(review('ben', [], 'pods'))
          if (status !== 200) lost.push(`status ${status}`)
          answered++
        } catch (error) {
          // Nobody listens any more: such a request was never taken.
          if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') lost.push((error as Error).message)
          return
        }
      }
    }
    const workers = Array.from({ length: 8 }, worker)
    await expect.poll(() => answered).toBeGreaterThan(20)
    mixed.process.kill('SIGTERM')
    await Promise.all(workers)
    expect(await mixed.ended()).toBe(0)
    expect(lost).toEqual([])
  }, 20_000)
})
