import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estateFrom } from '../../sources/inline.js'
import type { InlineFile } from '../../model/index.js'
import { dockerClientsOf, endpointOf } from './clients-of.js'
import { homesOf } from './homes.js'
import { dockerLines, environmentAssignments, profileAssignments } from './variables.js'

const set = (text: string): string[] =>
  profileAssignments(text, 'f').map(({ name, value, line }) => `${line} ${name}=${value ?? '?'}`)

describe('lines of a shell profile', () => {
  it.each<[string, string[]]>([
    ['export DOCKER_HOST=tcp://a:1', ['1 DOCKER_HOST=tcp://a:1']],
    ['export DOCKER_HOST="tcp://a:1" # the build host', ['1 DOCKER_HOST=tcp://a:1']],
    ["declare -x DOCKER_HOST='a b';", ['1 DOCKER_HOST=a b']],
    ['DOCKER_TLS=1\nexport DOCKER_TLS', ['1 DOCKER_TLS=1']],
    ['DOCKER_TLS=1', []],
    ['export DOCKER_HOST=', ['1 DOCKER_HOST=']],
    ['unset DOCKER_HOST', ['1 DOCKER_HOST=']],
    ['export DOCKER_HOST=$A', ['1 DOCKER_HOST=?']],
    ['export DOCKER_HOST="tcp://${A}:1"', ['1 DOCKER_HOST=?']],
    ['export DOCKER_HOST=`hostname`', ['1 DOCKER_HOST=?']],
    ['if true; then\n  export DOCKER_HOST=a\nfi', ['2 DOCKER_HOST=?']],
    ['# export DOCKER_HOST=a', []],
    ['DOCKER_HOST=a docker ps\nexport DOCKER_HOST', []],
    ['export DOCKER_BUILDKIT=1', []],
    ['alias d="DOCKER_HOST=a docker"', []],
  ])('%j', (text, expected) => expect(set(text)).toEqual(expected))

  it('keeps nothing but lines about Docker', () => {
    expect(dockerLines('export TOKEN=hunter2\nexport DOCKER_HOST=a\n# DOCKER_HOST=b\n')).toBe(
      '\nexport DOCKER_HOST=a\n\n',
    )
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => void profileAssignments(`export DOCKER_HOST=${text}\n${text}`, 'f')),
    )
    fc.assert(fc.property(fc.string(), (text) => void environmentAssignments(text, 'f')))
    const long = `export DOCKER_HOST=${'"'.repeat(50_000)}`
    expect(profileAssignments(long, 'f')).toHaveLength(1)
  })

  it('reads an environment file without a shell', () => {
    expect(environmentAssignments('DOCKER_HOST="tcp://$a"\nX=1\n', 'f')).toMatchObject([
      { value: 'tcp://$a', line: 1 },
    ])
  })
})

it('takes the homes of people', () => {
  const passwd =
    'root:x:0:0::/root:/bin/sh\ndaemon:x:1:1::/usr/sbin:/x\nci:x:5:5::/srv/ci:/bin/sh\nnobody:x:9:9::/nonexistent:/x\nbroken\n'
  expect(homesOf(passwd)).toEqual([
    { user: 'root', path: '/root' },
    { user: 'ci', path: '/srv/ci' },
  ])
})

describe('a client', () => {
  const clientsOf = async (files: Record<string, InlineFile>) => {
    const passwd = 'alice:x:1000:1000::/home/alice:/bin/bash\nci:x:5:5::/srv/ci:/bin/sh\n'
    const { hosts } = await estateFrom({ hosts: { h: { files: { '/etc/passwd': passwd, ...files } } } })
    return { files: hosts[0]?.files, clients: hosts.flatMap(dockerClientsOf) }
  }

  it('is one for each user, and one for what the host sets', async () => {
    const { clients } = await clientsOf({
      '/etc/profile.d/docker.sh': 'export DOCKER_HOST=ssh://a\n',
      '/srv/ci/.docker/config.json': '{}',
    })
    expect(clients.map(({ user }) => user)).toEqual(['every user', 'ci'])
  })

  it('takes the variable before the context, and the user before the host', async () => {
    const { clients } = await clientsOf({
      '/etc/environment': 'DOCKER_HOST=tcp://a:2375\n',
      '/home/alice/.profile': 'export DOCKER_HOST=\nexport DOCKER_CONTEXT=two\n',
      '/home/alice/.docker/config.json': '{"currentContext":"one"}',
    })
    const alice = clients.find(({ user }) => user === 'alice')
    expect(alice === undefined ? undefined : endpointOf(alice)).toMatchObject({
      value: { kind: 'context', name: 'two' },
    })
  })

  it('has keys, whose content is never read', async () => {
    const { clients, files } = await clientsOf({
      '/home/alice/.docker/key.pem': 'private',
      '/home/alice/.docker/contexts/meta/ab/meta.json':
        '{"Name":"x","Endpoints":{"docker":{"Host":"tcp://a:2376"}}}',
      '/home/alice/.docker/contexts/tls/ab/docker/key.pem': 'private',
      '/home/alice/.bashrc': 'export PASSWORD=private\nexport DOCKER_CERT_PATH=/srv/certs\n',
      '/srv/certs/key.pem': 'private',
    })
    expect(clients[0]?.keys.map(({ path }) => path)).toEqual([
      '/home/alice/.docker/key.pem',
      '/srv/certs/key.pem',
    ])
    expect(clients[0]?.contexts[0]?.tls.map(({ path }) => path)).toEqual([
      '/home/alice/.docker/contexts/tls/ab/docker/key.pem',
    ])
    expect(JSON.stringify([...(files?.values() ?? [])])).not.toContain('private')
  })
})
