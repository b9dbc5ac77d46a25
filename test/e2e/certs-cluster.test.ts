import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cluster, kubeconfigFor, unavailable, type ClusterFacts } from './shared-cluster.js'

const run = promisify(execFile)
const KUBECTL = process.env['KUBECTL'] ?? 'kubectl'
if (cluster === undefined) console.warn(`certs-cluster.test.ts is skipped: ${unavailable}`)

describe.skipIf(cluster === undefined)('certificates and programs of a running cluster', () => {
  const { kubeconfig, ca } = cluster ?? ({} as ClusterFacts)
  const hook = 'rampart-certs-hook'
  let dir = ''
  const at = (name: string): string => path.join(dir, name)
  const kubectl = (...args: string[]) => run(KUBECTL, ['--kubeconfig', kubeconfig, ...args])
  const rampart = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
    new Promise((resolve) => {
      const options = { env: { ...process.env, NO_COLOR: '1' }, maxBuffer: 64 * 1024 * 1024 }
      execFile(process.execPath, [path.resolve('dist/cli.js'), ...args], options, (error, out, err) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out, err }),
      )
    })

  beforeAll(async () => {
    dir = mkdtempSync(path.join(tmpdir(), 'rampart-certs-'))
    writeFileSync(
      at('hook.json'),
      JSON.stringify({
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingWebhookConfiguration',
        metadata: { name: hook },
        webhooks: [
          {
            name: 'hook.example.com',
            // It is asked about a kind that nobody has.
            rules: [
              {
                apiGroups: ['none.example.com'],
                apiVersions: ['v1'],
                operations: ['CREATE'],
                resources: ['nones'],
              },
            ],
            clientConfig: {
              url: 'https://127.0.0.1:1/hook',
              caBundle: readFileSync(ca.cert, 'base64'),
            },
            sideEffects: 'None',
            admissionReviewVersions: ['v1'],
          },
        ],
      }),
    )
    await kubectl('apply', '-f', at('hook.json'))
  })
  afterAll(async () => {
    await kubectl('delete', 'validatingwebhookconfiguration', hook, '--ignore-not-found')
    rmSync(dir, { recursive: true, force: true })
  })

  it('lists the authorities that a webhook trusts', async () => {
    const { code, out, err } = await rampart('certs', '--kubeconfig', kubeconfig, '-o', 'json')
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain(hook)
    expect(out).not.toContain('PRIVATE KEY')
  })

  it('says what a user without rights may not see', async () => {
    const nobody = await kubeconfigFor(dir, 'rampart-certs-nobody')
    const { code, out, err } = await rampart('certs', '--kubeconfig', nobody)
    expect(code).not.toBe(0)
    expect(out + err).toMatch(/forbidden|may not|refused/i)
  })

  it('says of the images that its pods run that nothing vouches for them', async () => {
    const image = 'registry.k8s.io/kube-proxy:v1.36.3'
    const digest = `sha256:${'a1'.repeat(32)}`
    writeFileSync(
      at('pod.json'),
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: hook, namespace: 'default' },
        // No node is like that: its status stays as it is written.
        spec: { nodeSelector: { none: 'such' }, containers: [{ name: 'a', image }] },
      }),
    )
    await kubectl('apply', '-f', at('pod.json'))
    const status = {
      containerStatuses: [
        { name: 'a', image, imageID: `registry.k8s.io/kube-proxy@${digest}`, ready: false, restartCount: 0 },
      ],
    }
    const patch = JSON.stringify({ status })
    await kubectl('patch', 'pod', hook, '-n', 'default', '--subresource=status', '--type=merge', '-p', patch)
    const { code, out } = await rampart('verify', '--kubeconfig', kubeconfig, '-o', 'json')
    await kubectl('delete', 'pod', hook, '-n', 'default', '--force')
    expect(code).toBe(3)
    expect(out).toContain('kube-proxy')
    expect(out).toContain(digest)
  })
})
