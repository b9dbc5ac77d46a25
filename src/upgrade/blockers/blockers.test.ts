import { describe, expect, it } from 'vitest'
import { issueCertificate } from '../../pki/index.js'
import { FACTS_API, FACTS_KIND } from '../../kube/index.js'
import type { Estate, HostInput, KubeObject } from '../../model/index.js'
import { estateFrom } from '../../sources/index.js'
import { builtInData } from '../data/index.js'
import { takeInventory, type ClusterInventory } from '../inventory/index.js'
import { findBlockers, subjectText, type Blocker } from './index.js'

const NOW = Date.parse('2026-11-26T12:00:00Z')

interface Given {
  readonly manifests?: string
  /** Objects as a running cluster gives them. */
  readonly live?: string
  readonly objects?: readonly KubeObject[]
  readonly hosts?: Readonly<Record<string, HostInput>>
  readonly from: number
  readonly to: number
  readonly inventory?: Partial<ClusterInventory>
}

async function found(given: Given, check: string): Promise<string[]> {
  return (await blockersOf(given, check)).map(
    (each) => `${each.level} ${each.minor ?? '-'} ${subjectText(each)}: ${each.message}`,
  )
}

async function blockersOf(given: Given, check: string): Promise<Blocker[]> {
  const files = await estateFrom({
    ...(given.manifests === undefined ? {} : { manifests: given.manifests }),
    hosts: given.hosts ?? {},
  })
  const live =
    given.live === undefined ? undefined : await estateFrom({ manifests: given.live, complete: true })
  const estate: Estate = {
    ...files,
    objects: [
      ...files.objects,
      ...(live?.objects ?? []).map((object) => ({ ...object, source: 'cluster' as const })),
      ...(given.objects ?? []),
    ],
    sources: [
      ...files.sources,
      ...(live?.sources ?? []).map((source) => ({ ...source, kind: 'cluster' as const })),
    ],
  }
  const inventory = { ...takeInventory(estate), ...given.inventory }
  return findBlockers({
    estate,
    inventory,
    data: builtInData(),
    from: given.from,
    to: given.to,
    now: NOW,
  }).filter((each) => each.check === check)
}

const budget = (apiVersion: string, metadata = ''): string =>
  `apiVersion: ${apiVersion}\nkind: PodDisruptionBudget\nmetadata:\n  name: web\n  namespace: shop\n${metadata}`
const flow = (apiVersion: string, metadata = ''): string =>
  `apiVersion: ${apiVersion}\nkind: FlowSchema\nmetadata:\n  name: mine\n${metadata}`
const FLOW = 'flowcontrol.apiserver.k8s.io'

const facts = (content: object): KubeObject => ({
  ref: { ...FACTS_API, kind: FACTS_KIND, namespace: '', name: 'prod' },
  content: { ...content },
  source: 'cluster',
  slice: { file: '/metrics', format: 'json', offset: 0, length: 0, line: 1, column: 1 },
})

