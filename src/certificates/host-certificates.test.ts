import { describe, expect, it } from 'vitest'
import { estateFrom } from '../sources/index.js'
import { CERTIFICATES } from '../checks/certificates/example-certificates.js'
import { kubeconfigOf } from '../checks/certificates/example-hosts.js'
import { allCertificatesOf, certificatesOfHost, unreadCertificates } from './host-certificates.js'

const hostOf = async (files: Record<string, string>) => {
  const [host] = (await estateFrom({ hosts: { a: { files } } })).hosts
  if (host === undefined) throw new Error('no host was read')
  return host
}

describe('certificates of a host', () => {
  it('stand once, with their lines; repeated ones are kept aside', async () => {
    const host = await hostOf({
      '/etc/kubernetes/pki/ca.crt': `# first\n${CERTIFICATES.clusterCa}${CERTIFICATES.etcdCa}`,
      '/etc/kubernetes/admin.conf': kubeconfigOf(CERTIFICATES.admin, CERTIFICATES.clusterCa),
    })
    const found = certificatesOfHost(host).map(({ key, user, origin }) => [
      key,
      user,
      origin.kind === 'file' ? origin.line : 0,
    ])
    expect(found).toContainEqual(['/etc/kubernetes/pki/ca.crt#2', 'etcd-ca', expect.any(Number)])
    expect(found.filter(([, user]) => user === 'kubernetes')).toHaveLength(1)
    expect(allCertificatesOf(host).filter(({ user }) => user === 'kubernetes')).toHaveLength(2)
  })

  it('are told where they cannot be read, and the others keep their lines', async () => {
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
    const data = Buffer.from(broken).toString('base64')
    const host = await hostOf({
      '/etc/kubernetes/pki/apiserver.crt': `${broken}${CERTIFICATES.clusterCa}`,
      '/etc/kubernetes/pki/cut.crt': CERTIFICATES.etcdCa.slice(0, 200),
      '/etc/kubernetes/admin.conf': `kind: Config\nusers:\n- user:\n    client-certificate-data: ${data}\n`,
    })
    expect(unreadCertificates(host).map(({ path, line }) => `${path}:${line ?? '-'}`)).toEqual([
      '/etc/kubernetes/admin.conf:4',
      '/etc/kubernetes/pki/apiserver.crt:1',
      '/etc/kubernetes/pki/cut.crt:1',
    ])
    expect(allCertificatesOf(host)).toMatchObject([{ user: 'kubernetes', origin: { line: 4 }, first: true }])
  })

  it('are none in what only looks like one', async () => {
    const host = await hostOf({
      '/etc/kubernetes/pki/ca.crt': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
      '/etc/kubernetes/pki/endless.crt': `-----BEGIN CERTIFICATE-----\n${'A'.repeat(200_000)}`,
      '/etc/kubernetes/admin.conf':
        'kind: Config\nclient-certificate-data: %%%\ncertificate-authority-data: []\n',
    })
    expect(allCertificatesOf(host)).toEqual([])
  })
})
