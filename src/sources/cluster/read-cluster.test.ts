import { describe, expect, it } from 'vitest'
import type { ApiGroup } from '../../kube/index.js'
import { RampartError, type JsonObject, type JsonValue } from '../../model/index.js'
import { readCluster, type ClusterDoor } from './index.js'

class Refusal extends RampartError {
  constructor(readonly status: number) {
    super('not-allowed', `the server answered ${status}`)
  }
}

const RBAC = 'rbac.authorization.k8s.io'
const resource = (group: string, name: string, kind: string, namespaced = true, versions = ['v1']) => ({
  group,
  name,
  kind,
  namespaced,
  versions,
  singular: '',
  shortNames: [],
  categories: [],
  verbs: ['get', 'list'],
  subresources: [],
})
const GROUPS: readonly ApiGroup[] = [
  {
    name: '',
    versions: ['v1'],
    resources: [
      resource('', 'namespaces', 'Namespace', false),
      resource('', 'nodes', 'Node', false),
      resource('', 'pods', 'Pod'),
      resource('', 'serviceaccounts', 'ServiceAccount'),
      resource('', 'secrets', 'Secret'),
      resource('', 'events', 'Event'),
      { ...resource('', 'bindings', 'Binding'), verbs: ['create'] },
    ],
  },
  {
    name: RBAC,
    versions: ['v1'],
    resources: [
      resource(RBAC, 'rolebindings', 'RoleBinding'),
      resource(RBAC, 'clusterrolebindings', 'ClusterRoleBinding', false),
    ],
  },
  {
    name: 'apps.kruise.io',
    versions: ['v1beta1', 'v1alpha1'],
    resources: [resource('apps.kruise.io', 'clonesets', 'CloneSet', true, ['v1alpha1'])],
  },
  {
    name: 'batch',
    versions: ['v2alpha1', 'v1beta1', 'v1'],
    resources: [resource('batch', 'cronjobs', 'CronJob', true, ['v1beta1', 'v1'])],
  },
]

const named = (name: string, more: object = {}): JsonValue => ({ metadata: { name, ...more } })
const ROWS: JsonObject = {
  kind: 'Table',
  columnDefinitions: [{ name: 'Name' }, { name: 'Type' }, { name: 'Data' }],
  rows: [
    {
      cells: ['s', 'Opaque', 1],
      object: {
        kind: 'PartialObjectMetadata',
        metadata: {
          name: 's',
          namespace: 'a',
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"p":"aHVudGVyMg=="}}',
          },
        },
      },
    },
  ],
}

/** Answers by path; a number is a refusal. */
type Answers = Readonly<Record<string, readonly (JsonValue | number)[] | number | JsonObject>>

