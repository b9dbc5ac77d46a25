import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dockerdsOf } from '../../effective/index.js'
import type { Command, InlineFile } from '../../model/index.js'
import { estateFrom } from '../../sources/index.js'
import type { DaemonSeen } from './daemon-seen.js'
import type { Restart } from './inventory.js'
import { planDaemon, restartOf, tcpListeners } from './plan-daemon.js'

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0
const FILE = '/etc/docker/daemon.json'
const UNIT = '/lib/systemd/system/docker.service'
const SOCKET = '[Socket]\nListenStream=/run/docker.sock\n'

interface Given {
  readonly config?: string
  readonly execStart?: string
  readonly files?: Readonly<Record<string, InlineFile>>
  readonly masked?: boolean
}

/** A daemon as its unit and daemon.json have it. */
async function seenOf({ config, execStart, files = {}, masked = false }: Given): Promise<DaemonSeen> {
  const estate = await estateFrom({
    hosts: {
      h: {
        files: {
          ...(config === undefined ? {} : { [FILE]: config }),
          ...(execStart === undefined ? {} : { [UNIT]: `[Service]\nExecStart=${execStart}\n` }),
          '/lib/systemd/system/docker.socket': SOCKET,
          ...files,
        },
      },
    },
  })
  const [host] = estate.hosts
  const command: Command | undefined = host?.commands.find(({ component }) => component === 'dockerd')
  const [view] = dockerdsOf(estate)
  return {
    view,
    configFile: FILE,
    configText: config,
    ...(execStart === undefined && !masked
      ? {}
      : {
          unit: {
            name: 'docker.service',
            masked,
            dropIns: [],
            ...(command === undefined ? {} : { command }),
          },
        }),
    systemd: true,
    text: () => undefined,
  }
}

const listen = [{ address: '10.0.0.5', port: 2376 }]
const pki = {
  ca: '/etc/docker/tls/ca.pem',
  cert: '/etc/docker/tls/server-cert.pem',
  key: '/etc/docker/tls/server-key.pem',
}
const systemd: Restart = { kind: 'systemd', unit: 'docker.service' }
const wish = (restart: Restart = systemd) => ({ listen, files: pki, restart })
const STOCK = '/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock'
const KEYS = `"tlsverify": true,
  "tlscacert": "/etc/docker/tls/ca.pem",
  "tlscert": "/etc/docker/tls/server-cert.pem",
  "tlskey": "/etc/docker/tls/server-key.pem"`

