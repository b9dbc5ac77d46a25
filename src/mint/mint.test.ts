import 'reflect-metadata'
import { describe, expect, it } from 'vitest'
import { Pkcs10CertificateRequest } from '@peculiar/x509'
import { readKubeconfig } from '../kubeconfig/index.js'
import { asObject, type JsonObject } from '../model/index.js'
import { judgeMint } from './judge-mint.js'
import { makeCertificateRequest } from './make-request.js'
import { mintedFacts } from './mint-labels.js'
import { accountName, lifeOf, personName, type MintRequest } from './mint-request.js'
import { mintedKubeconfig } from './minted-kubeconfig.js'
import { planMint } from './plan-mint.js'
import { readGrant } from './read-grant.js'

const request = (more: Partial<MintRequest> = {}): MintRequest => ({
  subject: { kind: 'person', name: 'anna@example.com', groups: [] },
  can: [readGrant('get,list pods,deployments -n shop')],
  roles: [],
  owner: 'Bo Berg',
  life: 3600,
  now: new Date('2026-01-01T00:00:00Z'),
  id: '0a1b2c3d',
  ...more,
})
const objects = (more: Partial<MintRequest> = {}, accountExists = false): JsonObject[] =>
  planMint(request(more), accountExists).map(({ object }) => object)

describe('readGrant', () => {
  it.each<[string, object]>([
    [
      'get,list pods -n shop',
      { verbs: ['get', 'list'], resources: [{ group: '', resource: 'pods' }], namespace: 'shop' },
    ],
    ['get deploy/scale -nshop', { resources: [{ group: 'apps', resource: 'deployments/scale' }] }],
    ['get pods,svc web api -n shop', { names: ['web', 'api'] }],
    ['list nodes', { resources: [{ group: '', resource: 'nodes' }], namespace: '' }],
    ['list pods -A', { namespace: '' }],
    [
      'get widgets.acme.example --namespace=shop',
      { resources: [{ group: 'acme.example', resource: 'widgets' }] },
    ],
    ['get /metrics,/healthz', { urls: ['/metrics', '/healthz'], resources: [], namespace: '' }],
    ['* * -n shop', { verbs: ['*'], resources: [{ group: '*', resource: '*' }] }],
  ])('%s', (text, expected) => {
    expect(readGrant(text)).toMatchObject(expected)
  })

  it.each<[string, RegExp]>([
    ['', /write it as/],
    ['get', /write it as/],
    ['get pods', /say in which namespace/],
    ['get nodes -n shop', /nodes has no namespace/],
    ['get pdos -n shop', /no resource `pdos`.*did you mean pods/],
    ['get pods -n', /needs the name of a namespace/],
    ['get pods -x', /is no option/],
    ['get /metrics -n shop', /neither names nor a namespace/],
  ])('refuses %j', (text, message) => {
    expect(() => readGrant(text)).toThrow(message)
  })
})

describe('names and times', () => {
  it('takes no name of Kubernetes for a person', () => {
    expect(() => personName('system:admin')).toThrow(/Kubernetes itself/)
    expect(() => personName('')).toThrow(/no name/)
  })
  it.each([
    ['8h', 28800],
    ['30m', 1800],
    ['1h30m', 5400],
  ])('%s is %d seconds', (text, seconds) => {
    expect(lifeOf(text)).toBe(seconds)
  })
  it.each(['', '5m', '1d', 'h', '0h', '99999h'])('refuses the time %j', (text) => {
    expect(() => lifeOf(text)).toThrow(/no time|less than 10m|at most 8760h/)
  })
  it('takes an account with its namespace alone', () => {
    expect(accountName('ci/deployer')).toEqual({ namespace: 'ci', name: 'deployer' })
    expect(() => accountName('deployer')).toThrow(/NAMESPACE\/NAME/)
  })
})

