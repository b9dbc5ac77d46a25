import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { rampart } from '../cli/run-cli.js'
import { ask, type Answer } from '../cluster/admin-request.js'
import { freePorts } from '../cluster/free-ports.js'
import { startCluster, type TestCluster } from '../cluster/start-cluster.js'
import { makeCertificates, type CertificateFiles } from '../kit/certificates.js'
import { startCli, type RunningCli } from '../kit/running-cli.js'
import { cluster as shared, unavailable } from './shared-cluster.js'

if (shared === undefined) console.warn(`served-authorizer.test.ts is skipped: ${unavailable}`)

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

interface Status {
  readonly allowed: boolean
  readonly denied?: boolean
  readonly reason?: string
  readonly evaluationError?: string
}

/**
 * A real API server asks `rampart serve authorizer`, by the two files that Rampart writes for it and nothing else. It
 * keeps answers for half a minute: each step asks about users who were not asked about before.
 */
describe.skipIf(shared === undefined)('an API server that asks rampart serve authorizer', () => {
  let dir = ''
  let port = 0
  let files: CertificateFiles
  let server: RunningCli
  let cluster: TestCluster | undefined
  const policyFile = (): string => path.join(dir, 'policy.yaml')
  /** What the API server reads, and reads again when it changes. */
  const chainFile = (): string => path.join(dir, 'authorization.yaml')
  const logFile = (): string => path.join(dir, 'decisions.log')

  async function serve(): Promise<void> {
    const tls = ['--tls-cert', files.serverCert, '--tls-key', files.serverKey, '--client-ca', files.ca]
    const log = ['--decision-log', logFile()]
    const listen = ['--listen', `127.0.0.1:${port}`]
    server = startCli(['serve', 'authorizer', ...listen, ...tls, ...log, '--policy', policyFile()])
    await server.until(/serving https:/)
  }

  async function kill(): Promise<void> {
    server.process.kill('SIGKILL')
    await server.ended()
  }

  /** Has Rampart write the files of the API server, with a failure policy, and gives that of the chain. */
  function writeConfig(failurePolicy: string): string {
    const out = path.join(dir, failurePolicy)
    mkdirSync(out)
    const client = ['--client-cert', files.clientCert, '--client-key', files.clientKey]
    const url = `https://127.0.0.1:${port}/authorize`
    const words = ['--server', url, '--ca', files.ca, ...client, '--failure-policy', failurePolicy]
    expect(rampart(['serve', 'authorizer-config', ...words, '--out', out])).toMatchObject({ code: 0 })
    return path.join(out, 'authorization.yaml')
  }

  const admin = (url: string, body?: unknown): Promise<Answer> =>
    ask(
      { server: cluster!.server, ca: cluster!.ca.cert, client: cluster!.admin },
      url,
      body === undefined ? {} : { method: 'POST', body },
    )

  /** The answer of the whole chain to a question about somebody. */
  async function decided(user: string, groups: readonly string[], resource: string): Promise<Status> {
    const resourceAttributes = { verb: 'get', resource, namespace: 'default', version: 'v1' }
    const answer = await admin('/apis/authorization.k8s.io/v1/subjectaccessreviews', {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      spec: { user, groups, resourceAttributes },
    })
    expect(answer.status).toBe(201)
    return (JSON.parse(answer.body) as { status: Status }).status
  }

  /** A request of somebody with a certificate, to the resources of a namespace. */
  async function requested(user: string, groups: readonly string[], resource: string): Promise<Answer> {
    const client = await cluster!.issue(user, { name: user, groups, client: true })
    const url = `/api/v1/namespaces/default/${resource}`
    return ask({ server: cluster!.server, ca: cluster!.ca.cert, client }, url)
  }

  const bind = (role: string, user: string): Promise<Answer> =>
    admin('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: user },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }],
    })

  beforeAll(async () => {
    dir = mkdtempSync(path.join(tmpdir(), 'rampart-served-'))
    files = await makeCertificates(path.join(dir, 'pki'))
    ;[port = 0] = await freePorts(1)
    writeFileSync(policyFile(), POLICY)
    copyFileSync(writeConfig('NoOpinion'), chainFile())
    await serve()
    cluster = await startCluster({
      authorizationConfig: chainFile(),
      ...{ kubelet: false, scheduler: false, controllerManager: false },
    })
    for (const user of ['eve', 'carol', 'carol-2', 'carol-3', 'carol-4'])
      expect(await bind('cluster-admin', user)).toMatchObject({ status: 201 })
    // The binding is in force once the API server's own watch has told it.
    await vi.waitFor(async () =>
      expect(await decided('carol-4', [], 'pods')).toMatchObject({ allowed: true }),
    )
  })
  afterAll(async () => {
    await cluster?.stop()
    server?.process.kill('SIGKILL')
    rmSync(dir, { recursive: true, force: true })
  })

  it('allows what the policy allows, and RBAC does not', async () => {
    expect(await decided('bob', ['readers'], 'pods')).toEqual({ allowed: true, reason: 'rule readers' })
    expect(await requested('bob', ['readers'], 'pods')).toMatchObject({ status: 200 })
  })

  it('denies what the policy denies, whatever RBAC would say', async () => {
    expect(await decided('eve', [], 'secrets')).toEqual({
      allowed: false,
      denied: true,
      reason: 'eve reads no secrets',
    })
    const refused = await requested('eve', [], 'secrets')
    expect(refused.status).toBe(403)
    expect(JSON.parse(refused.body)).toMatchObject({
      reason: 'Forbidden',
      message: expect.stringContaining('eve reads no secrets'),
    })
    expect(await decided('eve', [], 'configmaps')).toMatchObject({ allowed: true })
  })

  it('leaves to RBAC what the policy has no opinion on', async () => {
    expect(await decided('carol', [], 'secrets')).toMatchObject({
      allowed: true,
      reason: expect.stringContaining('RBAC: allowed by ClusterRoleBinding "carol"'),
    })
    const nobody = await decided('dave', [], 'pods')
    expect(nobody.allowed).toBe(false)
    expect(nobody.denied).toBeUndefined()
    expect((await requested('dave', [], 'pods')).status).toBe(403)
  })

  it('was asked by the API server, with the attributes of the request', () => {
    const lines = readFileSync(logFile(), 'utf8').trim().split('\n')
    const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    // The review, and the request itself: the API server adds the group of all who were authenticated.
    expect(logged.filter(({ user }) => user === 'bob')).toMatchObject([
      { groups: ['readers'], verb: 'get', resource: 'pods', decision: 'allow' },
      { groups: ['readers', 'system:authenticated'], verb: 'list', resource: 'pods', decision: 'allow' },
    ])
  })

  it('follows a policy that changes while it is served, and keeps the old one when the new one is wrong', async () => {
    expect(await decided('wendy', ['writers'], 'pods')).toMatchObject({ allowed: false })
    writeFileSync(policyFile(), POLICY.replace('[readers]', '[writers]'))
    await server.until(/the policy was reloaded/)
    expect(await decided('wendy-2', ['writers'], 'pods')).toEqual({ allowed: true, reason: 'rule readers' })
    expect(await decided('bob-2', ['readers'], 'pods')).toMatchObject({ allowed: false })
    writeFileSync(policyFile(), POLICY.replace('effect: deny', 'effect: perhaps'))
    await server.until(/THE NEW POLICY IS REFUSED/)
    expect(await decided('wendy-3', ['writers'], 'pods')).toMatchObject({ allowed: true })
    writeFileSync(policyFile(), POLICY)
  })

  it('killed, with the failure policy NoOpinion: RBAC decides alone, until it is back', async () => {
    await kill()
    expect(await decided('bob-3', ['readers'], 'pods')).toMatchObject({
      allowed: false,
      evaluationError: expect.stringContaining('connection refused'),
    })
    expect(await decided('carol-2', [], 'pods')).toMatchObject({
      allowed: true,
      reason: expect.stringContaining('RBAC'),
    })
    await serve()
    expect(await decided('bob-4', ['readers'], 'pods')).toEqual({ allowed: true, reason: 'rule readers' })
  })

  it('killed, with the failure policy Deny: nobody is let in but by who stands before it, until it is back', async () => {
    const reloads = async (): Promise<number> => {
      const { body } = await admin('/metrics')
      const found =
        /^apiserver_authorization_config_controller_automatic_reloads_total\{.*status="success"\} (\d+)/m
      return Number(found.exec(body)?.[1] ?? 0)
    }
    const before = await reloads()
    copyFileSync(writeConfig('Deny'), chainFile())
    await expect.poll(reloads, { timeout: 90_000 }).toBeGreaterThan(before)
    await kill()
    expect(await decided('carol-3', [], 'pods')).toMatchObject({ allowed: false, denied: true })
    // A refusal with an error on the way is no 403: the API server says that it could not decide.
    expect((await requested('carol-3', [], 'pods')).status).toBe(500)
    // system:masters is asked of nobody.
    expect((await admin('/api/v1/namespaces/default/pods')).status).toBe(200)
    await serve()
    expect(await decided('carol-4', [], 'secrets')).toMatchObject({ allowed: true })
    expect(await decided('bob-5', ['readers'], 'pods')).toEqual({ allowed: true, reason: 'rule readers' })
  })
})
