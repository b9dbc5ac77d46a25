import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Finding, SourceSummary } from '../../src/model/index.js'
import { IMAGES } from '../cluster/start-cluster.js'
import { cluster, kubeconfigFor, unavailable, type ClusterFacts } from './shared-cluster.js'

const run = promisify(execFile)
const KUBECTL = process.env['KUBECTL'] ?? 'kubectl'
if (cluster === undefined) console.warn(`live-cluster.test.ts is skipped: ${unavailable}`)

interface Run {
  readonly code: number
  readonly out: string
  readonly err: string
}

interface Audit {
  readonly sources: readonly SourceSummary[]
  readonly findings: readonly Finding[]
  readonly unknowns: readonly Finding[]
  readonly problems: readonly { readonly place: { readonly file: string } }[]
}

const SECRET = 'hunter2-of-the-live-test'

describe.skipIf(cluster === undefined)('a running cluster', () => {
  const { kubeconfig, node } = cluster ?? ({} as ClusterFacts)
  const namespace = 'rampart-live'
  let dir = ''
  const at = (name: string): string => path.join(dir, name)
  const kubectl = async (...args: string[]): Promise<string> =>
    (await run(KUBECTL, ['--kubeconfig', kubeconfig, ...args], { maxBuffer: 64 * 1024 * 1024 })).stdout
  const rampart = (...args: string[]): Promise<Run> =>
    new Promise((resolve) => {
      const options = { env: { ...process.env, NO_COLOR: '1' }, maxBuffer: 64 * 1024 * 1024 }
      execFile(process.execPath, [path.resolve('dist/cli.js'), ...args], options, (error, out, err) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out, err }),
      )
    })
  const live = (...args: string[]): Promise<Run> => rampart(...args, '--kubeconfig', kubeconfig)
  const audit = async (config: string): Promise<Audit> =>
    JSON.parse((await rampart('audit', '--kubeconfig', config, '-o', 'json')).out) as Audit
  const apply = async (...objects: object[]): Promise<void> => {
    writeFileSync(at('apply.json'), JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }))
    await kubectl('apply', '-f', at('apply.json'))
  }

  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          hostPID: true,
          containers: [
            {
              name: 'web',
              image: IMAGES.busybox,
              imagePullPolicy: 'Never',
              command: ['sleep', '10000'],
              securityContext: { privileged: true },
            },
          ],
        },
      },
    },
  }
  const binding = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'rampart-live' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ kind: 'ServiceAccount', namespace, name: 'default' }],
  }
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'db', namespace },
    type: 'rampart.test/of-a-type',
    stringData: { password: SECRET },
  }

  beforeAll(async () => {
    dir = mkdtempSync(path.join(tmpdir(), 'rampart-live-'))
    await kubectl('create', 'namespace', namespace)
    expect((await live('snapshot', '-o', at('before.rampart'))).code).toBe(0)
    await apply(secret, deployment, binding)
  })
  afterAll(async () => {
    await kubectl('delete', 'clusterrolebinding', 'rampart-live', '--ignore-not-found')
    await kubectl('delete', 'namespace', namespace, '--wait=false')
    rmSync(dir, { recursive: true, force: true })
  })

  it('is read whole, and judged with lines as kubectl prints them', async () => {
    const { sources, findings } = await audit(kubeconfig)
    expect(sources).toMatchObject([{ kind: 'cluster', complete: true }])
    const privileged = findings.find(
      ({ check, target }) =>
        check === 'pod-privileged' && target.kind === 'object' && target.object.namespace === namespace,
    )
    const evidence = privileged!.evidence.find(({ object }) => object?.kind === 'Deployment')
    expect(evidence?.file).toBe(`/apis/apps/v1/namespaces/${namespace}/deployments/web`)
    // The last applied configuration and the state move on; the template stands at the same line in both.
    const lines = (await kubectl('get', 'deployment', 'web', '-n', namespace, '-o', 'json')).split('\n')
    expect(lines[evidence!.line! - 1]).toMatch(/"privileged": true/)
  })

  it.skipIf(node === undefined)('tells what each kubelet runs with', async () => {
    const { unknowns } = await audit(kubeconfig)
    expect(unknowns.filter(({ reason }) => reason === 'not-given')).toEqual([])
    const { out } = await live('kubelet', 'config', '-o', 'json')
    const raw = JSON.parse(await kubectl('get', '--raw', `/api/v1/nodes/${node!.name}/proxy/configz`)) as {
      kubeletconfig: { authentication: { anonymous: { enabled: boolean } }; readOnlyPort?: number }
    }
    const text = JSON.stringify(JSON.parse(out))
    const { enabled } = raw.kubeletconfig.authentication.anonymous
    expect(text).toContain(`"setting":"authentication.anonymous.enabled","value":${enabled}`)
    expect(text).toContain(`"setting":"readOnlyPort","value":${raw.kubeletconfig.readOnlyPort ?? 0}`)
  })

  it('gives no value of a Secret into a snapshot', async () => {
    expect((await live('snapshot', '-o', at('now.rampart'))).code).toBe(0)
    const text = gunzipSync(readFileSync(at('now.rampart'))).toString('utf8')
    expect(text).toContain('rampart.test/of-a-type')
    expect(text).not.toContain(SECRET)
    expect(text).not.toContain(Buffer.from(SECRET).toString('base64').slice(0, 20))
  })

  it('differs from what it was: exposure and access', async () => {
    const { code, out } = await live('snapshot', 'diff', at('before.rampart'))
    expect(code).toBe(1)
    expect(out).toContain(
      `+ critical: Deployment.apps ${namespace}/web: container \`web\` runs privileged [pod-privileged]`,
    )
    expect(out).toContain(
      `+ critical: ServiceAccount ${namespace}/default may do everything, in the whole cluster`,
    )
    const back = await rampart('snapshot', 'diff', at('now.rampart'), at('before.rampart'), '-o', 'json')
    const { exposure, access } = JSON.parse(back.out) as {
      exposure: { gone: { check: string }[] }
      access: { escalations: { lost: { subject: { namespace: string } }[] } }
    }
    expect(exposure.gone.map(({ check }) => check)).toContain('pod-privileged')
    expect(access.escalations.lost.map(({ subject }) => subject.namespace)).toContain(namespace)
  })

  it('says what one user may see, and that the rest is unknown', async () => {
    const user = 'rampart-live-reader'
    await apply(
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: user },
        rules: [{ apiGroups: [''], resources: ['namespaces', 'nodes', 'pods'], verbs: ['list'] }],
      },
      {
        ...binding,
        metadata: { name: user },
        roleRef: { ...binding.roleRef, name: user },
        subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: user }],
      },
    )
    try {
      const { sources, unknowns, problems, findings } = await audit(await kubeconfigFor(dir, user))
      expect(sources).toMatchObject([{ complete: false }])
      const refused = problems.map(({ place }) => place.file)
      expect(refused).toContain('/api/v1/secrets')
      expect(refused).toContain('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings')
      expect(refused).not.toContain('/api/v1/pods')
      const open = new Map(
        unknowns.filter(({ reason }) => reason === 'not-given').map((each) => [each.check, each]),
      )
      expect(open.get('sa-token-secret')?.message).toMatch(
        /secrets is forbidden: User "rampart-live-reader" cannot list/,
      )
      expect([...open.keys()]).toContain('rbac-cluster-admin-binding')
      if (node !== undefined)
        expect(open.get('kubelet-anonymous-auth')?.message).toMatch(
          /nodes "?.* is forbidden|cannot get resource "nodes\/|proxy/,
        )
      expect(findings.some(({ check }) => check.startsWith('rbac-'))).toBe(false)
    } finally {
      await kubectl('delete', 'clusterrole,clusterrolebinding', user)
    }
  })

  it('answers as its own API server does', async () => {
    const same = /verified: the API server gives the same answer to (\d+) of \1$/m
    const one = await live(
      'can-i',
      'list',
      'secrets',
      '-A',
      '--as',
      `system:serviceaccount:${namespace}:default`,
      '--verify',
    )
    expect(one).toMatchObject({ code: 0 })
    expect(one.err).toMatch(same)
    for (const as of ['system:kube-scheduler', 'system:node:node-1', 'nobody']) {
      const matrix = await live('access-matrix', '--as', as, '--verbs', 'get,create', '--verify')
      expect(matrix.err).toMatch(same)
      expect(matrix.code).toBe(0)
    }
    const who = await live('who-can', 'create', 'pods', '--subresource', 'exec', '-n', namespace, '--verify')
    expect(who.out).toContain(`ServiceAccount ${namespace}/default`)
    expect(who.err).toMatch(same)
  })

  it('knows who we are', async () => {
    const bob = await kubeconfigFor(dir, 'bob', ['readers'])
    const admin = await live('can-i', 'delete', 'nodes')
    expect(admin).toMatchObject({ code: 0 })
    expect(admin.out).toMatch(/^yes\n/)
    // Bob may not list what would decide it: the answer says what is missing.
    const refused = await rampart('can-i', 'delete', 'nodes', '--kubeconfig', bob)
    expect(refused.err).toContain('the cluster takes us for bob (groups readers, system:authenticated)')
    expect(refused.code).toBe(3)
  })

  it('serves what kubectl says it serves', async () => {
    for (const args of [[], ['-o', 'wide'], ['-o', 'name'], ['--namespaced=false', '--sort-by', 'kind']]) {
      expect((await live('api-resources', ...args)).out).toBe(await kubectl('api-resources', ...args))
    }
  })

  describe.skipIf(node === undefined)('with the mirror pod of an API server', () => {
    const name = 'kube-apiserver-live'
    beforeAll(async () => {
      const container = {
        name: 'kube-apiserver',
        image: IMAGES.busybox,
        imagePullPolicy: 'Never',
        command: ['kube-apiserver', '--authorization-mode=RBAC', '--anonymous-auth=false'],
      }
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace: 'kube-system', labels: { component: 'kube-apiserver' } },
        spec: { containers: [container] },
      }
      writeFileSync(path.join(node!.staticPods, `${name}.yaml`), JSON.stringify(pod))
      await kubectl('wait', '--for=create', '-n', 'kube-system', `pod/${name}-${node!.name}`, '--timeout=60s')
    })
    afterAll(() => rmSync(path.join(node!.staticPods, `${name}.yaml`)))

    it('takes the chain from it, and says so', async () => {
      const { err } = await live('can-i', 'get', 'pods', '--as', 'nobody')
      expect(err).toContain(
        `note: the chain is RBAC (the flags of mirror pod kube-system/${name}-${node!.name} on ${node!.name}`,
      )
      const named = await live('can-i', 'get', 'pods', '--as', 'nobody', '--authorization-mode', 'Node,RBAC')
      expect(named.err).toMatch(/note: the chain is Node, RBAC \(--authorization-mode/)
    })

    it('judges the flags of the control plane', async () => {
      const { out } = await live('apiserver', 'config', '-o', 'json')
      expect(out).toContain('"anonymous-auth"')
    })
  })
})
