import { describe, expect, it } from 'vitest'
import type { Command, Estate, Host, HostFile, JsonObject, KubeObject } from '../../model/index.js'
import { kubeletsOf } from './kubelets-of.js'

const HEAD = 'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n'
const CONFIG = '/var/lib/kubelet/config.yaml'
const ENV = '/var/lib/kubelet/kubeadm-flags.env'

function host(files: Record<string, string>, commands: Command[], more: Partial<Host> = {}): Host {
  const entries = Object.entries(files).map(([path, text]): [string, HostFile] => [
    path,
    { path, type: 'file', text },
  ])
  return {
    name: 'node-1',
    root: '/',
    distribution: 'kubeadm',
    commands,
    files: new Map(entries),
    users: new Map(),
    groups: new Map(),
    problems: [],
    processesSeen: true,
    ...more,
  }
}

function command(source: Command['source'], args: Command['args'], more: Partial<Command> = {}): Command {
  return { component: 'kubelet', source, args, executable: '/usr/bin/kubelet', described: source, ...more }
}

function object(kind: string, namespace: string, name: string, content: JsonObject): KubeObject {
  return {
    ref: { group: '', version: 'v1', kind, namespace, name },
    content,
    source: 'export',
    slice: { file: 'all.json', format: 'json', offset: 0, length: 1, line: 1, column: 1 },
  }
}

function estate(hosts: Host[], objects: KubeObject[] = []): Estate {
  return { hosts, objects, sources: [], problems: [], texts: { read: () => undefined } }
}

const words = (...args: string[]) => args.map((value) => ({ value }))
const node = (name: string, kubeletVersion: string) =>
  object('Node', '', name, { status: { nodeInfo: { kubeletVersion } } })

function only(hosts: Host[], objects: KubeObject[] = []) {
  const [view, ...more] = kubeletsOf(estate(hosts, objects))
  if (view === undefined || more.length > 0) throw new Error('not exactly one kubelet')
  return view
}

describe('kubeletsOf', () => {
  it('believes the running process, and takes places of its arguments from the files that hold them', () => {
    const unit = command('unit', [
      { value: `--config=${CONFIG}`, file: '/etc/unit.conf', line: 3 },
      { value: '--max-pods=5', file: ENV, line: 1 },
    ])
    const process = command('process', words(`--config=${CONFIG}`, '--max-pods=5', '--read-only-port=1'), {
      pid: 812,
    })
    const view = only([host({ [CONFIG]: HEAD }, [unit, process])])
    expect(view.number('maxPods')).toMatchObject({
      known: true,
      value: 5,
      origin: { pid: 812, place: { file: ENV, line: 1 } },
    })
    expect(view.number('readOnlyPort')).toMatchObject({ known: true, value: 1 })
    expect(view.command?.source).toBe('process')
  })

  it('takes the version of the Node of the same name, and says when none is known', () => {
    const one = host({ [CONFIG]: HEAD }, [command('process', words(`--config=${CONFIG}`))])
    const nodes = [node('node-2', 'v1.36.2'), node('node-1', 'v1.34.1+k3s1')]
    expect(only([one], nodes).version).toMatchObject({ known: true, value: '1.34.1+k3s1' })
    expect(only([one], nodes).boolean('failCgroupV1')).toMatchObject({ value: false })
    expect(only([one]).version).toMatchObject({ known: false, reason: 'version-unknown' })
    const agreed = [node('a', 'v1.35.0'), node('b', 'v1.35.0')]
    expect(only([one], agreed).version).toMatchObject({ value: '1.35.0' })
    const path = command('process', words(), { executable: '/var/lib/minikube/binaries/v1.33.1/kubelet' })
    expect(only([host({}, [path])]).version).toMatchObject({ value: '1.33.1' })
  })

  it.each<[string, Host, string]>([
    ['no command line was seen', host({ [CONFIG]: HEAD }, []), 'no-source'],
    ['the command line was cut', host({}, [command('ps', words('--v=1'), { cut: true })]), 'no-source'],
    [
      'a variable was not found',
      host({}, [command('unit', words(), { unresolved: ['ARGS'] })]),
      'unresolved-variable',
    ],
    ['the file is not there', host({}, [command('process', words('--config=/nope'))]), 'no-source'],
    ['k3s hides its flags', host({}, [], { distribution: 'k3s' }), 'no-source'],
  ])('knows nothing for sure when %s', (_, machine, reason) => {
    expect(only([machine]).boolean('authentication.anonymous.enabled')).toMatchObject({
      known: false,
      reason,
    })
  })

  it('has no kubelet on a host without one, nor in a kubeconfig', () => {
    expect(kubeletsOf(estate([host({ '/etc/kubernetes/kubelet.conf': 'kind: Config\n' }, [])]))).toEqual([])
  })

  it('reads the drop-ins of k3s and what kubelet-arg adds', () => {
    const folder = '/var/lib/rancher/k3s/agent/etc/kubelet.conf.d'
    const files = {
      [`${folder}/00-k3s-defaults.conf`]: `${HEAD}authentication:\n  anonymous:\n    enabled: false\n`,
      '/etc/rancher/k3s/config.yaml': 'kubelet-arg:\n- max-pods=7\n',
    }
    const k3s = { ...command('process', words('server', '--kubelet-arg=read-only-port=9')), component: 'k3s' }
    const view = only([host(files, [k3s], { distribution: 'k3s' })])
    expect(view.boolean('authentication.anonymous.enabled')).toMatchObject({ value: false })
    expect(view.number('maxPods')).toMatchObject({ value: 7, origin: { place: { line: 2 } } })
    expect(view.number('readOnlyPort')).toMatchObject({ value: 9 })
    expect(view.string('authorization.mode')).toMatchObject({ value: 'AlwaysAllow' })
  })

  it('stands for all nodes where only the ConfigMap of kubeadm is known', () => {
    const map = object('ConfigMap', 'kube-system', 'kubelet-config', {
      data: { kubelet: `${HEAD}maxPods: 7\n` },
    })
    const view = only([], [map])
    expect(view.host).toBe('all nodes')
    expect(view.number('maxPods')).toMatchObject({
      value: 7,
      origin: { kind: 'object', path: ['data', 'kubelet'] },
    })
    expect(view.config.settings.find(({ setting }) => setting === 'maxPods')?.source).toEqual({
      kind: 'file',
      object: map.ref,
      described: 'ConfigMap kube-system/kubelet-config',
      path: ['data', 'kubelet', 'maxPods'],
    })
    expect(view.setting('--hostname-override')).toMatchObject({ known: false })
    expect(view.change('maxPods', 8)).toMatchObject({
      edits: [],
      commands: [
        expect.stringContaining('kubectl'),
        'kubeadm upgrade node phase kubelet-config',
        'systemctl restart kubelet',
      ],
    })
  })

  it('survives wrong types in objects', () => {
    const wrong = [
      object('ConfigMap', 'kube-system', 'kubelet-config', { data: { kubelet: 5 } }),
      object('Node', '', 'node-1', { status: 'x' }),
      object('ConfigMap', 'kube-system', 'kubeadm-config', { data: [] }),
    ]
    expect(kubeletsOf(estate([], wrong))).toEqual([])
  })
})

