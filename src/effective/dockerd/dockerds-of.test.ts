import { describe, expect, it } from 'vitest'
import { estateFrom } from '../../sources/index.js'
import type { HostInput } from '../../model/index.js'
import { dockerdsOf, type DockerdView } from './dockerds-of.js'

const UNIT = '/usr/lib/systemd/system/docker.service'
const FILE = '/etc/docker/daemon.json'

async function viewsOf(host: HostInput, manifests?: string): Promise<DockerdView[]> {
  return dockerdsOf(
    await estateFrom({ hosts: { 'docker-1': host }, ...(manifests === undefined ? {} : { manifests }) }),
  )
}

async function viewOf(host: HostInput): Promise<DockerdView> {
  const [view] = await viewsOf(host)
  if (view === undefined) throw new Error('no dockerd was found')
  return view
}

describe('dockerdsOf', () => {
  it('finds none on a host without Docker', async () => {
    expect(await viewsOf({ files: { '/etc/hostname': 'x' }, processes: ['/usr/bin/containerd'] })).toEqual([])
  })

  it('takes the flags of the unit, with their lines', async () => {
    const view = await viewOf({
      files: { [UNIT]: '[Service]\nExecStart=/usr/bin/dockerd -H fd:// --icc=false\n' },
    })
    expect(view.setting('icc')).toMatchObject({
      known: true,
      value: false,
      origin: { place: { file: UNIT, line: 2 } },
    })
  })

  it('takes the process before the unit, and the place from the unit', async () => {
    const view = await viewOf({
      files: { [UNIT]: '[Service]\nExecStart=/usr/bin/dockerd --icc=false --debug\n' },
      processes: ['/usr/bin/dockerd --icc=false'],
    })
    expect(view.setting('icc')).toMatchObject({ origin: { pid: 100, place: { file: UNIT, line: 2 } } })
    expect(view.setting('debug')).toMatchObject({ value: false })
  })

  it('reads the daemon.json of a rootless daemon, and knows its default', async () => {
    const view = await viewOf({
      files: {
        '/home/ann/.config/docker/daemon.json': '{"icc": false}',
        '/etc/passwd': 'ann:x:1000:1000::/home/ann:/bin/sh\n',
      },
      processes: ['/usr/bin/dockerd --rootless'],
    })
    expect([view.rootless, view.setting('icc')]).toMatchObject([true, { value: false }])
    expect(view.config.settings.find(({ setting }) => setting === 'data-root')).toBeUndefined()
  })

  it('opens what docker.socket says for fd://, drop-ins and resets included', async () => {
    const files = {
      '/lib/systemd/system/docker.socket': '[Socket]\nListenStream=/run/docker.sock\n',
      '/etc/systemd/system/docker.socket.d/a.conf': '[Socket]\nListenStream=\nListenStream=10.0.0.5:2375\n',
      '/etc/systemd/system/docker.socket.d/b.conf':
        '[Socket]\n# ListenStream=1\nListenStream=[fd00::1]:2376\n',
    }
    const view = await viewOf({ files, processes: ['/usr/bin/dockerd -H fd://'] })
    expect(view.listeners.seen.map(({ host, origin }) => ({ host, origin }))).toMatchObject([
      { host: { kind: 'tcp', address: '10.0.0.5', port: 2375, scope: 'private' }, origin: { line: 3 } },
      { host: { kind: 'tcp', address: 'fd00::1', port: 2376, scope: 'private' }, origin: { line: 3 } },
    ])
  })

  it('does not know the sockets of fd:// without the unit', async () => {
    const view = await viewOf({ processes: ['/usr/bin/dockerd -H fd:// -H tcp://127.0.0.1:2376'] })
    expect(view.listeners.seen).toHaveLength(1)
    expect(view.listeners.unseen).toMatchObject({ reason: 'no-source' })
  })

  it('knows the version from the Node of the same name', async () => {
    const node = `apiVersion: v1\nkind: Node\nmetadata: {name: docker-1}\nstatus: {nodeInfo: {containerRuntimeVersion: docker://27.5.1}}\n`
    const [view] = await viewsOf({ processes: ['/usr/bin/dockerd'] }, node)
    expect(view?.version).toMatchObject({ known: true, value: '27.5.1' })
  })

  it('gives a map with all its members, and an empty one', async () => {
    const view = await viewOf({
      files: { [FILE]: '{"log-opts": {"a": "1"}}' },
      processes: ['/usr/bin/dockerd'],
    })
    expect([view.map('log-opts'), view.map('default-ulimits')]).toMatchObject([
      { value: { a: '1' } },
      { value: {} },
    ])
  })
})

describe('change', () => {
  it('sets the key where the file holds it, at its own place', async () => {
    const view = await viewOf({ files: { [FILE]: '{"x": {"icc": true}}' }, processes: ['/usr/bin/dockerd'] })
    expect(view.change('icc', false).edits).toEqual([
      { host: 'docker-1', file: FILE, op: 'set', path: ['x', 'icc'], value: false },
    ])
  })

  it('changes a flag in the unit that the owner wrote, and never adds the key beside it', async () => {
    const unit = '/etc/systemd/system/docker.service'
    const view = await viewOf({
      files: { [unit]: '[Service]\nExecStart=/usr/bin/dockerd --iptables=false\n', [FILE]: '{}' },
    })
    expect(view.change('iptables', true).edits).toEqual([
      { host: 'docker-1', file: unit, op: 'setFlag', path: ['--iptables'], value: 'true' },
    ])
  })

  it('writes a drop-in for a unit of a package', async () => {
    const view = await viewOf({
      files: { [UNIT]: '[Service]\nExecStart=/usr/bin/dockerd -H fd:// -l debug\n' },
    })
    const fix = view.change('log-level', 'info')
    expect(fix.edits).toEqual([])
    expect(fix.text).toContain(
      '[Service]\nExecStart=\nExecStart=/usr/bin/dockerd -H fd:// --log-level=info\n',
    )
  })

  it('names what breaks, and keeps remapping as advice until it is named', async () => {
    const view = await viewOf({ files: { [FILE]: '{}' }, processes: ['/usr/bin/dockerd'] })
    expect(view.change('userns-remap', 'default')).toMatchObject({
      risk: 'traffic',
      needs: [{ met: 'unknown' }],
    })
    expect(view.change('live-restore', true)).toMatchObject({
      risk: 'none',
      restart: 'systemctl reload docker',
    })
  })

  it('makes a file that is not there', async () => {
    const view = await viewOf({ processes: ['/usr/bin/dockerd'], files: { '/etc/hostname': 'x' } })
    const { commands, edits } = view.change('icc', false)
    expect(edits).toMatchObject([{ file: FILE, op: 'set', path: ['icc'], value: false }])
    expect(commands).toEqual([])
  })

  it('changes nothing in a file that cannot be parsed', async () => {
    const view = await viewOf({ files: { [FILE]: '{,}' }, processes: ['/usr/bin/dockerd'] })
    expect(view.change('icc', false)).toMatchObject({ edits: [], commands: [] })
  })
})
