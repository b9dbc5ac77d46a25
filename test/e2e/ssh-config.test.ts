import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readSshConfig } from '../../src/actions/upgrade/host/ssh-config/read-ssh-config.js'
import { seconds } from '../../src/actions/upgrade/host/ssh-config/values.js'

/** What our reading of ssh's configuration gives, beside `ssh -G` of the machine's own ssh. */
const version = spawnSync('ssh', ['-V'], { encoding: 'utf8' }).stderr ?? ''
const absent = !/^OpenSSH_(?:9|[1-9]\d)\./.test(version)
if (absent) console.log('ssh -G is not asked: there is no ssh of version 9 or later')

const folder = mkdtempSync(path.join(tmpdir(), 'rampart-ssh-g-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0

/** A configuration; `@{...}` is another file, by its path. */
function written(config: string): string {
  const text = config.replace(/@\{([^}]*)\}/g, (_whole, inner: string) => written(inner))
  const file = path.join(folder, `config-${(files += 1)}`)
  writeFileSync(file, text)
  chmodSync(file, 0o600)
  return file
}

const KEYS = [
  'hostname',
  'user',
  'port',
  'identitiesonly',
  'identityagent',
  'hostkeyalias',
  'connecttimeout',
  'addressfamily',
  'bindaddress',
  'userknownhostsfile',
  'globalknownhostsfile',
  'proxyjump',
  'proxycommand',
  'identityfile',
] as const
type Settings = Partial<Record<(typeof KEYS)[number], string>>

interface Words {
  readonly user?: string
  readonly port?: number
}

/** What ssh says; undefined where it refuses the file. */
function bySsh(file: string, host: string, { user, port }: Words): Settings | undefined {
  const words = [
    ...(user === undefined ? [] : ['-l', user]),
    ...(port === undefined ? [] : ['-p', String(port)]),
  ]
  const asked = spawnSync('ssh', ['-F', file, ...words, '-G', host], { encoding: 'utf8' })
  if (asked.status !== 0) return undefined
  const found: Settings = {}
  for (const line of asked.stdout.split('\n')) {
    const at = line.indexOf(' ')
    const key = line.slice(0, at) as (typeof KEYS)[number]
    const value = line.slice(at + 1)
    if (!KEYS.includes(key)) continue
    found[key] = key === 'identityfile' && found[key] !== undefined ? `${found[key]} ${value}` : value
  }
  return found
}

/** What we say, in the words of ssh; what no line sets is what ssh has without a file. */
function byUs(file: string, host: string, words: Words, usual: Settings): Settings | undefined {
  let [raw, hostname]: [ReturnType<typeof readSshConfig> | undefined, string] = [undefined, '']
  try {
    raw = readSshConfig({ host, ...words, localUser: userInfo().username, home: homedir() }, [
      { path: file, owner: 'user', named: true },
    ])
    hostname = raw.hostName()
  } catch {
    return undefined
  }
  const flag = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : /^(?:yes|true)$/i.test(text) ? 'yes' : 'no'
  const time = raw.single.get('connecttimeout')?.value
  const set: Record<string, string | undefined> = {
    ...Object.fromEntries([...raw.single].map(([key, { value }]) => [key, value])),
    ...Object.fromEntries([...raw.lists].map(([key, { value }]) => [key, value.join(' ')])),
    hostname,
    // ssh prints this one as it means it.
    identityagent: raw.single.get('identityagent')?.value.replace(/^~/, homedir()),
    identitiesonly: flag(raw.single.get('identitiesonly')?.value),
    addressfamily: raw.single.get('addressfamily')?.value.toLowerCase(),
    connecttimeout: time === undefined ? undefined : String(seconds(time)),
    identityfile:
      raw.identityFiles.length === 0 ? undefined : raw.identityFiles.map(({ value }) => value).join(' '),
    ...(raw.proxy === undefined || raw.proxy.value.toLowerCase() === 'none'
      ? {}
      : {
          [raw.proxy.kind === 'jump' ? 'proxyjump' : 'proxycommand']: raw.proxy.value.replace(
            /^ssh:\/\//,
            '',
          ),
        }),
  }
  const found: Settings = {}
  for (const key of KEYS) {
    const value = set[key] ?? (key === 'hostname' ? undefined : usual[key])
    if (value !== undefined) found[key] = value
  }
  return found
}

/** Configuration, and who is asked for: `h` where nothing else is said. */
const ROWS: readonly (string | readonly [string, string] | readonly [string, string, Words])[] = [
  '',
  '# a comment\n\n   # another',
  'Host h\n  HostName 10.0.0.1\n  User ops\n  Port 2222',
  'host h\nhostname 10.0.0.1\nUSER ops',
  'HostName=10.0.0.1\nPort = 2222\nUser= x',
  'User "a b"',
  "User 'a b'",
  'User a\\ b',
  'User "a\\"b"',
  '"User" x',
  'User x # a comment',
  'User x#no-comment',
  'User #x',
  'User',
  'User ""',
  'User a b',
  'User "a',
  'User\tx\t',
  'User x\r\nPort 7\r',
  '  User x\n\tPort 7',
  'Port 0',
  'Port 65536',
  'Port -1',
  'Port 22x',
  'Port ssh',
  'Host other\n Port x',
  'Port 7\nPort 8',
  'User a\nHost *\n User b',
  'Host h\n User a\nHost h\n User b\n Port 7',
  'Host g h\n User a',
  'Host *\n User a',
  'Host ?\n User a',
  'Host ??\n User a',
  'Host !h *\n User a',
  'Host * !h\n User a',
  'Host !g\n User a',
  'Host !g *\n User a',
  'Host *,h\n User a',
  'Host "h"\n User a',
  'Host h # comment\n User a',
  'Host\n User a',
  'Host ""\n User a',
  ['Host H\n User a', 'h'],
  ['Host h\n User a', 'H'],
  ['Host *.example\n HostName %h.com', 'a.example'],
  ['HostName %h.Example.COM', 'A'],
  'HostName 100%%.x',
  'HostName %p',
  'HostName a\nHostName b',
  ['Host 10.0.0.*\n User a', '10.0.0.4'],
  ['User a', 'h', { user: 'b' }],
  ['Port 7', 'h', { port: 8 }],
  'IdentityFile ~/.ssh/a\nIdentityFile ~/.ssh/b',
  'Host h\n IdentityFile /a\nHost *\n IdentityFile /b\n IdentityFile /a',
  'IdentityFile /with\\ space',
  'IdentityFile "/with space"',
  'IdentityFile /%h/%u/%r/%p/%n/%L',
  'IdentityFile none',
  'IdentityFile',
  'IdentityFile /a /b',
  'IdentitiesOnly yes',
  'IdentitiesOnly True',
  'IdentitiesOnly no\nIdentitiesOnly yes',
  'IdentitiesOnly perhaps',
  'IdentityAgent none',
  'IdentityAgent SSH_AUTH_SOCK',
  'IdentityAgent ~/agent',
  'IdentityAgent $HOME',
  'HostKeyAlias Fleet',
  'HostKeyAlias a\nHostKeyAlias b',
  'ConnectTimeout 5',
  'ConnectTimeout 1m30s',
  'ConnectTimeout 2H',
  'ConnectTimeout none\nConnectTimeout 5',
  'ConnectTimeout -1',
  'ConnectTimeout soon',
  'AddressFamily inet6',
  'AddressFamily INET',
  'AddressFamily ipx',
  'BindAddress 10.0.0.9',
  'UserKnownHostsFile /a /b\nUserKnownHostsFile /c',
  'UserKnownHostsFile none',
  'UserKnownHostsFile none /a',
  'UserKnownHostsFile /a ""',
  'UserKnownHostsFile "/a b" /c',
  'GlobalKnownHostsFile /a',
  'StrictHostKeyChecking accept-new',
  'StrictHostKeyChecking perhaps',
  'ProxyJump b',
  'ProxyJump u@b:7',
  'ProxyJump a,u@b,c:7',
  'ProxyJump ssh://u@b:7',
  'ProxyJump [fd00::1]:7',
  'ProxyJump none',
  'ProxyJump None',
  'ProxyJump a\nProxyJump b',
  'ProxyJump a\nProxyCommand nc',
  'ProxyCommand nc %h %p\nProxyJump a',
  'ProxyCommand none\nProxyJump a',
  'ProxyJump none\nProxyJump a',
  'ProxyJump=b',
  'ProxyJump a:0',
  'ProxyJump a:x',
  'ProxyJump',
  'Match all\n User a',
  'Match all host h\n User a',
  'Match host h\n User a',
  'Match host g,h\n User a',
  'Match host "g,h"\n User a',
  'Match host !h,*\n User a',
  'Match !host h\n User a',
  'Match !host g\n User a',
  'Match host=h\n User a',
  'HostName x\nMatch host h\n User a',
  'HostName x\nMatch host x\n User a',
  'HostName x\nMatch originalhost h\n User a',
  ['HostName X\nMatch host x\n User a', 'h'],
  ['Match host h\n User a', 'H'],
  ['Match originalhost h\n User a', 'H'],
  'Match user root\n Port 7',
  ['Match user ops\n Port 7', 'h', { user: 'ops' }],
  ['Match user Ops\n Port 7', 'h', { user: 'ops' }],
  'User ops\nMatch user ops\n Port 7',
  'Match user ops\n Port 7\nMatch all\n User ops',
  `Match localuser ${userInfo().username}\n User a`,
  'Match localuser nobody-like-this\n User a',
  'Match host h user root\n Port 7',
  'Match host g user root\n Port 7',
  'Match\n User a',
  'Match host\n User a',
  'Match colour red\n User a',
  'Match host h # comment\n User a',
  'Match final\n User a',
  'Match final host h\n User a\nMatch all\n Port 7',
  'Match !final\n User a\nMatch final\n User b',
  'Match canonical\n User a',
  'HostName x\nMatch final host x\n User a',
  'Match final\n HostName x',
  'Match final\n IdentityFile /b\nMatch all\n IdentityFile /a',
  'Host h\n User a\nMatch host h\n Port 7\nHost g\n Port 8',
  'Include @{User a}',
  'Include @{User a} @{Port 7}',
  'Include @{User a}\nUser b',
  'User b\nInclude @{User a}',
  'Include @{Host g}\nUser a',
  'Host g\nInclude @{User a}',
  'Host g\nInclude @{Host h\n User a}',
  'Host h\nInclude @{Host g\n Port 7}\nUser a',
  'Host h\nInclude @{Host h\n User a}\nPort 7',
  'Match host h\nInclude @{Match all\n User a}',
  'Host g\nInclude @{Match all\n User a}',
  'Host g\nInclude @{Port x}',
  'Include /nowhere/at/all',
  'Include /nowhere/*/all',
  'Include',
  'Include ""',
  'Prot 22',
  'Host g\n Prot 22',
  'IgnoreUnknown Prot\nProt 22',
  'IgnoreUnknown P*,x\nPrat 22\nPort 7',
  'Prot 22\nIgnoreUnknown Prot',
  'ForwardAgent yes\nServerAliveInterval 5\nControlMaster auto\nControlPath ~/.ssh/%C\nLogLevel QUIET\nUser a',
  'SendEnv LANG LC_*\nSetEnv A=B C=D\nUser a',
  'LocalForward 8080 localhost:80\nUser a',
]

describe.skipIf(absent)('as ssh -G', () => {
  const usual = bySsh('none', 'h', {}) ?? {}
  it.each(
    ROWS.map((row) =>
      typeof row === 'string' ? ([row, 'h', {}] as const) : ([row[0], row[1], row[2] ?? {}] as const),
    ),
  )('%j for %s %j', (config, host, words) => {
    const file = written(config)
    expect(byUs(file, host, words, usual)).toEqual(bySsh(file, host, words))
  })
})