describe('api-removed', () => {
  it.each<[string, Given, RegExp[]]>([
    [
      'a manifest in a version that ends',
      { manifests: flow(`${FLOW}/v1beta3`), from: 31, to: 32 },
      [/^blocks 1\.32 FlowSchema.* mine: .*v1beta3 FlowSchema is not served from 1\.32/],
    ],
    ['one that ends later', { manifests: flow(`${FLOW}/v1beta3`), from: 30, to: 31 }, []],
    ['one that is gone already', { manifests: budget('policy/v1beta1'), from: 31, to: 32 }, []],
    ['one that stays', { manifests: budget('policy/v1'), from: 20, to: 37 }, []],
    [
      'a manager that wrote so',
      {
        live: flow(`${FLOW}/v1`, `  managedFields:\n    - { manager: flux, apiVersion: ${FLOW}/v1beta3 }\n`),
        objects: [facts({ deprecated: [] })],
        from: 31,
        to: 33,
      },
      [/^warns 1\.32 .*`flux` wrote it so/],
    ],
    [
      'what kubectl applied last',
      {
        live: flow(
          `${FLOW}/v1`,
          `  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n      {"apiVersion":"${FLOW}/v1beta3","kind":"FlowSchema"}\n`,
        ),
        objects: [facts({ deprecated: [] })],
        from: 31,
        to: 33,
      },
      [/^warns 1\.32 .*`kubectl apply` wrote it so last/],
    ],
    [
      'what the API server was asked for',
      {
        live: flow(`${FLOW}/v1`),
        objects: [
          facts({
            deprecated: [
              {
                group: FLOW,
                version: 'v1beta3',
                resource: 'flowschemas',
                subresource: 'status',
                removedIn: '1.32',
              },
            ],
          }),
        ],
        from: 31,
        to: 33,
      },
      [/^blocks 1\.32 the cluster: somebody asked the API server for .*v1beta3 flowschemas\/status/],
    ],
    [
      'metrics that were not read',
      { live: flow(`${FLOW}/v1`), from: 31, to: 33 },
      [/^unknown - the cluster: which deprecated APIs/],
    ],
  ])('%s', async (_name, given, expected) => {
    const messages = await found(given, 'api-removed')
    expect(messages).toHaveLength(expected.length)
    expected.forEach((form, at) => expect(messages[at]).toMatch(form))
  })

  it('names what has no successor', async () => {
    const manifests = 'apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata:\n  name: p\n'
    const estate = await estateFrom({ manifests })
    const [first] = findBlockers({
      estate,
      inventory: takeInventory(estate),
      data: builtInData(),
      from: 24,
      to: 25,
      now: NOW,
    })
    expect(first?.fix).toContain('nothing takes its place')
  })

  it('reads what Helm made of a release', async () => {
    const { gzipSync } = await import('node:zlib')
    const packed = gzipSync(JSON.stringify({ manifest: `---\n${flow(`${FLOW}/v1beta3`)}` })).toString(
      'base64',
    )
    const data = Buffer.from(packed).toString('base64')
    const live = `apiVersion: v1\nkind: Secret\ntype: helm.sh/release.v1\nmetadata: { name: sh.helm.release.v1.shop.v3, namespace: shop }\ndata: { release: ${data} }\n`
    const messages = await found(
      { live, objects: [facts({ deprecated: [] })], from: 31, to: 32 },
      'api-removed',
    )
    expect(messages).toEqual([
      expect.stringMatching(/^blocks 1\.32 FlowSchema.* mine: .*release `shop` of Helm/),
    ])
  })
})

const kubeadmConfig = (text: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: kubeadm-config, namespace: kube-system }\ndata:\n  ClusterConfiguration: |\n${text.replace(/^/gm, '    ')}\n`
const apiserver = (version: string, flags: readonly string[] = []): string => `apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver-cp-1
  namespace: kube-system
  annotations: { kubernetes.io/config.mirror: x }
spec:
  nodeName: cp-1
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:${version}
      command: [kube-apiserver, ${flags.map((flag) => JSON.stringify(flag)).join(', ')}]
`
const etcdPod = (tag: string, node = 'cp-1'): string => `---
apiVersion: v1
kind: Pod
metadata: { name: etcd-${node}, namespace: kube-system }
spec:
  nodeName: ${node}
  containers:
    - { name: etcd, image: "registry.k8s.io/etcd:${tag}" }
