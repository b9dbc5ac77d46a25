import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dangerOf, isPublicPath } from './host-path-danger.js'

describe('dangerOf', () => {
  it.each<[string, string | undefined]>([
    ['/', 'system critical secret'],
    ['//', 'system critical secret'],
    ['/etc', 'system critical secret'],
    ['/etc/../etc/kubernetes/', 'system critical secret'],
    ['/etc/cron.d', 'system critical'],
    ['/var', 'system critical secret'],
    ['/var/lib', 'system critical secret'],
    ['/var/lib/kubelet/pods', 'system critical secret'],
    ['/var/lib/kubelet/device-plugins', 'system high'],
    ['/var/lib/rancher/k3s/storage/pvc-1', undefined],
    ['/var/lib/rancher/k3s', 'system critical secret'],
    ['/dev', 'system critical'],
    ['/dev/fuse', 'system high'],
    ['/var/log/pods', 'system high'],
    ['/sys/fs/bpf', 'system high'],
    ['/run', 'socket critical secret'],
    ['/var/run', 'socket critical secret'],
    ['/var/run/docker.sock', 'socket critical secret'],
    ['/run/containerd', 'socket critical secret'],
    ['/run/user/1000/docker.sock', 'socket critical secret'],
    ['/var/snap/microk8s/common/run', 'socket critical secret'],
    ['/run/udev', 'system high'],
    ['/srv/data', undefined],
    ['/opt', 'system high'],
    ['/opt/data', undefined],
    ['/etcetera', undefined],
    ['C:\\', 'system critical secret'],
    ['c:/Windows/System32', 'system critical secret'],
    ['C:\\data', undefined],
    ['\\\\.\\pipe\\docker_engine', 'socket critical secret'],
  ])('%s: %s', (path, expected) => {
    const danger = dangerOf(path)
    const said = danger && `${danger.kind} ${danger.severity}${danger.secret ? ' secret' : ''}`
    expect(said).toBe(expected)
  })

  it('says what stands there, and never throws', () => {
    fc.assert(
      fc.property(fc.string(), (path) => {
        const danger = dangerOf(path)
        if (danger !== undefined) expect(danger.what).not.toBe('')
      }),
    )
  })

  it('a public file is told from what lies behind it', () => {
    expect(isPublicPath('/etc/ssl/certs')).toBe(true)
    expect(isPublicPath('/etc/ssl/certs/../../shadow')).toBe(false)
  })
})
