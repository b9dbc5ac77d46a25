import { describe, expect, it } from 'vitest'
import { estateFrom } from '../sources/inline.js'
import type { InlineFile } from '../model/index.js'
import { containerdsOf, crioOf, insecureRegistries, registryFolders } from './index.js'
import { matching } from './containerd/imports.js'

const hostOf = async (files: Record<string, InlineFile>, processes: string[] = []) => {
  const [host] = (await estateFrom({ hosts: { n: { files, processes } } })).hosts
  if (host === undefined) throw new Error('no host')
  return host
}

describe('containerd', () => {
  it('puts imports together breadth first, each once, and lists add up', async () => {
    const host = await hostOf({
      '/etc/containerd/config.toml':
        'version = 3\nimports = ["conf.d/*.toml", "/etc/containerd/site/b.toml"]\ndisabled_plugins = ["a.b"]\n[grpc]\ntcp_address = ":1"\n',
      '/etc/containerd/conf.d/a.toml':
        'version = 3\nimports = ["../config.toml"]\n[grpc]\ntcp_address = ""\n',
      '/etc/containerd/conf.d/not.txt': 'broken [',
      '/etc/containerd/site/b.toml':
        'version = 3\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]\n[grpc]\nuid = 5\n',
    })
    const [containerd] = containerdsOf(host)
    // Source of the rule: mergeConfig, `"value"` and `""` give `"value"`.
    expect(containerd?.setting(['grpc', 'tcp_address'])).toMatchObject({ known: true, value: ':1' })
    expect(containerd?.setting(['grpc', 'uid'])).toMatchObject({
      known: true,
      value: 5,
      origin: { file: '/etc/containerd/site/b.toml', line: 4 },
    })
    expect(containerd?.criOff).toMatchObject({ file: '/etc/containerd/site/b.toml', line: 2 })
    expect(containerd?.gaps).toEqual([])
  })

  it('reads what a flag names, and what k3s and Docker start', async () => {
    const host = await hostOf(
      {
        '/opt/c.toml': 'version = 2\n',
        '/var/lib/rancher/k3s/agent/etc/containerd/config.toml': 'version = 3\n',
      },
      ['/usr/bin/containerd --config /opt/c.toml'],
    )
    expect(containerdsOf(host).map(({ path, template, unit }) => ({ path, template, unit }))).toEqual([
      { path: '/opt/c.toml', template: undefined, unit: 'containerd' },
      {
        path: '/var/lib/rancher/k3s/agent/etc/containerd/config.toml',
        template: '/var/lib/rancher/k3s/agent/etc/containerd/config-v3.toml.tmpl',
        unit: 'k3s',
      },
    ])
  })

  it('says which sections of plug-ins two releases read differently', async () => {
    const files = {
      '/etc/containerd/config.toml':
        'version = 2\nimports = ["/etc/containerd/conf.d/*.toml"]\n[plugins."io.containerd.grpc.v1.cri"]\nenable_selinux = true\n',
      '/etc/containerd/conf.d/a.toml':
        'version = 2\n[plugins."io.containerd.grpc.v1.cri"]\nsandbox_image = "a"\n',
    }
    const [two] = containerdsOf(await hostOf(files))
    expect(two?.cri('runtime', ['enable_selinux'])).toMatchObject({ known: false, reason: 'version-unknown' })
    expect(two?.cri('images', ['sandbox_image'])).toMatchObject({ known: true, value: 'a' })
  })

  it('runs without a file, with what is built in', async () => {
    const [containerd] = containerdsOf(await hostOf({ '/etc/hostname': 'n' }, ['/usr/bin/containerd']))
    expect(containerd?.setting(['grpc', 'tcp_address'])).toMatchObject({ known: true, value: null })
  })

  it('knows the folders of hosts.toml in each layout', async () => {
    const [three] = containerdsOf(
      await hostOf({
        '/etc/containerd/config.toml':
          'version = 3\n[plugins."io.containerd.cri.v1.images".registry]\nconfig_path = "/etc/containerd/certs.d:/etc/docker/certs.d"\n',
      }),
    )
    expect(three === undefined ? [] : registryFolders(three)).toEqual([
      '/etc/containerd/certs.d',
      '/etc/docker/certs.d',
    ])
  })

  it.each([
    ['version = "2"\nplugins = 3\nimports = "x"\ngrpc = []\n'],
    ['imports = [1, "", "/etc/containerd/config.toml", "../../../etc/passwd"]\n'],
    ['[plugins]\ncri = []\n'],
  ])('never throws on odd types: %s', async (text) => {
    const [containerd] = containerdsOf(await hostOf({ '/etc/containerd/config.toml': text }))
    expect(() => {
      containerd?.setting(['grpc', 'tcp_address'])
      containerd?.cri('runtime', ['a', 'b'])
      if (containerd !== undefined) registryFolders(containerd)
    }).not.toThrow()
  })

  it('matches patterns as filepath.Glob does', () => {
    const paths = ['/a/b.toml', '/a/c/d.toml', '/a/.toml', '/a/b.toml.bak', '/a/x+y.toml']
    expect(matching('/a/*.toml', paths)).toEqual(['/a/.toml', '/a/b.toml', '/a/x+y.toml'])
    expect(matching('/a/x+?.toml', paths)).toEqual(['/a/x+y.toml'])
    expect(matching(`/a/${'*'.repeat(5000)}z`, ['/a/'.padEnd(20_000, 'y')])).toEqual([])
  })
})

describe('CRI-O', () => {
  it('takes the last file that sets a value', async () => {
    const crio = crioOf(
      await hostOf({
        '/etc/crio/crio.conf': '[crio.runtime]\nseccomp_profile = "unconfined"\n',
        '/etc/crio/crio.conf.d/20-b.conf': '[crio.runtime]\nseccomp_profile = ""\n',
        '/etc/crio/crio.conf.d/10-a.conf': '[crio.runtime]\nseccomp_profile = "/a.json"\n',
      }),
    )
    expect(crio?.setting(['crio', 'runtime', 'seccomp_profile'])).toMatchObject({
      value: '',
      origin: { file: '/etc/crio/crio.conf.d/20-b.conf', line: 2 },
    })
  })

  it('is unknown while one of its files cannot be read', async () => {
    const crio = crioOf(await hostOf({ '/etc/crio/crio.conf': '', '/etc/crio/crio.conf.d/a.conf': '[crio' }))
    expect(crio?.setting(['crio', 'runtime', 'seccomp_profile'])).toMatchObject({
      known: false,
      reason: 'unparsable',
    })
  })

  it('is not there without its files', async () => {
    expect(crioOf(await hostOf({ '/etc/hostname': 'n' }))).toBeUndefined()
  })
})

describe('registries.conf', () => {
  it('reads both layouts; a drop-in takes the place of an entry of the same prefix', async () => {
    const host = await hostOf({
      '/etc/containers/registries.conf':
        '[[registry]]\nlocation = "a.example"\ninsecure = true\n[[registry]]\nlocation = "b.example"\n[[registry.mirror]]\nlocation = "m.example"\ninsecure = true\n',
      '/etc/containers/registries.conf.d/a.conf': '[[registry]]\nlocation = "a.example"\ninsecure = false\n',
    })
    expect(insecureRegistries(host).found).toMatchObject([{ location: 'm.example', origin: { line: 8 } }])
    const first = await hostOf({
      '/etc/containers/registries.conf': '[registries.insecure]\nregistries = ["c.example"]\n',
    })
    expect(insecureRegistries(first).found).toMatchObject([{ location: 'c.example' }])
  })
})
