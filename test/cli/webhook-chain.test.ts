import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { TLSSocket } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeCertificates, type CertificateFiles } from '../kit/certificates.js'
import {
  always,
  reviewed,
  startWebhook,
  type ScriptedWebhook,
  type WebhookScript,
} from '../kit/scripted-webhook.js'
import { rampart, rampartBeside } from './run-cli.js'

const RBAC = 'examples/access/rbac.yaml'
let dir = ''
let files: CertificateFiles
let others: CertificateFiles
let webhook: ScriptedWebhook | undefined
const file = (name: string, text: string): string => {
  const full = path.join(dir, name)
  writeFileSync(full, text)
  return full
}
beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'rampart-webhook-'))
  files = await makeCertificates(path.join(dir, 'pki'))
  others = await makeCertificates(path.join(dir, 'other-pki'))
})
afterEach(() => webhook?.stop())
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const kubeconfig = (server: string, user: object = {}, cluster: object = {}): string =>
  file(
    'webhook.kubeconfig',
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'hook', cluster: { server, 'certificate-authority': files.ca, ...cluster } }],
      users: [{ name: 'apiserver', user }],
      contexts: [{ name: 'c', context: { cluster: 'hook', user: 'apiserver' } }],
      'current-context': 'c',
    }),
  )

interface HookOptions {
  readonly failurePolicy?: string
  readonly timeout?: string
  readonly version?: string
  readonly more?: object
}

const configuration = (
  kubeConfigFile: string,
  { failurePolicy = 'NoOpinion', timeout = '3s', version = 'v1', more = {} }: HookOptions = {},
): string =>
  file(
    'authz.yaml',
    JSON.stringify({
      apiVersion: 'apiserver.config.k8s.io/v1',
      kind: 'AuthorizationConfiguration',
      authorizers: [
        {
          type: 'Webhook',
          name: 'policy',
          webhook: {
            timeout,
            subjectAccessReviewVersion: version,
            failurePolicy,
            connectionInfo: { type: 'KubeConfigFile', kubeConfigFile },
            ...more,
          },
        },
        { type: 'RBAC', name: 'rbac' },
      ],
    }),
  )

const question = (user: string): string[] => ['get', 'pods', '-n', 'shop', '--as', user, '-f', RBAC]

/** Starts a webhook, asks through it, and gives the answer. alice may read pods by RBAC, mallory may nothing. */
async function asked(
  script: WebhookScript,
  user = 'alice',
  options: HookOptions & { certificate?: CertificateFiles } = {},
) {
  webhook = await startWebhook(options.certificate ?? files, script)
  const config = configuration(kubeconfig(webhook.url), options)
  const run = await rampartBeside([
    'explain-access',
    ...question(user),
    '--authorization-config',
    config,
    '--ask-webhooks',
    '-o',
    'json',
  ])
  const answer = JSON.parse(run.out) as {
    answer: string
    error?: string
    reason: string
    steps: { authorizer: string; verdict: string; reason: string; error?: string; note?: string }[]
  }
  return {
    ...answer,
    run,
    calls: webhook.received.length,
    step: answer.steps.find((each) => each.authorizer === 'policy'),
  }
}

