import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../cluster/admin-request.js'
import { nodeRequirements } from '../cluster/node-requirements.js'
import { IMAGES } from '../cluster/start-cluster.js'
import { startCli } from '../kit/running-cli.js'
import { cluster, kubeconfigFor, unavailable, type ClusterFacts } from './shared-cluster.js'

const run = promisify(execFile)
const KUBECTL = process.env['KUBECTL'] ?? 'kubectl'
if (cluster === undefined) console.warn(`test-cluster.test.ts is skipped: ${unavailable}`)

describe.skipIf(cluster === undefined)('the test cluster', () => {
  const { server, ca, admin, kubeconfig, components, node, etcd } = cluster ?? ({} as ClusterFacts)
  const get = (url: string) => ask({ server, ca: ca.cert, client: admin }, url)
  let dir = ''
  beforeAll(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'rampart-cluster-test-'))
  })
  afterAll(() => rmSync(dir, { recursive: true, force: true }))
  const kubectl = async (...args: string[]): Promise<string> =>
    (await run(KUBECTL, ['--kubeconfig', kubeconfig, ...args])).stdout

  it('is of the version that is named', async () => {
    const { gitVersion, minor } = JSON.parse((await get('/version')).body) as Record<string, string>
    expect(minor).toBe('36')
    expect(components.find(({ name }) => name === 'kube-apiserver')?.version).toBe(gitVersion)
  })

  it('runs every component that this machine can run', () => {
    const absent = components.filter((one) => one.absent !== undefined).map(({ name }) => name)
    expect(absent).toEqual(nodeRequirements().met ? [] : ['kubelet'])
  })

  it('knows users by certificates, with the rights of their groups', async () => {
    const bob = await kubeconfigFor(dir, 'bob', ['readers'])
    const { stdout } = await run(KUBECTL, ['--kubeconfig', bob, 'auth', 'whoami', '-o', 'json'])
    expect(JSON.parse(stdout)).toMatchObject({
      status: { userInfo: { username: 'bob', groups: ['readers', 'system:authenticated'] } },
    })
    await expect(run(KUBECTL, ['--kubeconfig', bob, 'get', 'secrets'])).rejects.toThrow(/Forbidden/)
  })

  it('lets nobody at etcd without a certificate', async () => {
    expect((await ask({ server: etcd.url, ca: ca.cert }, '/version')).status).toBe(0)
    expect((await ask({ server: etcd.url, ca: ca.cert, client: etcd.client }, '/version')).status).toBe(200)
  })

  describe.skipIf(node === undefined)('its node', () => {
    const namespace = 'test-cluster'
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace, labels: { app: 'web' } },
      spec: {
        terminationGracePeriodSeconds: 0,
        containers: [
          {
            name: 'web',
            image: IMAGES.busybox,
            imagePullPolicy: 'Never',
            command: ['sh', '-c', 'mkdir /www && echo hello >/www/index.html && exec httpd -f -p 80 -h /www'],
          },
        ],
      },
    }
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace },
      spec: { selector: { app: 'web' }, ports: [{ port: 8080, targetPort: 80 }] },
    }
    beforeAll(async () => {
      await kubectl('create', 'namespace', namespace)
      await kubectl('wait', '--for=create', 'serviceaccount/default', '-n', namespace)
      for (const object of [pod, service]) {
        const url = `/api/v1/namespaces/${namespace}/${object.kind.toLowerCase()}s`
        const made = await ask({ server, ca: ca.cert, client: admin }, url, { method: 'POST', body: object })
        expect(made.status).toBe(201)
      }
      await kubectl('wait', '--for=condition=Ready', 'pod/web', '-n', namespace, '--timeout=60s')
    })
    afterAll(() => kubectl('delete', 'namespace', namespace, '--wait=false'))

    it('runs a pod, in which commands run', async () => {
      expect(await kubectl('exec', '-n', namespace, 'web', '--', 'cat', '/www/index.html')).toBe('hello\n')
    })

    it('is reached through the API server: services, and the kubelet itself', async () => {
      const proxied = await kubectl(
        'get',
        '--raw',
        `/api/v1/namespaces/${namespace}/services/web:8080/proxy/`,
      )
      expect(proxied).toBe('hello\n')
      const configz = await kubectl('get', '--raw', `/api/v1/nodes/${node!.name}/proxy/configz`)
      expect(configz).toContain('"authorization":{"mode":"Webhook"')
    })

    it('opens a service that has a cluster IP alone, and nothing else, by rampart proxy --open', async () => {
      const cli = startCli(['proxy', '--kubeconfig', kubeconfig, '--open', `${namespace}/web`, '--port', '0'])
      let printed = ''
      cli.process.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()))
      try {
        const shown = (): string => /Open \(once\): (\S+)/.exec(printed + cli.err())?.[1] ?? ''
        await expect.poll(shown, { timeout: 20_000 }).not.toBe('')
        const entry = await fetch(shown(), { redirect: 'manual' })
        expect(entry.status).toBe(303)
        const headers = { cookie: (entry.headers.get('set-cookie') ?? '').split(';')[0] ?? '' }
        const page = await fetch(new URL(entry.headers.get('location') ?? '', shown()), { headers })
        expect([page.status, await page.text()]).toEqual([200, 'hello\n'])
        // Every path is the service's, which has no such page: the API itself is out of reach.
        const api = await fetch(new URL('/api/v1/pods', shown()), { headers })
        expect([api.status, await api.text()]).toEqual([404, expect.not.stringContaining('PodList')])
        expect(await (await fetch(new URL('/index.html', shown()), { headers })).text()).toBe('hello\n')
        expect((await fetch(new URL(page.url))).status).toBe(401)
      } finally {
        cli.process.kill('SIGTERM')
        expect(await cli.ended()).toBe(0)
      }
    })

    it('has a kubelet that lets nobody in without a credential', async () => {
      expect((await ask({ server: node!.kubelet, ca: ca.cert }, '/pods')).status).toBe(401)
      expect((await ask({ server: node!.kubelet, ca: ca.cert, client: admin }, '/pods')).status).toBe(200)
    })
  })
})
