import { describe, expect, it } from 'vitest'
import { containerOfFiles, keptContainerText } from './container-files.js'

const CONFIG = '/var/lib/docker/containers/x/config.v2.json'
const HOST = '/var/lib/docker/containers/x/hostconfig.json'

describe('files of a container', () => {
  it('are kept without values, labels and commands', () => {
    const text = JSON.stringify({
      ID: 'x',
      Name: '/web',
      Config: {
        Env: ['A=hunter2', 'B=/etc/b', 'C'],
        Labels: { note: 'hunter2' },
        Cmd: ['hunter2'],
        Image: 'web',
      },
      MountPoints: {
        '/data': { Source: '/srv', Destination: '/data', RW: true, Spec: { Secret: 'hunter2' } },
      },
      SecretReferences: ['hunter2'],
    })
    const kept = keptContainerText(CONFIG, text) ?? ''
    expect(kept).not.toContain('hunter2')
    expect(JSON.parse(kept)).toMatchObject({
      ID: 'x',
      Config: { Env: ['A=[redacted]', 'B=/etc/b', 'C'], Labels: { note: '[redacted]' }, Image: 'web' },
      MountPoints: { '/data': { Source: '/srv', RW: true } },
    })
    expect(keptContainerText(HOST, '{"Privileged":true,"LogConfig":{"Config":{"token":"hunter2"}}}')).toBe(
      '{"Privileged":true}',
    )
  })

  it.each(['', '{', 'null', '[]', '"x"', '\0'])('that are no mapping are nothing: %j', (text) => {
    expect(keptContainerText(CONFIG, text)).toBeUndefined()
    expect(containerOfFiles({ path: CONFIG, type: 'file', text }, undefined, 'h')).toBeUndefined()
  })

  it('become a container as docker inspect shows it', () => {
    const found = containerOfFiles(
      {
        path: CONFIG,
        type: 'file',
        text: '{"ID":"x","Name":"/web","MountPoints":{"/a":{"Source":"/s"},"/b":3}}',
      },
      { path: HOST, type: 'file', text: '{"Privileged":true}' },
      'h',
    )
    expect(found).toMatchObject({
      ref: { group: 'docker', kind: 'Container', namespace: 'h', name: 'web' },
      content: { Id: 'x', HostConfig: { Privileged: true }, Mounts: [{ Source: '/s' }] },
      host: 'h',
    })
  })

  it.each(['Env', 'Labels', 'Healthcheck'])('of odd types never throw: %s', (key) => {
    for (const value of [null, 1, 'x', [], {}, [null, {}], { a: [] }]) {
      const text = JSON.stringify({ Name: 'a', Config: { [key]: value }, MountPoints: value, State: value })
      expect(keptContainerText(CONFIG, text)).toBeDefined()
    }
  })
})
