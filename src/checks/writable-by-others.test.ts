import { describe, expect, it } from 'vitest'
import { estateFrom } from '../sources/index.js'
import type { HostInput } from '../model/index.js'
import { wayTo } from '../model/index.js'
import { writableByOthers } from './writable-by-others.js'

const hostOf = async (files: NonNullable<HostInput['files']>) => {
  const [host] = (await estateFrom({ hosts: { a: { files } } })).hosts
  if (host === undefined) throw new Error('no host was read')
  return host
}

describe('the way to a file', () => {
  it('goes through every folder, and those of links', async () => {
    const host = await hostOf({
      '/etc/docker/daemon.json': { link: '../../srv/docker/daemon.json' },
      '/srv/docker/daemon.json': '{}',
    })
    const { end, folders } = wayTo(host, '/etc/docker/daemon.json')
    expect(end.path).toBe('/srv/docker/daemon.json')
    expect(folders.map(({ path }) => path)).toEqual(['/srv/docker', '/srv', '/etc/docker', '/etc', '/'])
  })

  it('keeps what is known of files behind a linked folder', async () => {
    const host = await hostOf({
      '/etc/docker': { link: '/srv/docker' },
      '/srv/docker/': { text: '', mode: 0o777 },
      '/srv/docker/daemon.json': '{}',
    })
    const { end } = wayTo(host, '/etc/docker/daemon.json')
    expect([end.path, end.file?.mode]).toEqual(['/srv/docker/daemon.json', 0o644])
    expect(writableByOthers(host, '/etc/docker/daemon.json').writable.map(({ mode }) => mode)).toEqual([
      0o777,
    ])
  })

  it('ends where links go in a circle, and where a link leads nowhere', async () => {
    const host = await hostOf({
      '/etc/docker/daemon.json': { link: 'daemon.json' },
      '/etc/fstab': { link: '/nowhere' },
    })
    expect(() => wayTo(host, '/etc/docker/daemon.json')).not.toThrow()
    expect(wayTo(host, '/etc/fstab').end).toMatchObject({ path: '/nowhere' })
    expect(wayTo(host, '/..//.././etc/./fstab/..').folders.length).toBeGreaterThan(0)
  })
})
