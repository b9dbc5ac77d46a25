import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { startServer, status } from '../kit/api-server.js'
import { schemaValidator } from '../kit/schema-validator.js'
import { rampart, rampartBeside } from './run-cli.js'

const folder = mkdtempSync(path.join(tmpdir(), 'rampart-upgrade-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const write = (name: string, value: unknown): string => {
  const file = path.join(folder, name)
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value))
  return file
}

interface GivenNode {
  readonly name: string
  readonly kubelet: string
  readonly server?: string
}

/** An export of a kubeadm cluster, as kubectl prints it. */
function cluster(nodes: readonly GivenNode[], etcd = '3.6.5-0'): object {
  const pod = (component: string, node: string, tag: string): object => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${component}-${node}`,
      namespace: 'kube-system',
      annotations: { 'kubernetes.io/config.mirror': 'x' },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: node, uid: node, controller: true }],
    },
    spec: { nodeName: node, containers: [{ name: component, image: `registry.k8s.io/${component}:${tag}` }] },
  })
  return {
    apiVersion: 'v1',
    kind: 'List',
    items: [
      ...nodes.map(({ name, kubelet }) => ({
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name, uid: name },
        status: {
          nodeInfo: {
            kubeletVersion: kubelet,
            osImage: 'Ubuntu 24.04.2 LTS',
            operatingSystem: 'linux',
            containerRuntimeVersion: 'containerd://2.3.0',
          },
          conditions: [{ type: 'Ready', status: 'True' }],
        },
      })),
      ...nodes.flatMap(({ name, server }) =>
        server === undefined ? [] : [pod('kube-apiserver', name, server), pod('etcd', name, etcd)],
      ),
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'kubeadm-config', namespace: 'kube-system' },
        data: { ClusterConfiguration: 'apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\n' },
      },
    ],
  }
}

const SMALL: readonly GivenNode[] = [
  { name: 'cp-1', kubelet: 'v1.35.4', server: 'v1.35.4' },
  { name: 'w-1', kubelet: 'v1.35.4' },
]
const small = write('small.json', cluster(SMALL))
const etcd = write(
  'etcd.json',
  cluster([{ name: 'cp-1', kubelet: 'v1.33.4', server: 'v1.33.4' }], '3.5.24-0'),
)
const mixed = write(
  'mixed.json',
  cluster([
    { name: 'cp-1', kubelet: 'v1.35.4', server: 'v1.35.4' },
    { name: 'cp-2', kubelet: 'v1.33.4', server: 'v1.33.4' },
  ]),
)
const manifest = write(
  'flow.yaml',
  'apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata: { name: mine }\n',
)

describe('rampart upgrade', () => {
  it('tells where a cluster stands', () => {
    const { code, out } = rampart(['upgrade', 'status', small])
    expect(code).toBe(0)
    expect(out).toContain('API servers   v1.35.4')
    expect(out).toMatch(/holds\s+a kubelet is never newer/)
  })

  it('ends with 1 where the skew policy is broken', () => {
    const { code, out } = rampart(['upgrade', 'status', mixed, '-o', 'json'])
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ apiserver: { oldest: 'v1.33.4', newest: 'v1.35.4' } })
  })

  it('saves a plan that its schema knows, for its owner alone', () => {
    const file = path.join(folder, 'plan.json')
    const { code, out, err } = rampart([
      'upgrade',
      'plan',
      small,
      '--to',
      '1.36',
      '-o',
      'json',
      '--output-file',
      file,
    ])
    expect([code, out]).toEqual([0, ''])
    expect(err).toContain('v1.35.4 to v1.36.4, 2 nodes')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const plan: unknown = JSON.parse(readFileSync(file, 'utf8'))
    expect(schemaValidator('schemas/upgrade-plan.schema.json')(plan)).toEqual([])
  })

  it('has kubeadm told of patches and of checks that only warn', () => {
    const words = [
      'upgrade',
      'plan',
      small,
      '--to',
      '1.36',
      '-o',
      'json',
      '--patches',
      '/etc/kubernetes/patches',
    ]
    const ignore = [
      '--ignore-preflight-errors',
      'SystemVerification, Swap',
      '--ignore-preflight-errors',
      'Mem',
    ]
    const { code, out } = rampart([...words, ...ignore])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      settings: {
        kubeadm: {
          patches: '/etc/kubernetes/patches',
          ignorePreflightErrors: ['SystemVerification', 'Swap', 'Mem'],
        },
      },
    })
    const refused = rampart([...words, '--ignore-preflight-errors', 'all'])
    expect([refused.code, refused.out]).toEqual([2, ''])
    expect(refused.err).toContain('--ignore-preflight-errors: `all` would also hide failures')
  })

  it('plans and ends with 1 where something is in the way', () => {
    const { code, out } = rampart(['upgrade', 'plan', etcd, '--to', '1.34'])
    expect(code).toBe(1)
    expect(out).toContain('1.34/cp-1/kubeadm-apply')
    expect(out).toMatch(/BLOCKS .*\[etcd-hop\]/)
  })

  it.each<[string, readonly string[], number]>([
    ['a blocker', [manifest, '--from', '1.31', '--to', '1.32'], 1],
    ['none', [manifest, '--from', '1.30', '--to', '1.31'], 0],
    ['a blocker that nobody counts', [manifest, '--from', '1.31', '--to', '1.32', '--fail-on', 'none'], 0],
    ['what is unknown, where that counts', [small, '--to', '1.36', '--fail-on', 'unknown'], 1],
    ['what is unknown, where it does not', [small, '--to', '1.36'], 0],
  ])('the exit code of check with %s', (_name, words, expected) => {
    const { code } = rampart(['upgrade', 'check', ...words])
    expect(code).toBe(expected)
  })

  it('gives what is in the way as JSON that its schema knows', () => {
    const { out } = rampart(['upgrade', 'check', etcd, manifest, '--to', '1.34', '-o', 'json'])
    expect(schemaValidator('schemas/upgrade-check.schema.json')(JSON.parse(out))).toEqual([])
  })

  it.each([
    ['a small cluster', () => [small]],
    ['components apart', () => [mixed]],
    ['an old etcd and a manifest', () => [etcd, manifest, '--to', '1.34', '--kubectl-version', 'v1.30.1']],
  ])('gives the status of %s as JSON that its schema knows', (_name, words) => {
    const { out } = rampart(['upgrade', 'status', ...words(), '-o', 'json'])
    const valid = schemaValidator('schemas/upgrade-status.schema.json')
    const status_ = JSON.parse(out) as object
    expect(valid(status_)).toEqual([])
    expect(valid({ ...status_, more: 1 })).not.toEqual([])
  })

  it.each<[string, readonly string[], RegExp]>([
    ['a version that is none', ['plan', small, '--to', 'newest'], /--to: `newest` is no version/],
    [
      'a minor outside the data',
      ['plan', small, '--to', '1.39'],
      /1\.39 is not among .* 1\.16 to 1\.37.*--data/,
    ],
    ['a downgrade', ['plan', small, '--to', '1.34'], /kubeadm supports no downgrade/],
    ['a downgrade to check', ['check', small, '--to', '1.34'], /kubeadm supports no downgrade/],
    [
      'API servers apart',
      ['plan', mixed, '--to', '1.36'],
      /v1\.33\.4 and v1\.35\.4: they must be within one minor/,
    ],
    [
      'a patch off the way',
      ['plan', small, '--to', '1.36', '--via', '1.34.1'],
      /v1\.34\.1 is not on the way/,
    ],
    ['no workers at a time', ['plan', small, '--to', '1.36', '--max-unavailable', '0'], /number from 1 on/],
    [
      'a folder with signs',
      ['plan', small, '--to', '1.36', '--backups', '/a;b'],
      /absolute path of plain signs/,
    ],
    [
      'a mirror that is no address',
      ['plan', small, '--to', '1.36', '--packages-url', 'file:///x'],
      /http or https/,
    ],
    ['no version', ['check', manifest, '--to', '1.36'], /--from 1\.NN/],
    [
      'two versions',
      ['check', small, '--from', '1.30', '--to', '1.37'],
      /--from 1\.30 is for manifests alone/,
    ],
    ['no cluster', ['plan', manifest, '--to', '1.36'], /kubeadm-config was not read/],
    ['data that are none', ['status', small, '--data', manifest], /flow\.yaml/],
    ['data that are not there', ['status', small, '--data', '/nowhere.json'], /--data: .*ENOENT/],
    ['a kubectl that is none', ['status', small, '--kubectl-version', '1.36'], /--kubectl-version: `1\.36`/],
    ['nothing to read', ['status'], /nothing to read/],
    [
      'a file that cannot be written',
      ['plan', small, '--to', '1.36', '--output-file', '/nowhere/plan.json'],
      /cannot write/,
    ],
  ])('refuses %s with one error and exit code 2', (_name, words, message) => {
    const { code, out, err } = rampart(['upgrade', ...words])
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(message)
  })

  it.each<[string, readonly string[], RegExp]>([
    ['a version that is none', ['plan', '--to', 'abc'], /--to: `abc` is no version/],
    ['a version that is none to check', ['check', '--to', 'abc'], /--to: `abc` is no version/],
    ['a version that is none to look at', ['status', '--to', 'abc'], /must be a version such as 1\.36/],
    ['a minor outside the data', ['status', '--to', '1.99'], /1\.99 is not among/],
    ['a minor outside the data to check', ['check', '--to', '1.99'], /1\.99 is not among/],
    ['a patch on the way that is none', ['plan', '--to', '1.36', '--via', 'x'], /--via: `x` is no release/],
    [
      'a patch that is not on the way',
      ['plan', '--to', '1.36', '--via', '1.36.1'],
      /--via: 1\.36 is not on the way/,
    ],
    [
      'two patches of a minor',
      ['plan', '--to', '1.37', '--via', '1.36.1', '--via', '1.36.2'],
      /two patches of 1\.36/,
    ],
    ['a name that no node has', ['plan', '--to', '1.36', '--first', 'CP;1'], /cannot be the name of a node/],
    ['an empty command', ['plan', '--to', '1.36', '--replace-with', ' '], /--replace-with: .* is empty/],
    [
      'all checks of kubeadm',
      ['plan', '--to', '1.36', '--ignore-preflight-errors', 'all'],
      /`all` would also hide/,
    ],
    ['no patches', ['plan', '--to', '1.36', '--patches', 'here'], /absolute path/],
    [
      'a folder that is not there',
      ['plan', '--to', '1.36', '--output-file', '/nowhere/p'],
      /cannot write `.nowhere.p`/,
    ],
    ['a folder', ['plan', '--to', '1.36', '--output-file', '/'], /cannot write/],
    ['a plan of no format', ['plan', '--to', '1.36', '-o', 'xml'], /must be one of text, markdown/],
    ['a kubectl that is none', ['plan', '--to', '1.36', '--kubectl-version', 'x'], /--kubectl-version: `x`/],
    ['a level', ['check', '--fail-on', 'all'], /must be one of blocks/],
    ['no workers at a time', ['apply', '--max-unavailable', '0'], /--max-unavailable `0`/],
    ['too many workers at a time', ['apply', '--max-unavailable', '101%'], /--max-unavailable `101%`/],
    ['a time that is none', ['apply', '--grace-period', 'x'], /--grace-period `x`/],
    ['a limit that is none', ['apply', '--gate-timeout', 'x'], /must be a duration/],
    ['a host that is none', ['apply', '--host', 'cp-1'], /--host `cp-1`: it must be NODE=ADDRESS/],
    ['an address that is none', ['apply', '--host', 'cp-1=a b'], /`a b` is no address/],
    ['an address that is none to give up', ['abort', '--host', 'cp-1=a b'], /`a b` is no address/],
    ['a port that is none', ['abort', '--ssh-port', '0'], /must be a port/],
    ['to go on with nothing', ['apply'], /no upgrade of this cluster is open in .*: give a plan/],
    ['to resume nothing', ['resume'], /no upgrade of this cluster is open in/],
    ['to give up nothing', ['abort'], /no upgrade is open in/],
  ])('refuses %s before the cluster is asked', async (_name, words, message) => {
    const server = await startServer((_seen, response) => status(response, 500, 'Internal', 'nobody may ask'))
    const kubeconfig = path.join(folder, 'asked.kubeconfig')
    const [name, cluster, user] = ['c', { server: server.url }, {}]
    const contexts = [{ name, context: { cluster: name, user: name } }]
    writeFileSync(
      kubeconfig,
      JSON.stringify({
        contexts,
        'current-context': name,
        clusters: [{ name, cluster }],
        users: [{ name, user }],
      }),
    )
    const there = ['apply', 'abort', 'resume'].includes(words[0] ?? '') ? ['--state-dir', folder] : []
    const { code, out, err } = await rampartBeside([
      'upgrade',
      ...words,
      '--kubeconfig',
      kubeconfig,
      '--context',
      name,
      ...there,
    ])
    await server.stop()
    expect([code, out, server.seen.map(({ path: at }) => at)]).toEqual([2, '', []])
    expect(err).toMatch(message)
  })

  it('says that data are stale, and takes others', () => {
    const old = {
      asOf: '2024-01-01',
      releases: [
        { minor: '1.35', release: '2023-12-17', endOfLife: '2099-01-01', patch: { version: '1.35.7' } },
      ],
    }
    const { out, err } = rampart(['upgrade', 'status', small, '--data', write('old.json', old)])
    expect(err).toMatch(/days old \(2024-01-01\)/)
    expect(out).toContain('newest patch known v1.35.7')
  })
})
