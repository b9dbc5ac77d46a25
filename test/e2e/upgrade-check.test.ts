import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../cluster/admin-request.js'
import { startCluster, type TestCluster } from '../cluster/start-cluster.js'
import { cluster as shared } from './shared-cluster.js'

interface Found {
  readonly check: string
  readonly level: string
  readonly message: string
}

/** What a real API server says of itself and of who wrote to it, as `rampart upgrade` reads it. */
describe.skipIf(shared === undefined)('rampart upgrade, and a real API server', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'rampart-upgrade-'))
  let cluster: TestCluster

  beforeAll(async () => {
    cluster = await startCluster({
      kubelet: false,
      scheduler: false,
      // A version that 1.36 still has and 1.37 has not.
      apiServerArgs: ['--runtime-config=networking.k8s.io/v1beta1=true'],
    })
  }, 120_000)

  afterAll(async () => {
    await cluster?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const admin = () => ({ server: cluster.server, ca: cluster.ca.cert, client: cluster.admin })
  const rampart = (...words: string[]) => {
    const run = spawnSync(process.execPath, [path.resolve('dist/cli.js'), 'upgrade', ...words], {
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    })
    return { status: run.status, out: run.stdout, err: run.stderr }
  }
  const check = (...more: string[]): Found[] => {
    const { out, err } = rampart(
      'check',
      '--kubeconfig',
      cluster.kubeconfig,
      '--to',
      '1.37',
      '-o',
      'json',
      ...more,
    )
    expect(out, err).not.toBe('')
    return (JSON.parse(out) as { blockers: Found[] }).blockers.filter(({ check: id }) => id === 'api-removed')
  }

  it('sees nothing where nobody asked for what ends, and asks for nothing itself', () => {
    expect(check()).toEqual([])
    expect(check()).toEqual([])
  })

  it('sees who wrote in a version that ends, and that the API server was asked for it', async () => {
    const made = await ask(admin(), '/apis/networking.k8s.io/v1beta1/servicecidrs?fieldManager=old-tool', {
      method: 'POST',
      body: {
        apiVersion: 'networking.k8s.io/v1beta1',
        kind: 'ServiceCIDR',
        metadata: { name: 'more' },
        spec: { cidrs: ['10.99.0.0/24'] },
      },
    })
    expect(made.status).toBe(201)
    const found = check()
    expect(found.map(({ level, message }) => `${level} ${message}`)).toEqual([
      expect.stringMatching(
        /^blocks somebody asked the API server for networking\.k8s\.io\/v1beta1 servicecidrs since it started, which 1\.37 no longer serves/,
      ),
      expect.stringMatching(/^warns networking\.k8s\.io\/v1beta1 ServiceCIDR .* `old-tool` wrote it so/),
    ])
  })

  it('keeps both in a snapshot', () => {
    const file = path.join(folder, 'now.rampart')
    const saved = spawnSync(
      process.execPath,
      [path.resolve('dist/cli.js'), 'snapshot', '--kubeconfig', cluster.kubeconfig, '-o', file],
      { encoding: 'utf8' },
    )
    expect(saved.status, saved.stderr).toBe(0)
    const { out, status } = rampart('check', file, '--to', '1.37', '-o', 'json')
    expect(status).toBe(1)
    const { blockers } = JSON.parse(out) as { blockers: Found[] }
    expect(blockers.filter(({ check: id }) => id === 'api-removed')).toHaveLength(2)
  })

  it('reads what Helm made only where that is allowed, and shows nothing else of it', async () => {
    const manifest =
      'apiVersion: storage.k8s.io/v1beta1\nkind: VolumeAttributesClass\nmetadata: { name: fast }\n'
    const release = Buffer.from(
      gzipSync(JSON.stringify({ manifest, config: { password: 'hunter2' } })).toString('base64'),
    )
    const made = await ask(admin(), '/api/v1/namespaces/default/secrets', {
      method: 'POST',
      body: {
        apiVersion: 'v1',
        kind: 'Secret',
        type: 'helm.sh/release.v1',
        metadata: { name: 'sh.helm.release.v1.shop.v1', labels: { owner: 'helm', status: 'deployed' } },
        data: { release: release.toString('base64') },
      },
    })
    expect(made.status).toBe(201)
    expect(check().map(({ level }) => level)).toEqual(['blocks', 'warns', 'unknown'])
    const found = check('--read-helm-releases')
    expect(found.filter(({ message }) => message.includes('release `shop` of Helm'))).toHaveLength(1)
    expect(found.some(({ level }) => level === 'unknown')).toBe(false)
    expect(JSON.stringify(found)).not.toContain('hunter2')
  })

  it("knows the version of an API server that runs in no pod, and makes no plan for what is not kubeadm's", () => {
    const { out, status } = rampart('status', '--kubeconfig', cluster.kubeconfig, '-o', 'json')
    expect(status).toBe(0)
    expect((JSON.parse(out) as { apiserver: { oldest: string } }).apiserver.oldest).toMatch(/^v1\.36\./)
    const planned = rampart('plan', '--kubeconfig', cluster.kubeconfig, '--to', '1.37')
    expect(planned.status).toBe(2)
    expect(planned.err).toContain('kubeadm-config was not read')
  })
})