function door(answers: Answers, asked: string[] = []): ClusterDoor {
  return {
    name: 'prod',
    discovery: () => Promise.resolve({ groups: GROUPS, unknown: ['metrics.k8s.io/v1beta1'] }),
    getJson: (path) => {
      asked.push(path)
      const answer = answers[path] ?? 404
      return typeof answer === 'number'
        ? Promise.reject(new Refusal(answer))
        : Promise.resolve(answer as JsonObject)
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- the real one waits
    async *lines(path) {
      asked.push(path)
      const answer = answers[path] ?? 404
      if (typeof answer === 'number') throw new Refusal(answer)
      yield* ((answer as JsonObject).text as string).split('\n')
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- the real one waits
    async *list(path, options) {
      asked.push(options?.accept === undefined ? path : `${path} as table`)
      const answer = answers[path] ?? []
      if (typeof answer === 'number') throw new Refusal(answer)
      const common = { apiVersion: 'v1', kind: 'List', restarted: false, consistent: true }
      if (!Array.isArray(answer)) {
        const body = answer as JsonObject
        yield { ...common, items: (body.items ?? []) as JsonObject[], body }
        return
      }
      for (const item of answer as JsonValue[]) yield { ...common, items: [item as JsonObject], body: {} }
    },
  }
}

const WHOLE: Answers = {
  '/api/v1/namespaces': [named('a')],
  '/api/v1/nodes': [named('n2'), named('n1')],
  '/api/v1/pods': [named('p', { namespace: 'a', managedFields: [{}] })],
  '/api/v1/serviceaccounts': [named('s', { namespace: 'a' })],
  '/api/v1/secrets': ROWS,
  [`/apis/${RBAC}/v1/clusterrolebindings`]: [named('c')],
  '/api/v1/nodes/n1/proxy/configz': { kubeletconfig: { readOnlyPort: 10255 } },
  '/api/v1/nodes/n2/proxy/configz': 403,
}

describe('readCluster', () => {
  it('reads each list once, in a stable version, and says what it holds whole', async () => {
    const asked: string[] = []
    const { objects, summary, readSlice } = await readCluster({
      door: door(WHOLE, asked),
      extent: 'everything',
    })
    expect(asked.sort()).toEqual([
      '/api/v1/namespaces',
      '/api/v1/nodes',
      '/api/v1/nodes/n1/proxy/configz',
      '/api/v1/nodes/n2/proxy/configz',
      '/api/v1/pods',
      '/api/v1/secrets as table',
      '/api/v1/serviceaccounts',
      '/apis/apps.kruise.io/v1alpha1/clonesets',
      '/apis/batch/v1/cronjobs',
      `/apis/${RBAC}/v1/clusterrolebindings`,
      `/apis/${RBAC}/v1/rolebindings`,
    ])
    expect(summary).toMatchObject({ kind: 'cluster', name: 'prod', complete: true })
    expect(summary.kinds).toContain(`${RBAC}/RoleBinding`)
    const pod = objects.find(({ ref }) => ref.kind === 'Pod')
    expect(pod).toMatchObject({
      ref: { group: '', version: 'v1', namespace: 'a', name: 'p' },
      content: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'a' } },
      slice: { file: '/api/v1/namespaces/a/pods/p' },
    })
    expect(readSlice(pod!.slice)).toBe(
      '{\n    "apiVersion": "v1",\n    "kind": "Pod",\n    "metadata": {\n        "name": "p",\n        "namespace": "a"\n    }\n}',
    )
  })

  it.each([
    ['as a table: no value is asked for', ROWS],
    [
      'as they are, from a server without tables: values are dropped',
      {
        kind: 'SecretList',
        items: [
          { ...(named('s', { namespace: 'a' }) as object), type: 'Opaque', data: { p: 'aHVudGVyMg==' } },
        ],
      },
    ],
  ])('reads Secrets %s', async (_name, secrets) => {
    const { objects, readSlice } = await readCluster({
      door: door({ ...WHOLE, '/api/v1/secrets': secrets }),
      extent: 'everything',
    })
    const secret = objects.find(({ ref }) => ref.kind === 'Secret')
    expect(secret).toMatchObject({ ref: { namespace: 'a', name: 's' }, content: { type: 'Opaque' } })
    expect(JSON.stringify(objects)).not.toContain('aHVudGVyMg')
    expect(readSlice(secret!.slice)).not.toContain('aHVudGVyMg')
  })

  it('keeps what each kubelet says, and why one does not', async () => {
    const { objects, problems } = await readCluster({ door: door(WHOLE), extent: 'everything' })
    const configs = objects.filter(({ ref }) => ref.kind === 'KubeletConfiguration')
    expect(configs.map(({ ref, content }) => [ref.name, content.readOnlyPort, content.unread])).toEqual([
      ['n1', 10255, undefined],
      ['n2', undefined, 'the server answered 403'],
    ])
    expect(problems.map(({ place, level }) => `${level} ${place.file}`)).toEqual([
      'warning /apis/metrics.k8s.io/v1beta1',
      'error /api/v1/nodes/n2/proxy/configz',
    ])
  })

  it('records a list that is refused, and goes on', async () => {
    const { summary, problems } = await readCluster({
      door: door({ ...WHOLE, '/api/v1/pods': 403, '/apis/batch/v1/cronjobs': 500 }),
      extent: 'everything',
    })
    expect(summary).toMatchObject({
      complete: false,
      unread: [
        { kind: '/Pod', detail: 'the server answered 403' },
        { kind: 'batch/CronJob', detail: 'the server answered 500' },
      ],
    })
    expect(summary.kinds).not.toContain('/Pod')
    expect(problems.filter(({ level }) => level === 'error')).toHaveLength(3)
  })

  it('takes a kind that is gone by now for one without objects', async () => {
    const { summary } = await readCluster({
      door: door({ ...WHOLE, '/apis/apps.kruise.io/v1alpha1/clonesets': 404 }),
      extent: 'everything',
    })
    expect(summary.unread).toBeUndefined()
  })

  it('ends when the server does not know who asks, or is gone', async () => {
    const unknown = readCluster({ door: door({ ...WHOLE, '/api/v1/pods': 401 }), extent: 'everything' })
    await expect(unknown).rejects.toThrow('the server answered 401')
    const gone: ClusterDoor = {
      ...door(WHOLE),
      // eslint-disable-next-line @typescript-eslint/require-await -- it is gone at once
      async *list() {
        throw new RampartError('unreachable', 'gone')
      },
    }
    await expect(readCluster({ door: gone, extent: 'everything' })).rejects.toThrow('gone')
  })

  it('reads for access only what decides it', async () => {
    const asked: string[] = []
    await readCluster({ door: door(WHOLE, asked), extent: 'access' })
    expect(asked.join(' ')).not.toMatch(/secrets|cronjobs|configz|clonesets/)
    expect(asked).toContain('/api/v1/pods')
  })

  it('reads for certificates what holds them, and never a Secret', async () => {
    const group = 'admissionregistration.k8s.io'
    const resources = [
      resource(group, 'validatingwebhookconfigurations', 'ValidatingWebhookConfiguration', false),
    ]
    const asked: string[] = []
    const lists = { ...WHOLE, [`/apis/${group}/v1/validatingwebhookconfigurations`]: [named('guard')] }
    const discovery = { groups: [...GROUPS, { name: group, versions: ['v1'], resources }], unknown: [] }
    const cluster = { ...door(lists, asked), discovery: () => Promise.resolve(discovery) }
    const { objects } = await readCluster({ door: cluster, extent: 'certificates' })
    expect(asked).toEqual([`/apis/${group}/v1/validatingwebhookconfigurations`])
    expect(objects.map(({ ref }) => ref.name)).toEqual(['guard'])
  })

  it.each([
    ['all', undefined, ['/api/v1/nodes', '/api/v1/nodes/n1/proxy/configz', '/api/v1/nodes/n2/proxy/configz']],
    ['the named', ['n1', 'n1'], ['/api/v1/nodes/n1', '/api/v1/nodes/n1/proxy/configz']],
  ])('reads for kubelets only nodes and what their kubelets say: %s', async (_name, nodes, expected) => {
    const asked: string[] = []
    const answers = { ...WHOLE, '/api/v1/nodes/n1': named('n1') as JsonObject }
    const wish = { door: door(answers, asked), extent: 'kubelets' as const }
    const { objects } = await readCluster(nodes === undefined ? wish : { ...wish, nodes })
    expect(asked.sort()).toEqual(expected)
    expect(objects.find(({ ref }) => ref.kind === 'KubeletConfiguration')?.content.readOnlyPort).toBe(10255)
  })

  it('asks the kubelet of a node that may not be seen, and ends at one that is not there', async () => {
    const of = (status: number): Parameters<typeof readCluster>[0] => ({
      door: door({ ...WHOLE, '/api/v1/nodes/n1': status }),
      extent: 'kubelets',
      nodes: ['n1'],
    })
    const { objects, problems } = await readCluster(of(403))
    expect(objects.map(({ ref }) => ref.kind)).toEqual(['KubeletConfiguration'])
    expect(problems).toMatchObject([{ level: 'warning', place: { file: '/api/v1/nodes/n1' } }])
    await expect(readCluster(of(404))).rejects.toThrow('the server answered 404')
  })

  it('reads one namespace alone, and then knows of nothing that it is absent', async () => {
    const asked: string[] = []
    const { summary } = await readCluster({ door: door(WHOLE, asked), extent: 'everything', namespace: 'a' })
    expect(asked).toContain('/api/v1/namespaces/a/pods')
    expect(asked.join(' ')).not.toMatch(/nodes|clusterrolebindings|configz/)
    expect(summary).toMatchObject({ name: 'prod, namespace a', complete: false, kinds: [] })
  })
})
