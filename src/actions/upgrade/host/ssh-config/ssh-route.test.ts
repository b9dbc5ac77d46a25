import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { SshOptions } from '../ssh-options.js'
import { sshRoute, type RouteQuestion, type RouteSurroundings } from './ssh-route.js'

const folder = mkdtempSync(path.join(tmpdir(), 'rampart-route-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let homes = 0
/** A home with a configuration, and one of the machine. */
function home(config: string | undefined, system?: string): RouteSurroundings {
  const place = path.join(folder, `home-${(homes += 1)}`)
  mkdirSync(path.join(place, '.ssh'), { recursive: true })
  if (config !== undefined) writeFileSync(path.join(place, '.ssh', 'config'), config, { mode: 0o600 })
  const machine = path.join(place, 'ssh_config')
  if (system !== undefined) writeFileSync(machine, system)
  return {
    home: place,
    localUser: 'me',
    environment: { SSH_AUTH_SOCK: '/agent', KEYS: '/keys' },
    system: machine,
  }
}

const routed = (config: string, question: Partial<RouteQuestion> = {}, system?: string): SshOptions =>
  sshRoute({ host: 'n', ...question }, undefined, home(config, system))
const over = ({ user, host, port = 22, via }: SshOptions): string =>
  `${via === undefined ? '' : `${over(via)} > `}${user}@${host}:${port}`

describe('sshRoute', () => {
  it('without a configuration it is root, port 22, the agent and the usual files', () => {
    const around = home(undefined)
    expect(sshRoute({ host: 'n' }, undefined, around)).toEqual({
      host: 'n',
      user: 'root',
      sudo: false,
      agent: '/agent',
      usualKnownHosts: [
        `${around.home}/.ssh/known_hosts`,
        `${around.home}/.ssh/known_hosts2`,
        '/etc/ssh/ssh_known_hosts',
        '/etc/ssh/ssh_known_hosts2',
      ],
    })
  })

  it.each<[string, string, Partial<RouteQuestion>, string]>([
    ['nothing', '', {}, 'root@n:22'],
    ['user, name and port', 'Host n\n User ops\n HostName 10.0.0.4\n Port 2222', {}, 'ops@10.0.0.4:2222'],
    ['another host', 'Host m\n User ops', {}, 'root@n:22'],
    ['the command line first', 'Host *\n User ops\n Port 2222', { user: 'me', port: 22 }, 'me@n:22'],
    ['a jump', 'Host n\n ProxyJump b', {}, 'me@b:22 > root@n:22'],
    [
      'the configuration of the jump host',
      'Host n\n ProxyJump b\nHost b\n User x\n Port 7\n HostName 10.0.0.1',
      {},
      'x@10.0.0.1:7 > root@n:22',
    ],
    [
      'user and port of a jump beat its configuration',
      'Host n\n ProxyJump y@b:8\nHost b\n User x\n Port 7',
      {},
      'y@b:8 > root@n:22',
    ],
    ['a chain', 'Host n\n ProxyJump a,b,c', {}, 'me@a:22 > me@b:22 > me@c:22 > root@n:22'],
    [
      'a jump host that is jumped to',
      'Host n\n ProxyJump b\nHost b\n ProxyJump a',
      {},
      'me@a:22 > me@b:22 > root@n:22',
    ],
    [
      'a chain beats the jump of its last',
      'Host n\n ProxyJump a,b\nHost b\n ProxyJump z',
      {},
      'me@a:22 > me@b:22 > root@n:22',
    ],
    [
      'the first of a chain has a jump of its own',
      'Host n\n ProxyJump a,b\nHost a\n ProxyJump z',
      {},
      'me@z:22 > me@a:22 > me@b:22 > root@n:22',
    ],
    ['none', 'Host n\n ProxyJump none\nHost *\n ProxyJump b', {}, 'root@n:22'],
    ['all over one, but not itself', 'Host *,!b\nHost * !b\n ProxyJump b', {}, 'me@b:22 > root@n:22'],
    ['a command that is none comes first', 'Host n\n ProxyCommand none\n ProxyJump b', {}, 'root@n:22'],
    ['the user decides', 'Match user root\n Port 7', {}, 'root@n:7'],
    ['the user that is named decides', 'Match user ops\n Port 7', { user: 'ops' }, 'ops@n:7'],
    ['IPv6', 'Host n\n HostName fd00::4\n ProxyJump [fd00::1]:7', {}, 'me@fd00::1:7 > root@fd00::4:22'],
  ])('%s', (_name, config, question, wanted) => {
    expect(over(routed(config, question))).toBe(wanted)
  })

  it('keys of the command line come before those of the files, and all of these count', () => {
    const config = 'Host n\n IdentityFile ~/.ssh/%h\n IdentitiesOnly yes\nHost *\n IdentityFile ${KEYS}/all'
    const around = home(config)
    expect(sshRoute({ host: 'n', keys: ['mine'] }, undefined, around)).toMatchObject({
      keys: ['mine'],
      moreKeys: [`${around.home}/.ssh/n`, '/keys/all'],
      identitiesOnly: true,
    })
    expect(routed('IdentityFile none').moreKeys).toEqual([])
  })

  it.each<[string, string, Partial<SshOptions>]>([
    ['an agent', 'IdentityAgent /other', { agent: '/other' }],
    ['the usual agent', 'IdentityAgent SSH_AUTH_SOCK', { agent: '/agent' }],
    ['an agent by its variable', 'IdentityAgent $KEYS', { agent: '/keys' }],
    ['a time', 'ConnectTimeout 1m5s', { connectWithin: 65_000 }],
    ['an alias', 'HostKeyAlias fleet', { hostKeyAlias: 'fleet' }],
    ['known hosts', 'UserKnownHostsFile /a /b\nGlobalKnownHostsFile none', { usualKnownHosts: ['/a', '/b'] }],
    ['a family', 'AddressFamily inet6', { family: 6 }],
    ['an address of ours', 'BindAddress 10.0.0.9', { localAddress: '10.0.0.9' }],
    [
      'fewer algorithms',
      'Ciphers aes*-gcm@openssh.com\nMACs -hmac-sha1',
      { algorithms: { cipher: { only: ['aes*-gcm@openssh.com'] }, hmac: { without: ['hmac-sha1'] } } },
    ],
  ])('%s', (_name, config, wanted) => expect(routed(config)).toMatchObject(wanted))

  it('takes no more algorithms, and no weaker checks of keys', () => {
    const strict = routed('')
    expect(
      routed(
        'StrictHostKeyChecking no\nKexAlgorithms +diffie-hellman-group1-sha1\nNoHostAuthenticationForLocalhost yes\nCheckHostIP no',
      ),
    ).toEqual({
      ...strict,
      usualKnownHosts: expect.any(Array) as string[],
    })
    expect(routed('IdentityAgent none').agent).toBeUndefined()
  })

  it('the configuration of the machine comes after that of the user, and `none` reads neither', () => {
    expect(over(routed('Port 7', {}, 'Port 8\nUser x'))).toBe('x@n:7')
    expect(over(routed('Port 7', { config: 'none' }, 'Port 8'))).toBe('root@n:22')
  })

  it('a file that is named stands alone, and must be there', () => {
    const file = path.join(folder, 'named')
    writeFileSync(file, 'Port 9')
    expect(over(routed('Port 7', { config: file }, 'User x'))).toBe('root@n:9')
    expect(() => routed('', { config: path.join(folder, 'nothing') })).toThrow(
      /--ssh-config: there is no file .*nothing/,
    )
  })

  it.each<[string, string, RegExp]>([
    ['a command', 'Host n\n ProxyCommand nc %h %p', /config line 2: ProxyCommand is not supported/],
    ['names of the DNS', 'CanonicalizeHostname yes', /line 1: `canonicalizehostname yes` is not supported/],
    ['keys that are revoked', 'RevokedHostKeys /krl', /line 1: `revokedhostkeys .krl` is not supported/],
    ['a host that is closed', 'RefuseConnection "away"', /RefuseConnection: away/],
    ['no keys', 'PubkeyAuthentication no', /PubkeyAuthentication is off/],
    [
      'a circle',
      'Host n\n ProxyJump b\nHost b\n ProxyJump c\nHost c\n ProxyJump b',
      /lead in a circle: .*me@b:22, then me@c:22, then me@b:22/,
    ],
    ['itself', 'ProxyJump root@n', /lead in a circle/],
    ['a command of Match', 'Match exec "touch /tmp/x"\n Port 7', /line 1: Match exec is not supported/],
    ['a network of Match', 'Match localnetwork 10.0.0.0/8', /Match localnetwork is not supported/],
    ['a criterion that is none', 'Match colour red', /Match has no criterion `colour`/],
    ['Match with nothing', 'Match host', /Match host needs something/],
    ['Match all and more', 'Match all host n', /cannot be combined/],
    ['a word that is none', 'Prot 22', /line 1: `prot` is unknown/],
    ['nothing behind a word', 'Host n\n\n Port', /line 3: nothing stands behind `port`/],
    ['a port', 'Host other\n Port 70000', /line 2: `70000` is no port/],
    ['two ports', 'Port 22 23', /takes one value/],
    ['an open quote', 'Host "n', /a quote is not closed/],
    ['a flag', 'IdentitiesOnly perhaps', /identitiesonly` is one of yes, no/],
    ['a time', 'ConnectTimeout soon', /`soon` is no time/],
    ['a jump', 'ProxyJump a b', /`a b` is no ProxyJump/],
    ['none beside a file', 'UserKnownHostsFile none /a', /`none` must stand alone/],
    ['a variable', 'IdentityFile ${NOTHING}/x', /there is no variable NOTHING/],
    ['a token', 'IdentityFile /x%Z', /`%Z` is not supported/],
    ['a token of HostName', 'HostName %p', /HostName knows %h and %% alone/],
    ['the home of another', 'IdentityFile ~you/x', /homes of other users/],
    ['files in a circle', 'Include config', /more than 16 files include one another/],
    ['variables of Include', 'Include ${HOME}/x', /variables and tokens in it/],
  ])('refuses %s with file and line', (_name, config, message) => {
    expect(() => routed(config)).toThrow(message)
  })

  it('what does not apply to a host is not refused for it', () => {
    expect(
      over(routed('Host m\n ProxyCommand nc %h %p\n RevokedHostKeys /krl\nMatch host m exec "x"\n Port 7')),
    ).toBe('root@n:22')
    expect(over(routed('IgnoreUnknown Use*,x*\nUseSomething yes'))).toBe('root@n:22')
  })

  it('a file that others may write is not read', () => {
    const around = home('Port 7')
    chmodSync(path.join(around.home, '.ssh', 'config'), 0o666)
    expect(() => sshRoute({ host: 'n' }, undefined, around)).toThrow(/others own it or may write it/)
  })

  it('includes files in their order, and what they say of hosts ends with them', () => {
    const around = home('Include conf.d/*.conf\nPort 9')
    const write = (name: string, text: string): void => {
      mkdirSync(path.join(around.home, '.ssh', 'conf.d'), { recursive: true })
      writeFileSync(path.join(around.home, '.ssh', 'conf.d', name), text, { mode: 0o600 })
    }
    write('2.conf', 'User second\nHost other')
    write('1.conf', 'Host n\n User first')
    write('3.txt', 'Port 3')
    expect(over(sshRoute({ host: 'n' }, undefined, around))).toBe('first@n:9')
  })
})