describe('change', () => {
  const change = (
    config: string | undefined,
    args: Command['args'],
    name: string,
    value: boolean | number,
  ) => {
    const own = config === undefined ? [] : [{ value: `--config=${CONFIG}`, file: '/unit', line: 2 }]
    const files: Record<string, string> = config === undefined ? {} : { [CONFIG]: HEAD + config }
    return only([host(files, [command('unit', [...own, ...args])])]).change(name, value)
  }
  const set = (path: string[], value: unknown) => ({ host: 'node-1', file: CONFIG, op: 'set', path, value })

  it('writes to the file that wins or that a default needs', () => {
    expect(change('maxPods: 5', [], 'maxPods', 6).edits).toEqual([set(['maxPods'], 6)])
    const path = ['authentication', 'anonymous', 'enabled']
    expect(change('', [], path.join('.'), false).edits).toEqual([set(path, false)])
  })

  it('takes a flag away that beats the file', () => {
    const fix = change(
      'readOnlyPort: 0',
      [{ value: '--read-only-port=1', file: ENV, line: 1 }],
      'readOnlyPort',
      0,
    )
    expect(fix.edits).toEqual([
      { host: 'node-1', file: ENV, op: 'removeFlag', path: ['--read-only-port'] },
      set(['readOnlyPort'], 0),
    ])
    expect(fix).toMatchObject({ risk: 'restart', restart: 'systemctl restart kubelet' })
    expect(fix.text).toContain('kubeadm upgrade writes the file again')
    expect(fix.verify).toContain('/api/v1/nodes/node-1/proxy/configz')
  })

  it('reloads units that it changes, and takes a repeated flag out once', () => {
    const place = { file: '/etc/systemd/system/kubelet.service.d/20.conf', line: 2 }
    const args = [
      { value: '--read-only-port=1', ...place },
      { value: '--read-only-port=2', ...place },
    ]
    const fix = change('', args, 'readOnlyPort', 0)
    expect(fix.edits.map(({ op }) => op)).toEqual(['removeFlag', 'set'])
    expect(fix.restart).toBe('systemctl daemon-reload && systemctl restart kubelet')
  })

  it('changes the flag where there is no configuration file', () => {
    const file = '/etc/default/kubelet'
    const fix = change(undefined, [{ value: '--read-only-port=1', file, line: 1 }], 'readOnlyPort', 0)
    expect(fix.edits).toEqual([
      { host: 'node-1', file, op: 'setFlag', path: ['--read-only-port'], value: '0' },
    ])
  })

  it('says where to add a flag that stands nowhere', () => {
    const fix = change(
      undefined,
      [{ value: '--v=1', file: '/etc/default/kubelet', line: 1 }],
      'readOnlyPort',
      0,
    )
    expect(fix).toMatchObject({
      edits: [],
      text: expect.stringContaining('`/etc/default/kubelet`') as string,
    })
  })

  it('is advice where a flag and its value are two words', () => {
    const args = ['--read-only-port', '1'].map((value) => ({ value, file: ENV, line: 1 }))
    expect(change('', args, 'readOnlyPort', 0).edits).toEqual([])
  })

  it('is advice where nothing shows which file holds the flag', () => {
    expect(change('', words('--read-only-port=1'), 'readOnlyPort', 0)).toMatchObject({
      edits: [],
      commands: [],
      text: expect.stringContaining('--read-only-port') as string,
    })
  })
})
