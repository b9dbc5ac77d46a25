import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { IMAGES } from '../cluster/start-cluster.js'
import { cluster, unavailable, type ClusterFacts } from './shared-cluster.js'

const run = promisify(execFile)
const KUBECTL = process.env['KUBECTL'] ?? 'kubectl'
if (cluster === undefined) console.warn(`fix-objects.test.ts is skipped: ${unavailable}`)

interface Run {
  readonly code: number
  readonly out: string
  readonly err: string
}

interface Deployment {
  readonly metadata: { readonly resourceVersion: string }
  readonly spec: { readonly template: { readonly spec: { readonly hostPID?: boolean } } }
}

describe.skipIf(cluster?.node === undefined)('rampart fix on objects of a running cluster', () => {
  const { kubeconfig, server } = cluster ?? ({} as ClusterFacts)
  const namespace = 'rampart-fix'
  const CHECK = ['--check', 'pod-host-namespaces']
  let dir = ''
  const at = (name: string): string => path.join(dir, name)
  const kubectl = async (...args: string[]): Promise<string> =>
    (await run(KUBECTL, ['--kubeconfig', kubeconfig, ...args], { maxBuffer: 64 * 1024 * 1024 })).stdout
  const rampart = (...args: string[]): Promise<Run> =>
    new Promise((resolve) => {
      const env = { ...process.env, NO_COLOR: '1', RAMPART_STATE_DIR: at('state') }
      execFile(
        process.execPath,
        [path.resolve('dist/cli.js'), 'fix', ...args],
        { env, maxBuffer: 64 * 1024 * 1024 },
        (error, out, err) =>
          resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out, err }),
      )
    })
  const live = (...args: string[]): Promise<Run> => rampart('--kubeconfig', kubeconfig, ...args)
  const apply = async (...objects: object[]): Promise<void> => {
    writeFileSync(at('apply.json'), JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }))
    await kubectl('apply', '--server-side', '-f', at('apply.json'))
  }
  const read = async (name: string): Promise<Deployment> =>
    JSON.parse(await kubectl('-n', namespace, 'get', 'deployment', name, '-o', 'json')) as Deployment
  const runId = ({ out }: Run): string => /\b\d{8}T\d{6}Z-fix-[0-9a-f]+\b/.exec(out)?.[0] ?? ''

  const deployment = (name: string, labels: object, ready: string): object => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          hostPID: true,
          terminationGracePeriodSeconds: 0,
          containers: [
            {
              name: 'app',
              image: IMAGES.busybox,
              imagePullPolicy: 'Never',
              command: ['sleep', '10000'],
              readinessProbe: { exec: { command: ['sh', '-c', ready] }, periodSeconds: 1 },
            },
          ],
        },
      },
    },
  })

  beforeAll(async () => {
    dir = mkdtempSync(path.join(tmpdir(), 'rampart-fix-objects-'))
    await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
    await apply(
      deployment('web', {}, 'true'),
      deployment('chart', { 'app.kubernetes.io/managed-by': 'Helm' }, 'true'),
      // Ready only while it sees the processes of its node.
      deployment('watcher', {}, 'test -e /proc/1/cmdline && ! grep -q sleep /proc/1/cmdline'),
    )
    for (const name of ['web', 'watcher'])
      await kubectl('-n', namespace, 'rollout', 'status', `deployment/${name}`, '--timeout=90s')
  }, 180_000)

  afterAll(async () => {
    await kubectl('delete', 'namespace', namespace, '--wait=false')
    await kubectl('-n', 'kube-system', 'delete', 'configmap', 'kubelet-config', '--ignore-not-found')
    rmSync(dir, { recursive: true, force: true })
  })

  it('shows what the server would make of the change, and changes nothing', async () => {
    const before = await read('web')
    const { code, out } = await live(...CHECK, '--all')
    expect(code).toBe(0)
    expect(out).toMatch(/Deployment\.apps rampart-fix\/web\n(?: .*\n)+? {2}- +hostPID: true\n/)
    expect(out).toContain(
      'Helm writes Deployment.apps rampart-fix/chart again: change it where that has it from',
    )
    expect(await read('web')).toEqual(before)
  })

  it('puts everything back when pods do not come up', async () => {
    const said = await live(...CHECK, '--apply', '--health-timeout', '15')
    expect([said.code, said.out]).toEqual([
      4,
      expect.stringMatching(/failed: Deployment\.apps rampart-fix\/watcher is not rolled out/) as string,
    ])
    for (const name of ['web', 'watcher', 'chart'])
      expect((await read(name)).spec.template.spec.hostPID).toBe(true)
  })

  it('patches, waits for the roll-out, and puts it back when asked', async () => {
    await kubectl('-n', namespace, 'delete', 'deployment', 'watcher', '--cascade=foreground')
    const said = await live(...CHECK, '--apply')
    expect([said.code, said.err]).toEqual([0, expect.any(String)])
    expect((await read('web')).spec.template.spec.hostPID).toBeUndefined()
    expect((await read('chart')).spec.template.spec.hostPID).toBe(true)
    expect(
      await kubectl(
        '-n',
        namespace,
        'get',
        'pods',
        '-l',
        'app=web',
        '-o',
        'jsonpath={.items[*].spec.hostPID}',
      ),
    ).toBe('')

    expect(await rampart('rollback', runId(said))).toMatchObject({
      code: 2,
      err: expect.stringContaining(`(${new URL(server).href}): name it, with --context NAME`) as string,
    })
    const back = await rampart('rollback', runId(said), '--kubeconfig', kubeconfig)
    expect(back.code).toBe(0)
    expect((await read('web')).spec.template.spec.hostPID).toBe(true)
  })

  it('refuses a saved plan whose object was changed since', async () => {
    expect((await live(...CHECK, '--plan', at('plan.json'))).code).toBe(0)
    await kubectl('-n', namespace, 'label', 'deployment', 'web', 'changed=yes')
    const said = await rampart('apply', at('plan.json'), '--kubeconfig', kubeconfig)
    expect([said.code, said.out + said.err]).toEqual([
      4,
      expect.stringContaining(
        'Deployment.apps rampart-fix/web was changed since the plan; plan again',
      ) as string,
    ])
    expect((await read('web')).spec.template.spec.hostPID).toBe(true)
  })

  it('changes ConfigMap kubelet-config with the file that kubeadm writes from it', async () => {
    const config =
      'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nauthentication:\n  anonymous:\n    enabled: true\n'
    await apply({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'kubelet-config', namespace: 'kube-system' },
      data: { kubelet: config },
    })
    mkdirSync(at('host/var/lib/kubelet'), { recursive: true })
    writeFileSync(at('host/var/lib/kubelet/config.yaml'), config)
    writeFileSync(at('host/var/lib/kubelet/kubeadm-flags.env'), 'KUBELET_KUBEADM_ARGS=""\n')
    mkdirSync(at('host/etc/systemd/system/kubelet.service.d'), { recursive: true })
    writeFileSync(
      at('host/etc/systemd/system/kubelet.service'),
      '[Service]\nExecStart=/usr/bin/kubelet --config=/var/lib/kubelet/config.yaml --kubeconfig=/etc/kubernetes/kubelet.conf\n',
    )
    const kubelet = async (): Promise<string> =>
      kubectl('-n', 'kube-system', 'get', 'configmap', 'kubelet-config', '-o', 'jsonpath={.data.kubelet}')
    const args = ['--host-root', at('host'), '--check', 'kubelet-anonymous-auth']
    const alone = await rampart(...args)
    expect(alone.out).toContain('kubectl -n kube-system edit configmap kubelet-config')
    expect(alone.out).toContain('kubeletconfiguration+strategic.yaml')
    const said = await live(...args, '--apply')
    expect([said.code, said.out]).toEqual([
      0,
      expect.stringContaining('ConfigMap kube-system/kubelet-config is changed with it, above.') as string,
    ])
    const closed = config.replace('enabled: true', 'enabled: false')
    expect(readFileSync(at('host/var/lib/kubelet/config.yaml'), 'utf8')).toBe(closed)
    expect(await kubelet()).toBe(closed)
    expect((await rampart('rollback', runId(said), '--kubeconfig', kubeconfig)).code).toBe(0)
    expect(readFileSync(at('host/var/lib/kubelet/config.yaml'), 'utf8')).toBe(config)
    expect(await kubelet()).toBe(config)
  })
})
