import { beforeAll, describe, expect, it } from 'vitest'
import { issueCertificate, type Issued } from '../pki/index.js'
import { estateFrom } from '../sources/index.js'
import type { CertificateEntry } from './certificate-entry.js'
import { inventoryCertificates } from './inventory-certificates.js'

const MINUTES = 60 * 24 * 30
const PKI = '/etc/kubernetes/pki'
const APISERVER = `/usr/bin/kube-apiserver --tls-cert-file=${PKI}/apiserver.crt --tls-private-key-file=${PKI}/apiserver.key --client-ca-file=${PKI}/ca.crt --etcd-certfile=${PKI}/apiserver-etcd-client.crt --etcd-keyfile=${PKI}/apiserver-etcd-client.key --etcd-cafile=${PKI}/etcd/ca.crt`
const ETCD = `/usr/bin/etcd --cert-file=${PKI}/etcd/server.crt --key-file=${PKI}/etcd/server.key --trusted-ca-file=${PKI}/etcd/ca.crt`

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const kubeconfig = (
  authority: string,
  client: Issued,
  server = 'https://10.0.0.1:6443',
): string => `apiVersion: v1
kind: Config
clusters:
- name: c
  cluster:
    certificate-authority-data: ${base64(authority)}
    server: ${server}
users:
- name: u
  user:
    client-certificate-data: ${base64(client.cert)}
    client-key-data: ${base64(client.key)}
contexts:
- name: x
  context: {cluster: c, user: u}
current-context: x
`

