import { describe, expect, it } from 'vitest'
import {
  asObject,
  type Edit,
  type Finding,
  type Fix,
  type JsonObject,
  type KubeObject,
  type ObjectRef,
} from '../../model/index.js'
import type { FixPlan } from './fix-plan.js'
import type { ObjectDoor } from './object-door.js'
import { withCluster } from './plan-cluster.js'
import { planId } from './plan-id.js'
import { applyMergePatch } from './plan-objects.js'

const WEB: ObjectRef = { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' }
const PATH = '/apis/apps/v1/namespaces/shop/deployments/web'
const LIVE: JsonObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', uid: 'u', resourceVersion: '7' },
  spec: { template: { spec: { hostPID: true, hostIPC: true } } },
}
const CONFIG = 'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nreadOnlyPort: 10255\n'
const CONFIG_PATH = '/api/v1/namespaces/kube-system/configmaps/kubelet-config'
const CONFIG_REF: ObjectRef = {
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  namespace: 'kube-system',
  name: 'kubelet-config',
}
const CONFIG_MAP: JsonObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'kubelet-config', namespace: 'kube-system', uid: 'c', resourceVersion: '3' },
  data: { kubelet: CONFIG },
}

/** A server of these objects; what it makes of a patch may differ. */
class Server implements ObjectDoor {
  readonly stored: string[] = []
  constructor(
    private readonly objects: Readonly<Record<string, JsonObject>>,
    private readonly makes: (object: JsonObject) => JsonObject = (object) => object,
  ) {}
  get(path: string): Promise<JsonObject | undefined> {
    return Promise.resolve(this.objects[path])
  }
  patch(path: string, patch: JsonObject, { dryRun }: { dryRun: boolean }): Promise<JsonObject> {
    if (!dryRun) this.stored.push(path)
    return new Promise((resolve) => {
      resolve(this.makes(asObject(applyMergePatch(this.objects[path], patch))))
    })
  }
  wait(): Promise<void> {
    return Promise.resolve()
  }
}

const object = (ref: ObjectRef, file: string, content: JsonObject): KubeObject => ({
  ref,
  content,
  source: 'cluster',
  slice: { file, format: 'json', offset: 0, length: 0, line: 1, column: 1 },
})

const edit = (field: string, op: Edit['op'] = 'remove', value?: boolean): Edit => ({
  file: PATH,
  object: WEB,
  op,
  path: ['spec', 'template', 'spec', field],
  ...(value === undefined ? {} : { value }),
})

function finding(check: string, edits: readonly Edit[], needs: Fix['needs'] = []): Finding {
  return {
    check,
    result: 'fail',
    title: check,
    severity: 'high',
    because: '',
    reach: 'pod',
    target: { kind: 'object', object: WEB },
    message: check,
    why: '',
    references: [],
    evidence: [],
    fix: { text: 'Do it.', edits, commands: ['kubectl patch ...'], risk: 'restart', needs },
    fingerprint: check,
  } as unknown as Finding
}

const EMPTY: Omit<FixPlan, 'id'> = {
  format: 'rampart/fix-plan/v1',
  rampart: 'test',
  subject: { hosts: [], paths: [], userChecks: [], cluster: { name: 'test', server: 'https://a/' } },
  files: [],
  modes: [],
  restarts: [],
  objects: [],
  lasting: [],
  mends: [],
  advice: [],
  known: [],
  notes: [],
}
const plan = (more: Partial<FixPlan> = {}): FixPlan => {
  const whole = { ...EMPTY, ...more }
  return { ...whole, id: planId(whole) }
}

async function planned(findings: readonly Finding[], door: ObjectDoor): Promise<FixPlan> {
  return withCluster(plan(), { hosts: [], objects: [object(WEB, PATH, LIVE)], findings, choice: {}, door })
}