describe('planMint', () => {
  it('makes exactly the role that was asked for, and its binding', () => {
    const [role, binding] = objects()
    expect(role).toMatchObject({
      kind: 'Role',
      metadata: { name: 'rampart-anna-example-com-0a1b2c3d', namespace: 'shop' },
      rules: [
        { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] },
        { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'list'] },
      ],
    })
    expect(binding).toMatchObject({
      kind: 'RoleBinding',
      roleRef: { kind: 'Role', name: 'rampart-anna-example-com-0a1b2c3d' },
      subjects: [{ kind: 'User', name: 'anna@example.com' }],
    })
    expect(objects()).toHaveLength(2)
  })

  it('labels all of it with owner and end', () => {
    for (const object of objects({ subject: { kind: 'account', namespace: 'ci', name: 'bot' } })) {
      expect(mintedFacts(object)).toEqual({
        id: '0a1b2c3d',
        owner: 'Bo Berg',
        subject: 'system:serviceaccount:ci:bot',
        expires: new Date('2026-01-01T01:00:00Z'),
      })
      const labels = asObject(asObject(object.metadata).labels)
      for (const value of Object.values(labels))
        expect(value).toMatch(/^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/)
    }
  })

  it('makes one role for each namespace, and one for the whole cluster', () => {
    const can = ['get pods -n a', 'get pods -n b', 'list nodes', 'get /metrics'].map((text) =>
      readGrant(text),
    )
    expect(objects({ can }).map(({ kind }) => kind)).toEqual([
      'ClusterRole',
      'ClusterRoleBinding',
      'Role',
      'RoleBinding',
      'Role',
      'RoleBinding',
    ])
  })

  it('binds a role that is there, and makes none', () => {
    const made = objects({ can: [], roles: [{ namespace: 'shop', name: 'viewer' }] })
    expect(made).toMatchObject([
      { kind: 'RoleBinding', metadata: { namespace: 'shop' }, roleRef: { kind: 'Role', name: 'viewer' } },
    ])
  })

  it('makes an account only where it is not there', () => {
    const subject = { kind: 'account', namespace: 'ci', name: 'bot' } as const
    expect(objects({ subject }).map(({ kind }) => kind)).toEqual(['ServiceAccount', 'Role', 'RoleBinding'])
    expect(objects({ subject }, true).map(({ kind }) => kind)).toEqual(['Role', 'RoleBinding'])
  })

  it('refuses to give nothing', () => {
    expect(() => objects({ can: [] })).toThrow(/say what it may do/)
  })

  it('takes nothing else for its own', () => {
    expect(mintedFacts({ metadata: { name: 'x', labels: { 'rampart.dev/mint': 'a' } } })).toBeUndefined()
    expect(mintedFacts({})).toBeUndefined()
  })
})

describe('judgeMint', () => {
  it('tells what the identity may do, with what the cluster gives it already', () => {
    const made = objects()
    const old = objects({ can: [readGrant('delete pods -n shop')], id: 'before' })
    const { rights, escalations } = judgeMint(request().subject, old, made, [])
    expect(
      rights.map(({ namespace, rules }) => [
        namespace,
        rules.map(({ resource, verbs }) => [resource, verbs]),
      ]),
    ).toEqual([
      [
        'shop',
        [
          ['pods', ['delete', 'get', 'list']],
          ['deployments', ['get', 'list']],
        ],
      ],
    ])
    expect(escalations).toEqual([])
  })

  it('tells where the rights lead to more', () => {
    const can = [readGrant('get,list secrets -A'), readGrant('create pods -n shop')]
    const { escalations } = judgeMint(request().subject, [], objects({ can }), ['roles could not be read'])
    expect(escalations.map(({ technique, namespace }) => [technique.id, namespace])).toEqual(
      expect.arrayContaining([['escalation-read-secrets', '']]),
    )
  })
})

describe('the credential', () => {
  it('asks for a certificate of a key that stays here', async () => {
    const { key, request: csr } = await makeCertificateRequest('anna', ['a', 'b'])
    const read = new Pkcs10CertificateRequest(csr)
    expect(read.subject).toBe('CN=anna, O=a, O=b')
    expect(await read.verify()).toBe(true)
    expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----\n/)
    expect(csr).not.toContain('PRIVATE')
  })

  it('becomes a kubeconfig that needs no other file', () => {
    const text = mintedKubeconfig(
      {
        server: 'https://c:6443',
        insecureSkipTlsVerify: false,
        disableCompression: false,
        context: 'x',
        namespace: 'y',
        inCluster: false,
        tlsServerName: 'n',
      },
      'CA',
      { cluster: 'c', user: 'anna', namespace: 'shop' },
      { kind: 'certificate', cert: 'CERT', key: 'KEY', expires: new Date() },
    )
    const { config } = readKubeconfig(text)
    expect(config?.clusters.get('c')).toMatchObject({
      server: 'https://c:6443',
      tlsServerName: 'n',
      certificateAuthorityData: Buffer.from('CA'),
    })
    expect(config?.users.get('anna')).toMatchObject({
      clientCertificateData: Buffer.from('CERT'),
      clientKeyData: Buffer.from('KEY'),
    })
    expect(config?.contexts.get(config.currentContext)).toMatchObject({ namespace: 'shop' })
  })
})
