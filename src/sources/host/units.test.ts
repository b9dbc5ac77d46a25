import { describe, expect, it } from 'vitest'
import { memoryFs, type MemoryFile } from './memory-fs.js'
import { readHost } from './read-host.js'

const ETC = '/etc/systemd/system'
const USR = '/usr/lib/systemd/system'

async function units(files: Record<string, MemoryFile>) {
  const host = await readHost(memoryFs(files), { name: 'n', root: '/' })
  return {
    lines: host.commands.map(
      ({ described, args }) => `${described}: ${args.map(({ value }) => value).join(' ')}`,
    ),
    host,
  }
}

describe('units and drop-ins', () => {
  it('the stronger folder has the unit, all folders have drop-ins, by their names', async () => {
    const { lines } = await units({
      [`${USR}/kubelet.service`]: '[Service]\nExecStart=/usr/bin/kubelet usr\n',
      [`${ETC}/kubelet.service`]: '[Service]\nExecStart=/usr/bin/kubelet $A $B $C\n',
      [`${USR}/kubelet.service.d/20.conf`]: '[Service]\nEnvironment=A=usr B=usr\n',
      [`/run/systemd/system/kubelet.service.d/10.conf`]: '[Service]\nEnvironment=A=run C=run\n',
      [`${USR}/kubelet.service.d/30.conf`]: '[Service]\nEnvironment=C=usr\n',
      [`${ETC}/kubelet.service.d/30.conf`]: '[Service]\nEnvironment=D=etc\n',
      [`${ETC}/kubelet.service.d/40.conf.bak`]: '[Service]\nEnvironment=A=bak\n',
    })
    expect(lines).toEqual(['unit kubelet.service: usr usr run'])
  })

  it('masked units and drop-ins are none', async () => {
    const { lines } = await units({
      [`${USR}/kubelet.service`]: '[Service]\nExecStart=/usr/bin/kubelet\n',
      [`${ETC}/kubelet.service`]: { link: '/dev/null' },
      [`${USR}/docker.service`]: '[Service]\nExecStart=/usr/bin/dockerd\n',
      [`${USR}/docker.service.d/a.conf`]: '[Service]\nExecStart=\nExecStart=/usr/bin/dockerd --debug\n',
      [`${ETC}/docker.service.d/a.conf`]: { link: '/dev/null' },
    })
    expect(lines).toEqual(['unit docker.service: '])
  })

  it('instances take their template, and drop-ins of the prefix and of the type', async () => {
    const { lines } = await units({
      [`${USR}/etcd@.service`]: '[Service]\nExecStart=/usr/bin/etcd --name=%i $A\n',
      [`${ETC}/multi-user.target.wants/etcd@one.service`]: { link: `${USR}/etcd@.service` },
      [`${ETC}/etcd@.service.d/a.conf`]: '[Service]\nEnvironment=A=--a\n',
      [`${ETC}/service.d/b.conf`]: '[Service]\nExecStart=/usr/bin/etcd --b\n',
    })
    expect(lines).toEqual(['unit etcd@one.service: --name=one --a', 'unit etcd@one.service: --b'])
  })

  it('an environment file that should be there and is not leaves variables unknown', async () => {
    const { host } = await units({
      [`${ETC}/kubelet.service`]:
        '[Service]\nEnvironmentFile=/etc/kubelet.env\nExecStart=/usr/bin/kubelet $ARGS\n',
    })
    expect(host.commands[0]).toMatchObject({ unresolved: ['$ARGS'] })
    expect(host.problems).toMatchObject([
      { code: 'unreadable', level: 'warning', place: { file: `${ETC}/kubelet.service`, line: 2, host: 'n' } },
    ])
  })

  it('an optional one that cannot be read leaves them unknown too', async () => {
    const { host } = await units({
      [`${ETC}/kubelet.service`]:
        '[Service]\nEnvironmentFile=-/etc/kubelet.env\nExecStart=/usr/bin/kubelet $ARGS\n',
      '/etc/kubelet.env': { special: 'denied' },
    })
    expect(host.commands[0]).toMatchObject({ unresolved: ['$ARGS'] })
  })

  it('environment files may have wildcards; later files win', async () => {
    const { lines } = await units({
      [`${ETC}/kubelet.service`]:
        '[Service]\nEnvironmentFile=/etc/kubelet/*.env\nExecStart=/usr/bin/kubelet ${A} ${B}\n',
      '/etc/kubelet/1.env': 'A=1\nB=1\n',
      '/etc/kubelet/2.env': 'A=2\n',
      '/etc/kubelet/3.txt': 'A=3\n',
    })
    expect(lines).toEqual(['unit kubelet.service: 2 1'])
  })

  it('units of other programs are none, and a linked folder counts once', async () => {
    const { lines } = await units({
      '/lib': { link: 'usr/lib' },
      [`${USR}/kubelet.service`]: '[Service]\nExecStart=/bin/sh -c "kubelet"\n',
      [`${USR}/containerd.service`]:
        '[Service]\nExecStartPre=-/sbin/modprobe overlay\nExecStart=/usr/bin/containerd\n',
      [`${USR}/ssh.service`]: '[Service]\nExecStart=/usr/bin/kubelet\n',
    })
    expect(lines).toEqual(['unit containerd.service: '])
  })

  it('takes hundreds of thousands of settings and variables', async () => {
    const { lines } = await units({
      [`${ETC}/kubelet.service`]: `[Service]\nEnvironmentFile=/many.env\n${'Environment=A=1\n'.repeat(200_000)}ExecStart=/usr/bin/kubelet $A $B\n`,
      '/many.env': 'B=2\n'.repeat(300_000),
    })
    expect(lines).toEqual(['unit kubelet.service: 1 2'])
  })
})