describe('what a plan changes in a cluster', () => {
  it('is one patch an object, under the version that was read, and is not stored by planning', async () => {
    const server = new Server({ [PATH]: LIVE })
    const { objects, mends, advice, id } = await planned(
      [finding('pod-host-pid', [edit('hostPID')]), finding('pod-host-ipc', [edit('hostIPC')])],
      server,
    )
    expect(objects).toMatchObject([
      {
        path: PATH,
        uid: 'u',
        resourceVersion: '7',
        patch: { spec: { template: { spec: { hostPID: null, hostIPC: null } } } },
        checks: ['pod-host-ipc', 'pod-host-pid'],
      },
    ])
    expect(objects[0]?.diff).toMatch(/^- +hostPID: true$/m)
    expect([mends.length, advice]).toEqual([2, []])
    expect(server.stored).toEqual([])
    expect(id).not.toBe(plan().id)
  })

  it.each<[string, ObjectDoor, readonly Finding[], string, RegExp]>([
    ['that is gone', new Server({}), [finding('a', [edit('hostPID')])], 'refused', /not there any more/],
    [
      'of a chart',
      new Server({ [PATH]: { ...LIVE, metadata: { annotations: { 'meta.helm.sh/release-name': 'shop' } } } }),
      [finding('a', [edit('hostPID')])],
      'managed',
      /^Helm release shop writes Deployment\.apps shop\/web again/,
    ],
    [
      'that a webhook changes back',
      new Server({ [PATH]: LIVE }, () => LIVE),
      [finding('a', [edit('hostPID')])],
      'refused',
      /the server makes something else/,
    ],
    [
      'that the server refuses',
      new Server({ [PATH]: LIVE }, () => {
        throw new Error('admission webhook "x" denied the request')
      }),
      [finding('a', [edit('hostPID')])],
      'refused',
      /denied the request/,
    ],
    [
      'without a place for the change',
      new Server({ [PATH]: { ...LIVE, spec: 3 } }),
      [finding('a', [edit('hostPID', 'set', false)])],
      'refused',
      /cannot be changed so/,
    ],
    [
      'whose precondition is not known',
      new Server({ [PATH]: LIVE }),
      [finding('a', [edit('hostPID')], [{ text: 'somebody looks', met: 'unknown' }])],
      'not-known',
      /somebody looks/,
    ],
  ])('leaves an object alone %s', async (_name, door, findings, reason, why) => {
    const { objects, mends, advice } = await planned(findings, door)
    expect([objects, mends]).toEqual([[], []])
    expect(advice).toMatchObject([{ reason, why: expect.stringMatching(why) as string }])
  })

  it('lets the worse of two findings win that contradict each other', async () => {
    const { objects, mends, advice } = await planned(
      [finding('a', [edit('hostPID', 'set', false)]), finding('b', [edit('hostPID', 'set', true)])],
      new Server({ [PATH]: LIVE }),
    )
    expect(objects).toMatchObject([
      { patch: { spec: { template: { spec: { hostPID: false } } } }, checks: ['a'] },
    ])
    expect([mends.map(({ check }) => check), advice.map(({ reason }) => reason)]).toEqual([
      ['a'],
      ['conflict'],
    ])
  })
})

describe('what a plan of a kubeadm host changes in its cluster', () => {
  const FILE = '/var/lib/kubelet/config.yaml'
  const files: FixPlan['files'] = [
    {
      host: 'w-1',
      path: FILE,
      before: 'x',
      after: 'y',
      content: { edits: [{ host: 'w-1', file: FILE, op: 'set', path: ['readOnlyPort'], value: 0 }] },
      diff: '',
      checks: [],
    },
  ]
  const hosts = [{ name: 'w-1', distribution: 'kubeadm' }] as never
  // As it was read for the audit: masked, so that it must be read again.
  const objects = [object(CONFIG_REF, CONFIG_PATH, { ...CONFIG_MAP, data: { kubelet: '[redacted]' } })]

  it('is the ConfigMap as the server has it', async () => {
    const door = new Server({ [CONFIG_PATH]: CONFIG_MAP })
    const made = await withCluster(plan({ files }), { hosts, objects, findings: [], choice: {}, door })
    expect(made.objects).toMatchObject([
      { ref: CONFIG_REF, patch: { data: { kubelet: CONFIG.replace('10255', '0') } }, checks: [] },
    ])
    expect(made.lasting).toMatchObject([{ configMap: 'kubelet-config', changed: true, commands: [] }])
  })

  it('is told with the commands where no cluster is named, or its server refuses', async () => {
    const alone = await withCluster(plan({ files }), { hosts, objects: [], findings: [], choice: {} })
    expect(alone.objects).toEqual([])
    expect(alone.lasting).toMatchObject([
      {
        changed: false,
        commands: ['kubectl -n kube-system edit configmap kubelet-config', '#   in kubelet: readOnlyPort: 0'],
      },
    ])
    const door = new Server({ [CONFIG_PATH]: CONFIG_MAP }, () => {
      throw new Error('configmaps is forbidden')
    })
    const refused = await withCluster(plan({ files }), { hosts, objects, findings: [], choice: {}, door })
    expect(refused.objects).toEqual([])
    expect(refused.lasting).toMatchObject([
      { changed: false, left: [expect.stringContaining('configmaps is forbidden')] },
    ])
    expect(refused.lasting[0]?.commands).not.toEqual([])
  })
})
