import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { memoryFs } from './memory-fs.js'
import { readHost } from './read-host.js'
import { staticPodCommands } from './static-pod-commands.js'
import { staticPodObjects } from './static-pod-objects.js'

function pod(container: string, more = ''): string {
  const lines = container
    .trim()
    .split('\n')
    .map((line) => `    ${line}`)
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: etcd\n  namespace: kube-system\nspec:\n  containers:\n  - name: etcd\n${lines.join('\n')}\n${more}`
}

function commandsOf(text: string) {
  return staticPodCommands({ path: '/etc/kubernetes/manifests/etcd.yaml', type: 'file', text })
}

describe('the command line of a static pod', () => {
  test.each<[string, string, string[], string[]?]>([
    ['command and args', 'command: [etcd]\nargs: [--a, --b=c]', ['--a', '--b=c']],
    ['args alone', 'args: [/usr/local/bin/etcd, --a]', ['--a']],
    ['a variable', 'command: [etcd, --x=$(A)]\nenv: [{name: A, value: "1"}]', ['--x=1']],
    [
      'a variable of a variable',
      'command: [etcd, $(B)]\nenv: [{name: A, value: "1"}, {name: B, value: x$(A)}]',
      ['x1'],
    ],
    ['an escaped variable', 'command: [etcd, --x=$$(A)]\nenv: [{name: A, value: "1"}]', ['--x=$(A)']],
    ['an unknown variable stays', 'command: [etcd, --x=$(A)]', ['--x=$(A)']],
    [
      'a variable from elsewhere',
      'command: [etcd, --x=$(A)]\nenv: [{name: A, valueFrom: {fieldRef: {fieldPath: status.hostIP}}}]',
      ['--x=$(A)'],
      ['$(A)'],
    ],
    [
      'any variable may come from envFrom',
      'command: [etcd, --x=$(A)]\nenvFrom: [{secretRef: {name: a}}]',
      ['--x=$(A)'],
      ['$(A)'],
    ],
    ['a shell', `command: [/bin/sh, -c, "exec etcd --a --b='c d' >/log 2>&1"]`, ['--a', '--b=c d']],
    ['a shell with work before', `command: [sh, -ec, "mkdir -p /x && A=1 etcd --a; sleep 1"]`, ['--a']],
    [
      'a shell with a variable',
      'command: [sh, -c, "etcd --a=$A --b=${B}"]\nenv: [{name: A, value: "1"}]',
      ['--a=1', '--b=${B}'],
      ['--b=${B}'],
    ],
    [
      'a shell with a command in it',
      'command: [sh, -c, "etcd --a=$(hostname -i)"]',
      ['--a=$(hostname -i)'],
      ['--a=$(hostname -i)'],
    ],
    ['numbers are words', 'command: [etcd, 1, true]', ['1', 'true']],
    [
      'a secret',
      'command: [etcd, --password, abc, --token=abc]',
      ['--password', '[redacted]', '--token=[redacted]'],
    ],
  ])('%s', (_name, container, args, unresolved) => {
    const [command] = commandsOf(pod(container))
    expect(command?.component).toBe('etcd')
    expect(command?.args.map(({ value }) => value)).toEqual(args)
    expect(command?.unresolved).toEqual(unresolved)
  })

  it('knows the line of each argument', () => {
    const [command] = commandsOf(pod('command:\n- etcd\n- --a=b'))
    expect(command?.args).toEqual([
      { value: '--a=b', file: '/etc/kubernetes/manifests/etcd.yaml', line: 11, column: 7 },
    ])
    expect(command?.described).toBe('pod kube-system/etcd')
  })

  it.each([
    ['another program', pod('command: [grep, etcd]')],
    ['another kind', pod('command: [etcd]').replace('kind: Pod', 'kind: Job')],
    ['wrong types', 'apiVersion: v1\nkind: Pod\nspec:\n  containers: {a: 1}\n'],
    ['lists of lists', pod('command: [[etcd]]')],
    ['no YAML', '{{'],
    ['nothing', ''],
  ])('has none: %s', (_name, text) => {
    expect(commandsOf(text)).toEqual([])
  })

  it('never throws', () => {
    const value = fc.jsonValue()
    fc.assert(
      fc.property(value, value, value, (command, args, env) => {
        const content = { kind: 'Pod', spec: { containers: [{ command: ['etcd', command], args, env }] } }
        expect(commandsOf(JSON.stringify(content)).length).toBeLessThan(2)
      }),
    )
  })
})

describe('objects of static pods', () => {
  it('are read from the folder that the kubelet is told to watch', async () => {
    const config = 'kind: KubeletConfiguration\nstaticPodPath: /srv/pods\n'
    const host = await readHost(
      memoryFs(
        {
          '/var/lib/kubelet/config.yaml': config,
          '/srv/pods/a.yaml': pod('command: [etcd]'),
          '/srv/pods/.b.yaml': pod('command: [etcd]'),
          '/srv/pods/c.yaml': 'kind: Deployment\n',
          '/srv/pods/d.yaml': 'a: [',
          '/srv/pods/e.json': '{"kind":"Pod","metadata":{"name":"e"},"apiVersion":"v1"}',
        },
        ['/usr/bin/kubelet --config=/var/lib/kubelet/config.yaml'],
      ),
      { name: 'n', root: '/' },
    )
    const { objects, problems } = staticPodObjects(host)
    expect(
      objects.map(({ ref, host, source, slice }) => [ref.namespace, ref.name, host, source, slice.file]),
    ).toEqual([
      ['kube-system', 'etcd', 'n', 'static-pod', '/srv/pods/a.yaml'],
      ['default', 'e', 'n', 'static-pod', '/srv/pods/e.json'],
    ])
    expect(problems.map(({ code, place }) => [code, place.file, place.host])).toEqual([
      ['not-an-object', '/srv/pods/c.yaml', 'n'],
      ['syntax', '/srv/pods/d.yaml', 'n'],
    ])
  })
})