describe('the configuration of a daemon that asks for certificates', () => {
  it.each<[string, string | undefined, Given, Restart, string | undefined]>([
    [
      'the arguments of the next start',
      '26.1.5',
      { execStart: `${STOCK} --tlsverify --tlscacert=/old.pem` },
      systemd,
      `/usr/bin/dockerd --validate --config-file=${FILE} -H fd:// --containerd=/run/containerd/containerd.sock -H tcp://10.0.0.5:2376`,
    ],
    [
      'a file that the arguments name, once',
      '28.5.2',
      { execStart: `/usr/bin/dockerd --config-file ${FILE}`, config: '{"hosts": ["fd://"]}' },
      systemd,
      `/usr/bin/dockerd --validate --config-file ${FILE}`,
    ],
    ['nothing before 23.0', '20.10.24', { execStart: STOCK }, systemd, undefined],
    ['nothing where the release is not known', undefined, { execStart: STOCK }, systemd, undefined],
    [
      'nothing where a command of the user starts it',
      '26.1.5',
      { execStart: '/usr/bin/dockerd', config: '{"hosts": ["fd://"]}' },
      { kind: 'command', command: 'service docker restart' },
      undefined,
    ],
  ])('is checked by dockerd with %s', async (_name, version, given, restart, words) => {
    const seen = await seenOf(given)
    const { validate } = planDaemon({ ...seen, ...(version === undefined ? {} : { version }) }, wish(restart))
    expect(validate?.join(' ')).toBe(words)
  })

  it('the usual unit with -H fd://: the address goes to the flags, TLS to daemon.json, never both', async () => {
    const { changes, kept, socket } = planDaemon(await seenOf({ execStart: STOCK }), wish())
    expect(kept).toEqual(['fd://'])
    expect(socket).toBe('/run/docker.sock')
    expect(changes).toEqual([
      { path: FILE, before: undefined, after: `{\n  ${KEYS}\n}\n` },
      {
        path: '/etc/systemd/system/docker.service.d/zz-rampart-tls.conf',
        before: undefined,
        after: `# Written by rampart docker setup-tls. The empty ExecStart= takes the unit's own command back.\n[Service]\nExecStart=\nExecStart=/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock -H tcp://10.0.0.5:2376\n`,
      },
    ])
  })

  it('flags of TLS and plain addresses leave the command; what is between stays word for word', async () => {
    const { changes, removed } = planDaemon(
      await seenOf({
        execStart: `/usr/bin/dockerd -H unix:///run/docker.sock --host=tcp://0.0.0.0:2375 --tls --tlscacert /a.pem --tlscert=/b.pem --tlskey=/c.pem --label "a b" --log-opt tag={{.Name}}%%`,
      }),
      wish(),
    )
    expect(removed).toEqual(['tcp://0.0.0.0:2375'])
    expect(changes.at(-1)?.after.split('\n').at(-2)).toBe(
      'ExecStart=/usr/bin/dockerd -H unix:///run/docker.sock --label "a b" --log-opt tag={{.Name}}%% -H tcp://10.0.0.5:2376',
    )
  })

  it.skipIf(!hasSystemd)('systemd takes the drop-in beside the unit', async () => {
    const { changes } = planDaemon(await seenOf({ execStart: `${STOCK} --label "a b"` }), wish())
    const folder = mkdtempSync(join(tmpdir(), 'rampart-unit-'))
    try {
      // The program has to be there; what is asked is the form of the files.
      const text = (unit: string): string => unit.replaceAll('/usr/bin/dockerd', '/bin/true')
      mkdirSync(join(folder, 'docker.service.d'))
      writeFileSync(join(folder, 'docker.service'), text(`[Service]\nExecStart=${STOCK}\n`))
      writeFileSync(
        join(folder, 'docker.service.d', 'zz-rampart-tls.conf'),
        text(changes.at(-1)?.after ?? ''),
      )
      const { status, stderr } = spawnSync('systemd-analyze', ['verify', join(folder, 'docker.service')], {
        encoding: 'utf8',
        env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` },
      })
      expect([stderr, status]).toEqual(['', 0])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('its settings would start: nothing stands in both places', async () => {
    const seen = await seenOf({ execStart: STOCK, config: '{"icc": false}' })
    const { changes } = planDaemon(seen, wish())
    const [config, dropIn] = changes
    const after = await seenOf({
      execStart: STOCK,
      config: config?.after ?? '',
      files: { [dropIn?.path ?? '']: dropIn?.after ?? '' },
    })
    expect(after.view?.faults).toEqual([])
    expect(after.view?.setting('tlsverify')).toMatchObject({ known: true, value: true })
    expect(after.view?.setting('tlscacert')).toMatchObject({ value: pki.ca })
    expect(after.view === undefined ? [] : tcpListeners(after.view)).toEqual(listen)
    // Planned again there is nothing left to do about daemon.json.
    expect(planDaemon(after, wish()).changes.some(({ path }) => path === FILE)).toBe(false)
  })

  it('addresses in daemon.json stay there; keys of others, order and form are kept', async () => {
    const config = `{
    "labels": [ "a=b" ],
    "hosts": ["unix:///var/run/docker.sock", "tcp://10.0.0.5:2375"],
    "x-unknown-to-nobody": 1,
    "tls": false
}
`.replace(/ {4}"x-unknown.*\n/, '')
    const { changes } = planDaemon(await seenOf({ execStart: '/usr/bin/dockerd', config }), wish())
    expect(changes).toHaveLength(1)
    expect(changes[0]?.after).toBe(`{
    "labels": [ "a=b" ],
    "hosts": ["unix:///var/run/docker.sock", "tcp://10.0.0.5:2376"],
    "tls": true,
    "tlsverify": true,
    "tlscacert": "/etc/docker/tls/ca.pem",
    "tlscert": "/etc/docker/tls/server-cert.pem",
    "tlskey": "/etc/docker/tls/server-key.pem"
}
`)
  })

  it('no address anywhere: the local socket is written out, or it would be gone', async () => {
    const { changes } = planDaemon(await seenOf({ execStart: '/usr/bin/dockerd', config: '{}' }), wish())
    expect(JSON.parse(changes[0]?.after ?? '')).toMatchObject({
      hosts: ['unix:///var/run/docker.sock', 'tcp://10.0.0.5:2376'],
    })
  })

  it('tlscacert is always set, where it was empty too', async () => {
    const config = '{"tlsverify": true, "tlscacert": "", "tlscert": "/a", "tlskey": "/b"}'
    const { changes } = planDaemon(await seenOf({ execStart: STOCK, config }), wish())
    expect(JSON.parse(changes[0]?.after ?? '')).toMatchObject({ tlsverify: true, tlscacert: pki.ca })
  })

  it('a later drop-in of others does not take the command back', async () => {
    const seen = await seenOf({ execStart: STOCK })
    const unit = {
      ...(seen.unit ?? { name: 'docker.service', masked: false }),
      dropIns: ['zzz.conf', 'a.conf'],
    }
    const { changes } = planDaemon({ ...seen, unit }, wish())
    expect(changes.at(-1)?.path).toBe('/etc/systemd/system/docker.service.d/zzzz-rampart-tls.conf')
  })
})

describe('what is refused before anything changes', () => {
  it.each<[string, Given, Restart, RegExp]>([
    [
      'a trailing comma',
      { execStart: STOCK, config: '{\n  "icc": false,\n}\n' },
      systemd,
      /would not start as it is configured now.*line 3/s,
    ],
    [
      'a key in both places',
      { execStart: STOCK, config: '{"hosts": ["fd://"]}' },
      systemd,
      /stands both as flag/,
    ],
    ['an unknown key', { execStart: STOCK, config: '{"hostz": []}' }, systemd, /hostz/],
    [
      'a variable that nobody sets',
      {
        execStart: '/usr/bin/dockerd -H fd:// $OPTS',
        files: { [UNIT]: '[Service]\nEnvironmentFile=/none\nExecStart=/usr/bin/dockerd -H fd:// $OPTS\n' },
      },
      systemd,
      /\$OPTS/,
    ],
    [
      'flags that a command of the user gives again',
      { execStart: STOCK },
      { kind: 'command', command: 'x' },
      /--host stand among the arguments/,
    ],
    ['a rootless daemon', { execStart: '/usr/bin/dockerd --rootless' }, systemd, /rootless/],
  ])('%s', async (_name, given, restart, message) => {
    const seen = await seenOf(given)
    expect(() => planDaemon(seen, wish(restart))).toThrow(message)
  })

  it('no daemon at all', async () => {
    const seen = await seenOf({})
    expect(() => planDaemon({ ...seen, view: undefined }, wish())).toThrow(/no Docker daemon was found/)
  })

  it.each<[string, Partial<DaemonSeen>, RegExp]>([
    [
      'a masked unit',
      { unit: { name: 'docker.service', masked: true, dropIns: [] } },
      /docker\.service is masked/,
    ],
    ['no systemd', { systemd: false }, /--restart-command/],
    ['no unit', {}, /no systemd unit/],
  ])('%s', async (_name, more, message) => {
    const seen = { ...(await seenOf({ config: '{}' })), ...more }
    expect(() => restartOf(seen, undefined)).toThrow(message)
    expect(restartOf(seen, 'service docker restart')).toEqual({
      kind: 'command',
      command: 'service docker restart',
    })
  })
})
