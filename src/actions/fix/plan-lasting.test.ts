import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Edit, KubeObject } from '../../model/index.js'
import type { LastingChange } from './lasting-place.js'
import { lastingChanges } from './plan-lasting.js'

const HOSTS = [
  { name: 'cp-1', distribution: 'kubeadm' as const },
  { name: 'other', distribution: 'k3s' as const },
]
const MANIFEST = '/etc/kubernetes/manifests/kube-apiserver.yaml'
const on = (file: string, edit: Omit<Edit, 'file'>): Edit => ({ host: 'cp-1', file, ...edit })
const FOLDER = '/etc/kubernetes/kube-apiserver'
/** As the fix of anonymous access makes them. */
const EDITS: readonly Edit[] = [
  on(`${FOLDER}/authentication.yaml`, { op: 'create', path: [], value: 'x: 1\n' }),
  on(MANIFEST, {
    op: 'append',
    path: ['spec', 'containers', 0, 'volumeMounts'],
    value: { mountPath: FOLDER, name: 'files', readOnly: true },
  }),
  on(MANIFEST, {
    op: 'append',
    path: ['spec', 'volumes'],
    value: { hostPath: { path: FOLDER, type: 'DirectoryOrCreate' }, name: 'files' },
  }),
  on(MANIFEST, {
    op: 'setFlag',
    path: ['kube-apiserver', '--authentication-config'],
    value: `${FOLDER}/authentication.yaml`,
  }),
  on(MANIFEST, { op: 'removeFlag', path: ['kube-apiserver', '--anonymous-auth'] }),
]
const VOLUME = {
  name: 'files',
  hostPath: FOLDER,
  mountPath: FOLDER,
  readOnly: true,
  pathType: 'DirectoryOrCreate',
}

function configMap(name: string, key: string, text: string): KubeObject {
  return {
    ref: { group: '', version: 'v1', kind: 'ConfigMap', namespace: 'kube-system', name },
    content: { apiVersion: 'v1', kind: 'ConfigMap', data: { [key]: text } },
    source: 'cluster',
    slice: {
      file: `/api/v1/namespaces/kube-system/configmaps/${name}`,
      format: 'json',
      offset: 0,
      length: 0,
      line: 1,
      column: 1,
    },
  }
}

function change(edits: readonly Edit[], ...objects: KubeObject[]): LastingChange {
  const [only, another] = lastingChanges({ hosts: HOSTS, edits, objects })
  if (only === undefined || another !== undefined) throw new Error('there is not one change')
  return only
}

const cluster = (version: string, rest: string): KubeObject =>
  configMap(
    'kubeadm-config',
    'ClusterConfiguration',
    `# made by hand\napiServer:\n${rest}apiVersion: kubeadm.k8s.io/${version}\nkind: ClusterConfiguration\n`,
  )

