import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../cluster/admin-request.js'
import { provideComponents } from '../cluster/components.js'
import { startCluster, type TestCluster } from '../cluster/start-cluster.js'
import { cluster as shared } from './shared-cluster.js'

/** The files that Rampart writes for the API server, given to a real one. */
describe.skipIf(shared === undefined)('rampart kubeadm config, and the real kube-apiserver', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'rampart-setup-'))
  const below = path.join(folder, 'out/etc/kubernetes')
  let cluster: TestCluster

  beforeAll(async () => {
    execFileSync(process.execPath, [
      ...[path.resolve('dist/cli.js'), 'kubeadm', 'config', '--hardened', '--kubernetes-version', 'v1.36.3'],
      ...['--control-plane-endpoint', 'api.example.org:6443', '--out', path.join(folder, 'out')],
    ])
    const hardening = path.join(below, 'hardening')
    for (const name of readdirSync(hardening)) {
      const file = path.join(hardening, name)
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll('/etc/kubernetes/hardening', hardening))
    }
    mkdirSync(path.join(folder, 'audit'))
    cluster = await startCluster({ kubelet: false, scheduler: false, apiServerArgs: flags(hardening) })
  }, 120_000)

  afterAll(async () => {
    await cluster?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** The flags of init.yaml, as kubeadm would give them. */
  function flags(hardening: string): string[] {
    const init = readFileSync(path.join(below, 'kubeadm/init.yaml'), 'utf8')
    const apiServer = init.slice(init.indexOf('apiServer:'), init.indexOf('extraVolumes:'))
    const given = [...apiServer.matchAll(/- name: (\S+)\n\s+value: "?([^"\n]+)"?/g)].map(
      ([, name, value]) => `--${name}=${value}`,
    )
    expect(given.length).toBeGreaterThan(10)
    return given
      .filter((flag) => !flag.startsWith('--kubelet-certificate-authority='))
      .map((flag) =>
        flag
          .replace('/etc/kubernetes/hardening', hardening)
          .replace('/var/log/kubernetes/audit', path.join(folder, 'audit')),
      )
  }

  const admin = () => ({ server: cluster.server, ca: cluster.ca.cert, client: cluster.admin })
  const anonymous = () => ({ server: cluster.server, ca: cluster.ca.cert })

  it.each([
    ['/livez', 200],
    ['/readyz', 200],
    ['/healthz', 200],
    ['/version', 401],
    ['/api', 401],
    ['/api/v1/namespaces/kube-public/configmaps/other', 401],
    // Let through to the authorizer, which kubeadm init gives a role for it.
    ['/api/v1/namespaces/kube-public/configmaps/cluster-info', 403],
  ])('without a credential, %s is answered with %i', async (where, status) => {
    expect((await ask(anonymous(), where)).status).toBe(status)
  })

  it('writes Secrets encrypted, and records who did without what is in them', async () => {
    const body = { metadata: { name: 'seen' }, stringData: { a: 'planted-secret' } }
    const { status } = await ask(admin(), '/api/v1/namespaces/default/secrets', { method: 'POST', body })
    expect(status).toBe(201)
    const log = path.join(folder, 'audit/audit.log')
    await expect.poll(() => readFileSync(log, 'utf8')).toContain('"resource":"secrets"')
    expect(readFileSync(log, 'utf8')).not.toContain('planted-secret')
    const stored = readdirSync(cluster.folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.wal'))
      .map((name) => readFileSync(path.join(cluster.folder, name), 'latin1'))
      .join('')
    expect(stored).toContain('k8s:enc:secretbox:v1:key1:')
    expect(stored).not.toContain('planted-secret')
  })

  it('refuses privileged pods where no label allows them', async () => {
    const pod = {
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'c', image: 'x', securityContext: { privileged: true } }] },
    }
    const where = '/api/v1/namespaces/default/pods?dryRun=All'
    const { status, body } = await ask(admin(), where, { method: 'POST', body: pod })
    expect(status).toBe(403)
    expect(body).toContain('violates PodSecurity \\"baseline:latest\\"')
  })

  it('is taken by the real kubeadm', async () => {
    const { program } = await provideComponents(() => undefined)
    for (const name of ['init.yaml', 'join-worker.yaml', 'upgrade.yaml']) {
      const config = path.join(below, 'kubeadm', name)
      const { status, stderr } = spawnSync(program, ['kubeadm', 'config', 'validate', '--config', config], {
        encoding: 'utf8',
      })
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    }
  })
})