describe('a webhook that answers', () => {
  it.each<[string, WebhookScript, HookOptions, string, object]>([
    [
      'allowed',
      always(200, reviewed({ allowed: true, reason: 'known here' })),
      {},
      'yes',
      { verdict: 'allow', reason: 'known here' },
    ],
    [
      'denied',
      always(200, reviewed({ denied: true, reason: 'never' })),
      {},
      'no',
      { verdict: 'deny', reason: 'never' },
    ],
    ['no opinion', always(200, reviewed({ allowed: false })), {}, 'yes', { verdict: 'noOpinion' }],
    [
      'allowed and denied at once',
      always(200, reviewed({ allowed: true, denied: true })),
      {},
      'no',
      { verdict: 'deny', error: 'webhook subject access review returned both allow and deny response' },
    ],
    [
      'v1beta1 where v1beta1 is asked',
      always(200, reviewed({ denied: true }, 'v1beta1')),
      { version: 'v1beta1' },
      'no',
      { verdict: 'deny' },
    ],
    [
      'another version, failing open',
      always(200, reviewed({ denied: true }, 'v1beta1')),
      {},
      'yes',
      { verdict: 'noOpinion' },
    ],
    [
      'another version, failing closed',
      always(200, reviewed({ allowed: true }, 'v1beta1')),
      { failurePolicy: 'Deny' },
      'no',
      { verdict: 'deny' },
    ],
    [
      '401',
      always(401, 'who?'),
      { failurePolicy: 'Deny' },
      'no',
      { verdict: 'deny', error: 'the webhook answered with HTTP status 401: who?' },
    ],
    ['403', always(403, ''), {}, 'yes', { error: 'the webhook answered with HTTP status 403' }],
    ['404', always(404, ''), {}, 'yes', { error: 'the webhook answered with HTTP status 404' }],
    ['something else', always(200, 'hello'), { failurePolicy: 'Deny' }, 'no', { verdict: 'deny' }],
  ])('%s', async (_name, script, options, answer, step) => {
    const seen = await asked(script, 'alice', options)
    expect(seen.answer).toBe(answer)
    expect(seen.run.code).toBe(answer === 'yes' ? 0 : 1)
    expect(seen.step).toMatchObject(step)
    expect(seen.calls).toBe(1)
  })

  it('500 is tried five times with growing waits, and the failure stays beside a refusal', async () => {
    const start = Date.now()
    const seen = await asked(always(500, ''), 'mallory')
    expect(seen.calls).toBe(5)
    expect(Date.now() - start).toBeGreaterThan(500 + 750 + 1125 + 1687)
    expect(seen.answer).toBe('no')
    expect(seen.error).toBe('the webhook answered with HTTP status 500 (5 tries)')
  }, 20_000)

  it('429 is asked again after the time that it names', async () => {
    const start = Date.now()
    const seen = await asked((response, number, received) => {
      if (number === 0) always(429, '', { 'retry-after': '1' })(response, number, received)
      else always(200, reviewed({ denied: true, reason: 'second thought' }))(response, number, received)
    })
    expect(Date.now() - start).toBeGreaterThanOrEqual(1000)
    expect([seen.calls, seen.answer, seen.reason]).toEqual([2, 'no', 'second thought'])
  })
})

describe('a webhook that does not answer', () => {
  it.each([
    ['fails open when its timeout is over', 'NoOpinion', 'yes', 'noOpinion'],
    ['fails closed when its timeout is over', 'Deny', 'no', 'deny'],
  ])('%s', async (_name, failurePolicy, answer, verdict) => {
    const seen = await asked(() => undefined, 'alice', { failurePolicy, timeout: '300ms' })
    expect(seen.answer).toBe(answer)
    expect(seen.step).toMatchObject({ verdict })
    expect(seen.step?.error).toMatch(/no whole answer within \d+ ms/)
    expect(seen.calls).toBe(1)
  })

  it('hangs in the middle of its answer', async () => {
    const seen = await asked(
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        response.write('{"status":')
      },
      'alice',
      { timeout: '300ms' },
    )
    expect(seen.step?.error).toMatch(/no whole answer within/)
  })

  it('shows a wrong certificate', async () => {
    const seen = await asked(always(200, reviewed({ allowed: true })), 'mallory', { certificate: others })
    expect(seen.answer).toBe('no')
    expect(seen.step?.error).toMatch(/certificate/)
    expect(seen.calls).toBe(0)
  })

  it('sends its callers elsewhere, where nobody is asked', async () => {
    webhook = await startWebhook(files, always(307, '', { location: 'https://127.0.0.1:1/elsewhere' }))
    const config = configuration(kubeconfig(webhook.url))
    const run = await rampartBeside([
      'can-i',
      ...question('alice'),
      '--authorization-config',
      config,
      '--ask-webhooks',
    ])
    expect(run.code).toBe(3)
    expect(run.err).toContain('sends its callers on to https://127.0.0.1:1; an API server would ask there')
  })
})

