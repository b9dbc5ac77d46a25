import { describe, expect, it } from 'vitest'
import type { HostInput } from '../../model/index.js'
import { estateFrom } from '../../sources/index.js'
import { etcdsOf } from './etcds-of.js'

async function etcdOf(host: HostInput) {
  const [view] = etcdsOf(await estateFrom({ hosts: { 'cp-1': host } }))
  if (view === undefined) throw new Error('no etcd was found')
  return view
}

const UNIT = '/etc/systemd/system/etcd.service'
const unit = (flags: string): string =>
  `[Service]\nEnvironment=ETCD_CLIENT_CERT_AUTH=true ETCD_TRUSTED_CA_FILE=/env ETCD_AUTO_TLS=\nExecStart=/usr/local/bin/etcd ${flags}\n`

describe('settings of etcd', () => {
  it('flags win over the environment, which wins over defaults; an empty variable is none', async () => {
    const etcd = await etcdOf({ files: { [UNIT]: unit('--trusted-ca-file=/a -trusted-ca-file /b') } })
    expect(etcd.string('trusted-ca-file')).toMatchObject({ known: true, value: '/b' })
    expect(etcd.boolean('client-cert-auth')).toMatchObject({ known: true, value: true })
    expect(etcd.boolean('auto-tls')).toMatchObject({ known: true, value: false })
    expect(etcd.strings('listen-client-urls')).toMatchObject({ value: ['http://localhost:2379'] })
  })

  it('with a configuration file neither flags nor environment count', async () => {
    const etcd = await etcdOf({
      files: {
        [UNIT]: unit('--config-file=/srv/etcd.yaml --trusted-ca-file=/flag'),
        '/srv/etcd.yaml':
          'listen-client-urls: https://10.0.0.1:2379, https://127.0.0.1:2379\npeer-transport-security:\n  auto-tls: true\n',
      },
    })
    expect(etcd.string('trusted-ca-file')).toMatchObject({ known: true, value: '' })
    expect(etcd.boolean('client-cert-auth')).toMatchObject({ known: true, value: false })
    expect(etcd.boolean('peer-auto-tls')).toMatchObject({ value: true, origin: { line: 3 } })
    expect(etcd.strings('listen-client-urls')).toMatchObject({
      value: ['https://10.0.0.1:2379', 'https://127.0.0.1:2379'],
    })
    expect(etcd.change('client-cert-auth', true).edits).toEqual([
      {
        host: 'cp-1',
        file: '/srv/etcd.yaml',
        op: 'set',
        path: ['client-transport-security', 'client-cert-auth'],
        value: true,
      },
    ])
  })

  it.each([
    ['a list', '- a\n'],
    ['no YAML', 'a: [b\n'],
    ['nothing', ''],
    ['a number', '7\n'],
  ])('%s is no configuration file: everything is unknown', async (_name, text) => {
    const etcd = await etcdOf({
      files: { '/srv/etcd.yaml': text },
      processes: ['/usr/bin/etcd --config-file /srv/etcd.yaml'],
    })
    expect(etcd.boolean('client-cert-auth')).toMatchObject({ known: false })
  })

  it('values of other types are passed over', async () => {
    const etcd = await etcdOf({
      files: {
        '/srv/etcd.yaml':
          'listen-client-urls: {a: b}\nclient-transport-security: [x]\npeer-transport-security: {auto-tls: perhaps}\ncipher-suites: [A, 7]\n',
      },
      processes: ['/usr/bin/etcd --config-file=/srv/etcd.yaml'],
    })
    expect(etcd.boolean('peer-auto-tls')).toMatchObject({ known: true, value: false })
    expect(etcd.strings('cipher-suites')).toMatchObject({ value: ['A'] })
  })

  it('what no flag sets is unknown while the environment was not read', async () => {
    const etcd = await etcdOf({ processes: ['/usr/bin/etcd --trusted-ca-file=/a stray --auto-tls=true'] })
    expect(etcd.string('trusted-ca-file')).toMatchObject({ known: true, value: '/a' })
    expect(etcd.boolean('auto-tls')).toMatchObject({ known: false, reason: 'no-source' })
  })
})