`

describe('flags and gates', () => {
  it.each<[string, string, Given, RegExp[]]>([
    [
      'a gate that goes',
      'removed-gates',
      {
        live: apiserver('v1.31.4', ['--feature-gates=HPAContainerMetrics=true']),
        from: 31,
        to: 37,
      },
      [/^blocks 1\.3\d kube-apiserver of cp-1: the feature gate HPAContainerMetrics is gone/],
    ],
    [
      'a gate in what kubeadm hands on',
      'removed-gates',
      {
        live: kubeadmConfig(
          'apiServer:\n  extraArgs:\n    - { name: feature-gates, value: "HPAContainerMetrics=true" }',
        ),
        from: 31,
        to: 37,
      },
      [/^blocks 1\.3\d kube-apiserver of every control-plane node/],
    ],
    [
      'a gate that stays',
      'removed-gates',
      { live: apiserver('v1.36.4', ['--feature-gates=InPlacePodVerticalScaling=true']), from: 36, to: 36 },
      [],
    ],
    [
      "a kubelet flag in the user's own file",
      'removed-flags',
      {
        hosts: {
          w: {
            files: {
              '/etc/default/kubelet':
                'KUBELET_EXTRA_ARGS=--pod-infra-container-image=registry.k8s.io/pause:3.9\n',
              '/var/lib/kubelet/config.yaml': 'kind: KubeletConfiguration\n',
            },
            processes: [
              '/usr/bin/kubelet --config=/var/lib/kubelet/config.yaml --pod-infra-container-image=registry.k8s.io/pause:3.9',
            ],
          },
        },
        from: 34,
        to: 35,
      },
      [/^blocks 1\.35 kubelet of w: --pod-infra-container-image is gone from 1\.35/],
    ],
  ])('%s', async (_name, check, given, expected) => {
    const messages = await found(given, check)
    expect(messages).toHaveLength(expected.length)
    expected.forEach((form, at) => expect(messages[at]).toMatch(form))
  })
})

const node = (status: string, spec = '{}'): string =>
  `apiVersion: v1\nkind: Node\nmetadata: { name: w-1 }\nspec: ${spec}\nstatus: ${status}\n`
const info = (version: string, runtime = 'containerd://2.2.1'): string =>
  `{ nodeInfo: { kubeletVersion: ${version}, containerRuntimeVersion: "${runtime}", operatingSystem: linux }, conditions: [{ type: Ready, status: "True" }] }`

describe('nodes, etcd, requests and certificates', () => {
  it.each<[string, string, Given, RegExp[]]>([
    [
      'not Ready',
      'node-not-ready',
      { live: node('{ conditions: [{ type: Ready, status: Unknown }] }'), from: 35, to: 36 },
      [/^blocks - node w-1: node w-1 is not Ready/],
    ],
    [
      'under pressure',
      'node-not-ready',
      {
        live: node(
          '{ conditions: [{ type: Ready, status: "True" }, { type: DiskPressure, status: "True" }] }',
        ),
        from: 35,
        to: 36,
      },
      [/^blocks - node w-1: .*DiskPressure/],
    ],
    [
      'cordoned',
      'node-not-ready',
      { live: node(info('v1.35.1'), '{ unschedulable: true }'), from: 35, to: 36 },
      [/^warns - node w-1: .*cordoned/],
    ],
    ['well', 'node-not-ready', { live: node(info('v1.35.1')), from: 35, to: 36 }, []],
    [
      'a kubelet too far back',
      'skew-broken',
      { live: `${apiserver('v1.36.2')}---\n${node(info('v1.32.1'))}`, from: 36, to: 37 },
      [/^warns - kubelet of w-1: .*1\.32/],
    ],
    [
      'containerd 1 on a long way',
      'containerd-1',
      { live: node(info('v1.35.1', 'containerd://1.7.27')), from: 35, to: 36 },
      [/^warns - node w-1: containerd 1\.7\.27: 1\.35 is the last release/],
    ],
    [
      'containerd 2 that gets no fixes',
      'containerd-1',
      { live: node(info('v1.35.1', 'containerd://2.0.5')), from: 35, to: 36 },
      [/^warns - node w-1: containerd 2\.0\.5: its release line gets no fixes since/],
    ],
    [
      'containerd 2 that is mended',
      'containerd-1',
      { live: node(info('v1.35.1', 'containerd://2.3.0')), from: 35, to: 36 },
      [],
    ],
    [
      'control groups that nobody tells',
      'cgroup-v1',
      { live: node(info('v1.34.1')), from: 34, to: 35 },
      [/^unknown 1\.35 the cluster/],
    ],
    ['control groups behind 1.35', 'cgroup-v1', { live: node(info('v1.35.1')), from: 35, to: 36 }, []],
    [
      'version 1 of control groups',
      'cgroup-v1',
      {
        hosts: { w: { files: { '/sys/fs/cgroup/memory': '' }, processes: ['/usr/bin/kubelet'] } },
        from: 34,
        to: 35,
      },
      [/^blocks 1\.35 node w: /],
    ],
    [
      'etcd before 3.6',
      'etcd-hop',
      { live: etcdPod('3.5.24-0'), from: 33, to: 34 },
      [/^blocks 1\.34 etcd of cp-1: .*3\.5\.26/],
    ],
    ['etcd that may go on', 'etcd-hop', { live: etcdPod('3.5.26-0'), from: 33, to: 34 }, []],
    ['etcd 3.6 already', 'etcd-hop', { live: etcdPod('3.6.5-0'), from: 34, to: 36 }, []],
    [
      'etcd on a way that reaches 3.6 later',
      'etcd-hop',
      { live: etcdPod('3.5.16-0'), from: 31, to: 35 },
      [/^blocks 1\.34 /],
    ],
    [
      'etcd of others',
      'etcd-hop',
      { live: kubeadmConfig('etcd:\n  external:\n    endpoints: [https://10.0.0.9:2379]'), from: 35, to: 36 },
      [/^unknown 1\.36 the cluster: .*external etcd of 3\.5\.24/],
    ],
    [
      'etcd that is pinned',
      'etcd-hop',
      {
        live: `${kubeadmConfig('etcd:\n  local:\n    imageTag: 3.5.24-0')}${etcdPod('3.5.24-0')}`,
        from: 33,
        to: 34,
      },
      [/^warns - the cluster: kubeadm is told to keep etcd at 3\.5\.24-0/],
    ],
    [
      'a request that waits',
      'csr-pending',
      {
        live: 'apiVersion: certificates.k8s.io/v1\nkind: CertificateSigningRequest\nmetadata: { name: csr-1 }\nspec: { signerName: kubernetes.io/kubelet-serving, username: "system:node:w-1" }\n',
        from: 35,
        to: 36,
      },
      [/^warns - CertificateSigningRequest\S* csr-1: .*neither approved nor denied/],
    ],
    [
      'a request that was denied',
      'csr-pending',
      {
        live: 'apiVersion: certificates.k8s.io/v1\nkind: CertificateSigningRequest\nmetadata: { name: csr-1 }\nspec: { signerName: a/b }\nstatus: { conditions: [{ type: Denied, status: "True" }] }\n',
        from: 35,
        to: 36,
      },
      [],
    ],
    [
      'a flag beside kubeadm',
      'kubeadm-undoes',
      {
        live: `${kubeadmConfig('apiServer:\n  extraArgs:\n    - { name: audit-log-maxage, value: "30" }')}---\n${apiserver('v1.35.4', ['--profiling=false', '--audit-log-maxage=30', '--secure-port=6443', '--authorization-mode=Node,RBAC'])}`,
        from: 35,
        to: 36,
      },
      [/^warns - kube-apiserver of cp-1: --profiling of kube-apiserver is not among/],
    ],
    [
      'a flag that differs from what kubeadm keeps',
      'kubeadm-undoes',
      {
        live: `${kubeadmConfig('apiServer:\n  extraArgs:\n    - { name: audit-log-maxage, value: "30" }')}---\n${apiserver('v1.35.4', ['--audit-log-maxage=7'])}`,
        from: 35,
        to: 36,
      },
      [/^warns - kube-apiserver of cp-1: --audit-log-maxage of kube-apiserver differs/],
    ],
    [
      'flags that mean the same in another spelling: durations, switches, lists, a flag given twice',
      'kubeadm-undoes',
      {
        live: `${kubeadmConfig(
          'apiServer:\n  extraArgs:\n    - { name: service-account-max-token-expiration, value: 24h }\n    - { name: service-account-extend-token-expiration, value: "F" }\n    - { name: tls-cipher-suites, value: A }\n    - { name: tls-cipher-suites, value: B }\n    - { name: etcd_compaction_interval, value: 300s }',
        )}---\n${apiserver('v1.35.4', [
          '--service-account-max-token-expiration=24h',
          '--service-account-extend-token-expiration=false',
          '--tls-cipher-suites=A,B',
          '--etcd-compaction-interval=5m',
        ])}`,
        from: 35,
        to: 36,
      },
      [],
    ],
    [
      'a life of tokens that is longer than what kubeadm keeps',
      'kubeadm-undoes',
      {
        live: `${kubeadmConfig('apiServer:\n  extraArgs:\n    - { name: service-account-max-token-expiration, value: 24h }')}---\n${apiserver('v1.35.4', ['--service-account-max-token-expiration=48h'])}`,
        from: 35,
        to: 36,
      },
      [/^warns - kube-apiserver of cp-1: --service-account-max-token-expiration of kube-apiserver differs/],
    ],
    [
      'a feature gate that kubeadm keeps in another order',
      'kubeadm-undoes',
      {
        live: `${kubeadmConfig('apiServer:\n  extraArgs:\n    - { name: feature-gates, value: "B=false,A=true" }')}---\n${apiserver('v1.35.4', ['--feature-gates=A=true,B=false'])}`,
        from: 35,
        to: 36,
      },
      [],
    ],
  ])('%s', async (_name, check, given, expected) => {
    const messages = await found(given, check)
    expect(messages.map((each) => each)).toHaveLength(expected.length)
    expected.forEach((form, at) => expect(messages[at]).toMatch(form))
  })

  it.each([
    ['1.7.27', /bring containerd to 2\.x .*config migrate/],
    ['2.0.5', /^bring containerd to a release line that gets fixes/],
  ])('tells what becomes of containerd %s', async (version, fix) => {
    const given = { live: node(info('v1.35.1', `containerd://${version}`)), from: 35, to: 36 }
    const [blocker] = await blockersOf(given, 'containerd-1')
    expect(blocker?.fix).toMatch(fix)
  })

  it('knows certificates that end, and those that ended', async () => {
    const authority = await issueCertificate({
      commonName: 'kubernetes',
      use: 'authority',
      minutes: 60 * 24 * 365,
    })
    const soon = await issueCertificate({
      commonName: 'kube-apiserver',
      use: 'server',
      minutes: 60 * 24 * 10,
      issuer: authority,
    })
    const hosts = {
      a: {
        files: {
          '/etc/kubernetes/pki/apiserver.crt': soon.cert,
          '/etc/kubernetes/pki/ca.crt': authority.cert,
        },
      },
    }
    const estate = await estateFrom({ hosts })
    const at = (now: number): string[] =>
      findBlockers({ estate, inventory: takeInventory(estate), data: builtInData(), from: 35, to: 36, now })
        .filter(({ check }) => check === 'certificate-ends')
        .map(({ level, message }) => `${level} ${message}`)
    const day = 86_400_000
    expect(at(Date.now())).toEqual([
      expect.stringMatching(/^warns the certificate `CN=kube-apiserver` ends on/),
    ])
    expect(at(Date.now() + 20 * day)).toEqual([expect.stringMatching(/^blocks .* ended on/)])
    expect(at(Date.now() + 400 * day)).toHaveLength(2)
    expect(at(Date.now() - 60 * day)).toEqual([])
    const live = await found({ live: node(info('v1.35.1')), from: 35, to: 36 }, 'certificate-ends')
    expect(live).toEqual([expect.stringMatching(/^unknown - the cluster: certificates stand on the nodes/)])
  })
})