describe('what outlasts an upgrade of kubeadm', () => {
  it.each([
    [
      'v1beta4',
      '  extraArgs:\n  - name: anonymous-auth\n    value: "true" # why\n  - name: v\n    value: "2"\n',
      [
        { name: 'v', value: '2' },
        { name: 'authentication-config', value: `${FOLDER}/authentication.yaml` },
      ],
    ],
    [
      'v1beta4',
      '  timeoutForControlPlane: 4m0s\n',
      [{ name: 'authentication-config', value: `${FOLDER}/authentication.yaml` }],
    ],
    [
      'v1beta3',
      '  extraArgs:\n    anonymous-auth: "true"\n    authorization-mode: Node,RBAC\n',
      { 'authorization-mode': 'Node,RBAC', 'authentication-config': `${FOLDER}/authentication.yaml` },
    ],
  ])('flags and volumes in ClusterConfiguration %s', (version, rest, extraArgs) => {
    const { after, left, rewritten, configMap: name } = change(EDITS, cluster(version, rest))
    expect(parse(after ?? '')).toMatchObject({ apiServer: { extraArgs, extraVolumes: [VOLUME] } })
    expect(after).toMatch(/^# made by hand\n/)
    expect(name).toBe('kubeadm-config')
    expect(rewritten).toEqual([expect.stringContaining(`write ${MANIFEST} of cp-1 again`)])
    expect(left).toEqual([
      `${FOLDER}/authentication.yaml has to be on every host of the control plane before its \`kubeadm upgrade\`: kubeadm copies no such file.`,
    ])
  })

  it('says nothing where it stands there already', () => {
    const before = change(EDITS, cluster('v1beta4', '  timeoutForControlPlane: 4m0s\n'))
    const again = change(EDITS, configMap('kubeadm-config', 'ClusterConfiguration', before.after ?? ''))
    expect(again.after).toBeUndefined()
  })

  it('tells the lines where the ConfigMap was not read', () => {
    expect(change(EDITS)).toMatchObject({
      commands: [
        'kubectl -n kube-system edit configmap kubeadm-config',
        expect.stringContaining('apiServer.extraVolumes: add {"name":"files"'),
        `#   in ClusterConfiguration: apiServer.extraArgs: {"name":"authentication-config","value":"${FOLDER}/authentication.yaml"}`,
        '#   in ClusterConfiguration: apiServer.extraArgs: take anonymous-auth out',
      ],
    })
  })

  it.each([
    [
      'a flag of its own',
      on(MANIFEST, { op: 'removeFlag', path: ['--enable-bootstrap-token-auth'] }),
      /gives kube-apiserver `--enable-bootstrap-token-auth` itself/,
    ],
    [
      'what only a patch can say',
      on(MANIFEST, { op: 'set', path: ['spec', 'containers', 0, 'imagePullPolicy'], value: 'Always' }),
      /kube-apiserver1\+strategic.yaml/,
    ],
  ])('tells of %s', (_name, edit, words) => {
    const { after, left } = change([edit], cluster('v1beta4', '  extraArgs: []\n'))
    expect(after).toBeUndefined()
    expect(left).toEqual([expect.stringMatching(words)])
  })

  const CONTAINER = ['spec', 'containers', 0] as const
  it.each<[string, readonly Partial<Edit>[], unknown]>([
    [
      'what is set and taken out of pod and container',
      [
        { op: 'set', path: [...CONTAINER, 'securityContext', 'privileged'], value: false },
        { op: 'set', path: [...CONTAINER, 'securityContext', 'capabilities', 'drop'], value: ['ALL'] },
        { op: 'remove', path: ['spec', 'hostPID'] },
        { op: 'setFlag', path: ['--profiling'], value: 'false' },
      ],
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'kube-apiserver', namespace: 'kube-system' },
        spec: {
          containers: [
            {
              name: 'kube-apiserver',
              securityContext: { privileged: false, capabilities: { drop: ['ALL'] } },
            },
          ],
          hostPID: null,
        },
      },
    ],
    ['flags alone', [{ op: 'setFlag', path: ['--profiling'], value: 'false' }], undefined],
    ['a second container', [{ op: 'set', path: ['spec', 'containers', 1, 'tty'], value: true }], undefined],
    ['an entry of a list', [{ op: 'append', path: [...CONTAINER, 'ports'], value: {} }], undefined],
    ['a list of objects', [{ op: 'set', path: [...CONTAINER, 'env'], value: [{ name: 'A' }] }], undefined],
  ])('a patch of the static pod: %s', (_name, edits, wanted) => {
    const { patches } = change(edits.map((edit) => on(MANIFEST, edit as Omit<Edit, 'file'>)))
    expect(patches.map(({ file, text }) => [file, parse(text)])).toEqual(
      wanted === undefined ? [] : [['/etc/kubernetes/patches/kube-apiserver1+strategic.yaml', wanted]],
    )
  })

  it.each(['kubelet-config', 'kubelet-config-1.23'])('a setting of the kubelet in ConfigMap %s', (name) => {
    const text =
      'apiVersion: kubelet.config.k8s.io/v1beta1\nauthentication:\n  anonymous:\n    enabled: true\nreadOnlyPort: 10255\n'
    const edits = [
      on('/var/lib/kubelet/config.yaml', {
        op: 'set',
        path: ['authentication', 'anonymous', 'enabled'],
        value: false,
      }),
      on('/var/lib/kubelet/config.yaml', { op: 'remove', path: ['readOnlyPort'] }),
      on('/var/lib/kubelet/kubeadm-flags.env', { op: 'removeFlag', path: ['--read-only-port'] }),
    ]
    const { after, patches, rewritten } = change(edits, configMap(name, 'kubelet', text))
    expect(after).toBe(text.replace('true', 'false').replace('readOnlyPort: 10255\n', ''))
    expect(rewritten).toEqual([expect.stringContaining(`kube-system/${name}`)])
    expect(patches).toEqual([
      {
        file: '/etc/kubernetes/patches/kubeletconfiguration+strategic.yaml',
        text: 'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nauthentication:\n  anonymous:\n    enabled: false\nreadOnlyPort: null\n',
      },
    ])
  })

  it.each<[string, Edit]>([
    ['a host of another distribution', { ...(EDITS[3] as Edit), host: 'other' }],
    [
      'a drop-in of the kubelet',
      on('/etc/kubernetes/kubelet.conf.d/90.conf', { op: 'set', path: ['a'], value: 1 }),
    ],
    ['a manifest that the user named', { file: MANIFEST, op: 'setFlag', path: ['--v'], value: '1' }],
  ])('has no word on %s', (_name, edit) => {
    expect(lastingChanges({ hosts: HOSTS, edits: [edit], objects: [] })).toEqual([])
  })

  it.each(['apiServer: [1\n', '3', '', 'apiServer: 3\napiVersion: kubeadm.k8s.io/v1beta4\n'])(
    'leaves a document alone that is none: %j',
    (text) => {
      const { after, left } = change(EDITS, configMap('kubeadm-config', 'ClusterConfiguration', text))
      expect(after).toBeUndefined()
      expect(left.length).toBeGreaterThan(1)
    },
  )
})