describe('what a webhook is sent', () => {
  it('is what an API server sends: the review, the time allowed, the client certificate', async () => {
    webhook = await startWebhook(files, (response, number, received) => {
      const { socket } = received.request
      const known = socket instanceof TLSSocket && socket.authorized
      const subject = known ? socket.getPeerCertificate().subject.CN : 'nobody'
      always(200, reviewed({ allowed: true, reason: subject }))(response, number, received)
    })
    const user = { 'client-certificate': files.clientCert, 'client-key': files.clientKey }
    const config = configuration(kubeconfig(webhook.url, user), { timeout: '2.5s' })
    const run = await rampartBeside([
      ...['can-i', ...question('bob'), '--as-group', 'dev', '-o', 'json'],
      ...['--authorization-config', config, '--ask-webhooks'],
    ])
    expect(JSON.parse(run.out)).toMatchObject({
      answer: 'yes',
      reason: 'client',
      grant: { kind: 'webhook', name: 'policy' },
      chain: {
        authorizers: [
          { name: 'policy', type: 'Webhook' },
          { name: 'rbac', type: 'RBAC' },
        ],
        origin: { kind: 'file' },
      },
    })
    const [received] = webhook.received
    expect(received?.request.method).toBe('POST')
    expect(received?.request.url).toBe('/authorize?timeout=2.5s')
    expect(JSON.parse(received?.body ?? '')).toMatchObject({
      kind: 'SubjectAccessReview',
      spec: {
        user: 'bob',
        groups: ['dev', 'system:authenticated'],
        resourceAttributes: { namespace: 'shop', verb: 'get', resource: 'pods' },
      },
    })
  })

  it('a token, which stands in no output', async () => {
    webhook = await startWebhook(files, always(403, 'no'))
    const config = configuration(kubeconfig(webhook.url, { token: 's3cr3t-t0ken' }))
    const run = await rampartBeside([
      'can-i',
      ...question('mallory'),
      '-o',
      'json',
      '--authorization-config',
      config,
      '--ask-webhooks',
    ])
    expect(webhook.received[0]?.request.headers.authorization).toBe('Bearer s3cr3t-t0ken')
    expect(run.out + run.err).not.toContain('s3cr3t')
  })

  it('nothing at all where a condition excludes the request', async () => {
    const seen = await asked(always(200, reviewed({ denied: true })), 'alice', {
      more: {
        matchConditionSubjectAccessReviewVersion: 'v1',
        matchConditions: [{ expression: "has(request.resourceAttributes) && request.user != 'alice'" }],
      },
    })
    expect(seen.calls).toBe(0)
    expect(seen.answer).toBe('yes')
    expect(seen.step?.note).toContain("request.user != 'alice'` is false")
  })
})

describe('without --ask-webhooks', () => {
  it.each([
    ['alice', 'NoOpinion', ['it has no opinion: yes', 'it fails (failurePolicy NoOpinion): yes']],
    [
      'alice',
      'Deny',
      ['it has no opinion: yes', 'it fails (failurePolicy Deny): no, the request ends with HTTP status 500'],
    ],
    [
      'mallory',
      'NoOpinion',
      [
        'it has no opinion: no',
        'it fails (failurePolicy NoOpinion): no, the request ends with HTTP status 500',
      ],
    ],
  ])('%s under %s: the answer is unknown, and nothing is read', (user, failurePolicy, lines) => {
    const config = configuration('/nonexistent/webhook.kubeconfig', { failurePolicy })
    const run = rampart(['can-i', ...question(user), '--authorization-config', config])
    expect(run.code).toBe(3)
    expect(run.out).toContain(
      'unknown - the webhook policy decides; ask it with --ask-webhooks\n  it allows: yes\n  it denies: no\n',
    )
    for (const line of lines) expect(run.out).toContain(`  ${line}`)
  })

  it('tells what each of two webhooks leads to', () => {
    const hook = (name: string) => ({
      type: 'Webhook',
      name,
      webhook: {
        timeout: '1s',
        subjectAccessReviewVersion: 'v1',
        failurePolicy: 'Deny',
        connectionInfo: { type: 'KubeConfigFile', kubeConfigFile: '/k' },
      },
    })
    const text = {
      apiVersion: 'apiserver.config.k8s.io/v1beta1',
      kind: 'AuthorizationConfiguration',
      authorizers: [hook('first'), hook('second'), { type: 'RBAC', name: 'rbac' }],
    }
    const run = rampart([
      'can-i',
      ...question('alice'),
      '--authorization-config',
      file('two.yaml', JSON.stringify(text)),
    ])
    expect(run.out).toContain(
      '  it has no opinion: the webhook second decides\n    it allows: yes\n    it denies: no\n    it has no opinion: yes\n',
    )
  })

  it('lists what can be listed and says what cannot', () => {
    const config = configuration('/nonexistent/webhook.kubeconfig')
    const run = rampart([
      'can-i',
      '--list',
      '--as',
      'alice',
      '-n',
      'shop',
      '-f',
      RBAC,
      '--authorization-config',
      config,
    ])
    expect(run.code).toBe(0)
    expect(run.out).toContain('pods')
    expect(run.err).toContain(
      'the list may be incomplete: policy: webhook authorizer does not support user rule resolution',
    )
  })

  it('with it, a kubeconfig file that is not there has its place in the configuration', () => {
    const config = configuration('/nonexistent/webhook.kubeconfig')
    const run = rampart(['can-i', ...question('alice'), '--authorization-config', config, '--ask-webhooks'])
    expect(run.code).toBe(2)
    expect(run.err).toMatch(
      /authz\.yaml:1:\d+: `authorizers\[0\]\.webhook\.connectionInfo\.kubeConfigFile`: the file `\/nonexistent/,
    )
  })
})