describe('the inventory of certificates', () => {
  let ca: Issued
  let etcdCa: Issued
  let other: Issued
  const server = (issuer: Issued, names: string[] = ['10.0.0.1']): Promise<Issued> =>
    issueCertificate({
      commonName: 'server',
      use: 'server',
      minutes: MINUTES,
      issuer,
      names: names.map((value) => ({ type: /^[\d.]+$/.test(value) ? 'ip' : 'dns', value })),
    })
  const client = (issuer: Issued): Promise<Issued> =>
    issueCertificate({ commonName: 'client', use: 'client', minutes: MINUTES, issuer })
  beforeAll(async () => {
    const authority = (commonName: string): Promise<Issued> =>
      issueCertificate({ commonName, use: 'authority', minutes: MINUTES * 10 })
    ;[ca, etcdCa, other] = await Promise.all([
      authority('kubernetes'),
      authority('etcd-ca'),
      authority('other'),
    ])
  })

  /** A control-plane node on which all is right, but for what a test changes. */
  async function inventory(
    change: (files: Record<string, string>) => void | Promise<void> = () => undefined,
    now = Math.floor(Date.now() / 1000),
  ): Promise<CertificateEntry[]> {
    const apiserver = await server(ca)
    const etcd = await server(etcdCa)
    const toEtcd = await client(etcdCa)
    const admin = await client(ca)
    const files: Record<string, string> = {
      [`${PKI}/ca.crt`]: ca.cert,
      [`${PKI}/apiserver.crt`]: apiserver.cert,
      [`${PKI}/apiserver.key`]: apiserver.key,
      [`${PKI}/apiserver-etcd-client.crt`]: toEtcd.cert,
      [`${PKI}/apiserver-etcd-client.key`]: toEtcd.key,
      [`${PKI}/etcd/ca.crt`]: etcdCa.cert,
      [`${PKI}/etcd/server.crt`]: etcd.cert,
      [`${PKI}/etcd/server.key`]: etcd.key,
      '/etc/kubernetes/admin.conf': kubeconfig(ca.cert, admin),
    }
    await change(files)
    const estate = await estateFrom({ hosts: { 'cp-1': { files, processes: [APISERVER, ETCD] } } })
    return inventoryCertificates(estate, now)
  }
  const faultsOf = (entries: readonly CertificateEntry[]): string[] =>
    entries.flatMap(({ place, faults }) => faults.map(({ kind, message }) => `${place}: ${kind}: ${message}`))

  it('says of each who uses it, who accepts it, and whose its key is', async () => {
    const entries = await inventory()
    expect(faultsOf(entries)).toEqual([])
    expect(
      entries.map(({ place, kind, usedBy, chain, key }) => [
        place,
        kind,
        usedBy.map(({ by, as }) => `${by} ${as}`),
        chain.kind,
        key?.fits,
      ]),
    ).toEqual([
      [
        '/etc/kubernetes/admin.conf',
        'authority',
        ['who holds this kubeconfig certificate-authority-data'],
        'unknown',
        undefined,
      ],
      [
        '/etc/kubernetes/admin.conf',
        'certificate',
        ['who holds this kubeconfig client-certificate-data'],
        'fits',
        true,
      ],
      [`${PKI}/apiserver-etcd-client.crt`, 'certificate', ['kube-apiserver --etcd-certfile'], 'fits', true],
      [`${PKI}/apiserver.crt`, 'certificate', ['kube-apiserver --tls-cert-file'], 'fits', true],
      [`${PKI}/ca.crt`, 'authority', ['kube-apiserver --client-ca-file'], 'unknown', undefined],
      [
        `${PKI}/etcd/ca.crt`,
        'authority',
        ['kube-apiserver --etcd-cafile', 'etcd --trusted-ca-file'],
        'unknown',
        undefined,
      ],
      [`${PKI}/etcd/server.crt`, 'certificate', ['etcd --cert-file'], 'fits', true],
    ])
  })

  it('holds no private key', async () => {
    let keys: string[] = []
    const entries = await inventory((files) => {
      keys = Object.values(files).flatMap((text) =>
        text.includes('PRIVATE KEY') ? [text.split('\n')[1] ?? '?'] : [],
      )
    })
    expect(keys.length).toBe(3)
    const text = JSON.stringify(entries)
    expect(text).not.toContain('PRIVATE')
    for (const key of keys) expect(text).not.toContain(key)
  })

  interface Row {
    readonly name: string
    readonly change: (files: Record<string, string>) => void | Promise<void>
    readonly expected: readonly string[]
  }
  const put = (files: Record<string, string>, base: string, { cert, key }: Issued): void => {
    files[`${base}.crt`] = cert
    files[`${base}.key`] = key
  }
  const rows: Row[] = [
    {
      name: 'a server certificate of an authority that clients do not trust',
      change: async (files) => put(files, `${PKI}/apiserver`, await server(other)),
      expected: [
        `${PKI}/apiserver.crt: chain: it is not signed by the authority in /etc/kubernetes/admin.conf and is refused`,
      ],
    },
    {
      name: 'a name that it is called by and does not bear',
      change: async (files) => put(files, `${PKI}/apiserver`, await server(ca, ['10.0.0.9', 'cp-1'])),
      expected: [
        `${PKI}/apiserver.crt: name: /etc/kubernetes/admin.conf calls the API server 10.0.0.1, which is not among its names`,
      ],
    },
    {
      name: 'a client certificate of another authority than etcd trusts',
      change: async (files) => put(files, `${PKI}/apiserver-etcd-client`, await client(ca)),
      expected: [
        `${PKI}/apiserver-etcd-client.crt: chain: it is not signed by the authority in ${PKI}/etcd/ca.crt, the one of etcd, and is refused`,
      ],
    },
    {
      name: 'a server certificate that a client shows',
      change: async (files) => put(files, `${PKI}/apiserver-etcd-client`, await server(etcdCa)),
      expected: [
        `${PKI}/apiserver-etcd-client.crt: use: it is used by a client, and its extendedKeyUsage is not for clients`,
      ],
    },
    {
      name: 'a client certificate that a server shows',
      change: async (files) => put(files, `${PKI}/etcd/server`, await client(etcdCa)),
      expected: [
        `${PKI}/etcd/server.crt: use: it is used by a server, and its extendedKeyUsage is not for servers`,
      ],
    },
    {
      name: 'an authority that serves',
      change: (files) => put(files, `${PKI}/etcd/server`, etcdCa),
      expected: [
        `${PKI}/etcd/server.crt: use: it serves, and is a certificate authority: whoever takes its key can sign more`,
      ],
    },
    {
      name: 'the key of another certificate',
      change: async (files) => {
        files[`${PKI}/apiserver.key`] = (await server(ca)).key
      },
      expected: [`${PKI}/apiserver.crt: key: the private key in ${PKI}/apiserver.key is not its own`],
    },
    {
      name: 'a kubeconfig whose client the API server refuses',
      change: async (files) => {
        files['/etc/kubernetes/admin.conf'] = kubeconfig(ca.cert, await client(other))
      },
      expected: [
        `/etc/kubernetes/admin.conf: chain: it is not signed by the authority in ${PKI}/ca.crt, the one of the API server, and is refused`,
      ],
    },
    {
      name: 'a kubeconfig of another cluster is no fault of this one',
      change: async (files) => {
        files['/root/.kube/config'] = kubeconfig(
          other.cert,
          await client(ca),
          'https://elsewhere.example.com',
        )
      },
      expected: [],
    },
    {
      name: 'a chain through an intermediate is followed',
      change: async (files) => {
        const intermediate = await issueCertificate({
          commonName: 'between',
          use: 'authority',
          minutes: MINUTES,
          issuer: etcdCa,
        })
        const leaf = await server(intermediate)
        put(files, `${PKI}/etcd/server`, { cert: leaf.cert + intermediate.cert, key: leaf.key })
      },
      expected: [],
    },
  ]
  it.each(rows)('$name', async ({ change, expected }) => {
    expect(faultsOf(await inventory(change))).toEqual(expected)
  })

  it('what ended, and what does not begin yet', async () => {
    const now = Math.floor(Date.now() / 1000)
    const later = faultsOf(await inventory(undefined, now + MINUTES * 60 + 3600))
    expect(later.filter((line) => line.includes(': ended: '))).toHaveLength(4)
    expect(
      faultsOf(await inventory(undefined, now - 3600)).every((line) => line.includes(': not-yet: ')),
    ).toBe(true)
  })

  it('objects: webhooks, API services, what pods trust, requests', async () => {
    const admission = 'admissionregistration.k8s.io/v1'
    const issued = await client(ca)
    const objects = [
      {
        apiVersion: admission,
        kind: 'ValidatingWebhookConfiguration',
        metadata: { name: 'guard' },
        webhooks: [
          {
            name: 'a.example.com',
            clientConfig: { caBundle: base64(other.cert), service: { name: 'guard', namespace: 'ops' } },
          },
          {
            name: 'b.example.com',
            clientConfig: { caBundle: base64('nothing'), url: 'https://b.example.com' },
          },
          { name: 'c.example.com', clientConfig: { url: 'https://c.example.com' } },
        ],
      },
      {
        apiVersion: 'apiregistration.k8s.io/v1',
        kind: 'APIService',
        metadata: { name: 'v1.metrics.k8s.io' },
        spec: { caBundle: base64(other.cert), service: { name: 'metrics', namespace: 'kube-system' } },
      },
      {
        apiVersion: 'certificates.k8s.io/v1',
        kind: 'CertificateSigningRequest',
        metadata: { name: 'csr-1' },
        spec: { username: 'system:node:a', signerName: 'kubernetes.io/kubelet-serving', request: '' },
        status: { certificate: base64(issued.cert) },
      },
      {
        apiVersion: 'certificates.k8s.io/v1',
        kind: 'CertificateSigningRequest',
        metadata: { name: 'csr-2' },
        spec: { username: 'system:node:b', signerName: 'kubernetes.io/kubelet-serving', request: '' },
      },
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'kube-root-ca.crt', namespace: 'kube-system' },
        data: { 'ca.crt': ca.cert },
      },
    ]
    const estate = await estateFrom({
      manifests: objects.map((object) => JSON.stringify(object)).join('\n---\n'),
    })
    const entries = inventoryCertificates(estate, Math.floor(Date.now() / 1000))
    expect(
      entries
        .map(({ place, kind, usedBy: [user], facts, faults }) => [
          place,
          kind,
          user?.by,
          facts?.subject,
          faults[0]?.kind,
        ])
        .sort(),
    ).toEqual([
      ['APIService v1.metrics.k8s.io', 'authority', 'metrics.kube-system.svc', 'CN=other', undefined],
      ['CertificateSigningRequest csr-1', 'request', 'system:node:a', 'CN=client', undefined],
      ['CertificateSigningRequest csr-2', 'request', 'system:node:b', undefined, undefined],
      [
        'ConfigMap kube-system/kube-root-ca.crt',
        'authority',
        'every pod, for the API server',
        'CN=kubernetes',
        undefined,
      ],
      [
        'ValidatingWebhookConfiguration guard',
        'authority',
        'webhook a.example.com at guard.ops.svc',
        'CN=other',
        undefined,
      ],
      [
        'ValidatingWebhookConfiguration guard',
        'authority',
        'webhook b.example.com at https://b.example.com',
        undefined,
        'unreadable',
      ],
    ])
  })
})
