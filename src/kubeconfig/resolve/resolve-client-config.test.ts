import { describe, expect, it } from 'vitest'
import { loadKubeconfig, type KubeconfigFiles, type KubeconfigOverrides } from '../index.js'
import { resolveClientConfig } from './resolve-client-config.js'

/** Files of a machine whose working folder is /w; a folder is a name that ends with a slash. */
function filesOf(texts: Readonly<Record<string, string>>): KubeconfigFiles {
  const missing = (code: string): Error => Object.assign(new Error(code), { code })
  return {
    cwd: '/w',
    read: (file) => {
      if (Object.hasOwn(texts, `${file}/`)) throw missing('EISDIR')
      const text = Object.hasOwn(texts, file) ? texts[file] : undefined
      if (text === undefined) throw missing('ENOENT')
      return Buffer.from(text)
    },
    isFile: (file) => Object.hasOwn(texts, file),
  }
}

type Environment = Record<string, string>
interface Given {
  readonly files?: Record<string, string>
  readonly overrides?: KubeconfigOverrides
  readonly env?: Environment
  readonly defaultServer?: string
}

function resolve(config: string, { files = {}, overrides = {}, env = {}, ...rest }: Given = {}) {
  const machine = filesOf({ '/w/k/config': config, ...files })
  const loaded = loadKubeconfig({ explicit: 'k/config', env: {} }, machine)
  const now = new Date('2026-01-01T00:00:00Z')
  return resolveClientConfig(loaded.config, { overrides, env, files: machine, now, ...rest })
}

const config = (cluster: string, user = '', context = ''): string => `
clusters: [{name: c, cluster: {${cluster}}}, {name: d, cluster: {server: "https://d"}}]
users: [{name: u, user: {${user}}}, {name: v, user: {token: of-v}}]
contexts: [{name: x, context: {cluster: c, user: u, ${context}}}, {name: w, context: {cluster: d, user: v, namespace: ny}}]
current-context: x
`
const TLS = 'server: "https://c:6443"'
const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount'
const POD: Environment = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' }
const POD_FILES = {
  [`${ACCOUNT}/token`]: 'pod-token',
  [`${ACCOUNT}/ca.crt`]: 'CA',
  [`${ACCOUNT}/namespace`]: 'ns\n',
}

describe('resolveClientConfig', () => {
  it.each<[string, string, Given, object]>([
    [
      'the current context',
      config(TLS, 'token: t', 'namespace: m'),
      {},
      { server: 'https://c:6443', token: 't', namespace: 'm', context: 'x' },
    ],
    [
      'another context',
      config(TLS),
      { overrides: { context: 'w' } },
      { server: 'https://d', token: 'of-v', namespace: 'ny', context: 'w' },
    ],
    [
      'another cluster and user',
      config(TLS),
      { overrides: { cluster: 'd', user: 'v' } },
      { server: 'https://d', token: 'of-v', namespace: 'default' },
    ],
    [
      'a namespace with its kind',
      config(TLS),
      { overrides: { namespace: 'ns/shop' } },
      { namespace: 'shop' },
    ],
    [
      'paths from the folder of the file',
      config(`${TLS}, certificate-authority: ca.crt`, 'client-certificate: ../c.crt, client-key: /k'),
      { files: { '/w/k/ca.crt': '', '/w/c.crt': '', '/k': '' } },
      {
        ca: { kind: 'file', path: '/w/k/ca.crt' },
        clientCert: { kind: 'file', path: '/w/c.crt' },
        clientKey: { kind: 'file', path: '/k' },
      },
    ],
    ['data', config(`${TLS}, certificate-authority-data: Q0E=`), {}, { ca: { kind: 'data', pem: 'CA' } }],
    [
      'an authority over data and skip',
      config(`${TLS}, certificate-authority-data: Q0E=`),
      { overrides: { certificateAuthority: 'o.crt' }, files: { '/w/o.crt': '' } },
      { ca: { kind: 'file', path: '/w/o.crt' }, insecureSkipTlsVerify: false },
    ],
    [
      'skip over an authority',
      config(`${TLS}, certificate-authority-data: Q0E=`),
      { overrides: { insecureSkipTlsVerify: true } },
      { insecureSkipTlsVerify: true },
    ],
    [
      'a server drops the name',
      config(`${TLS}, tls-server-name: m`),
      { overrides: { server: 'https://other' } },
      { server: 'https://other' },
    ],
    [
      'a server with a name',
      config(`${TLS}, tls-server-name: m`),
      { overrides: { server: 'https://other', tlsServerName: 'o' } },
      { tlsServerName: 'o' },
    ],
    [
      'a token file',
      config(TLS, 'tokenFile: t'),
      { files: { '/w/k/t': 'from-file\n' } },
      { token: 'from-file\n', tokenFile: '/w/k/t' },
    ],
    [
      'token and token file',
      config(TLS, 'token: t, tokenFile: /none'),
      {},
      { token: 't', tokenFile: '/none' },
    ],
    [
      'a certificate and a token',
      config(TLS, 'token: t, client-certificate-data: YQ==, client-key-data: Yg=='),
      {},
      { token: 't', clientCert: { kind: 'data', pem: 'a' } },
    ],
    [
      'impersonation',
      config(TLS, 'as: a, as-uid: i, as-groups: [g], as-user-extra: {e: [1a]}'),
      {},
      { impersonate: { user: 'a', uid: 'i', groups: ['g'], extra: new Map([['e', ['1a']]]) } },
    ],
    [
      'impersonation by flags',
      config(TLS, 'as: a, as-groups: [g]'),
      { overrides: { as: 'b', asGroups: ['h'] } },
      { impersonate: { user: 'b', uid: '', groups: ['h'], extra: new Map() } },
    ],
    [
      'no credential without TLS',
      config('server: "http://c"', 'token: t, client-certificate-data: YQ==, client-key-data: Yg==, as: a'),
      {},
      { server: 'http://c', impersonate: { user: 'a', uid: '', groups: [], extra: new Map() } },
    ],
    [
      'no scheme is http',
      config('server: "c:6443", certificate-authority-data: YQ==', 'token: t'),
      {},
      { server: 'http://c:6443' },
    ],
    ['a path prefix', config('server: "https://c/a/b?x=1#y"'), {}, { server: 'https://c/a/b' }],
    [
      'a proxy',
      config(`${TLS}, proxy-url: "socks5://p:1", disable-compression: true`),
      {},
      { proxyUrl: 'socks5://p:1', disableCompression: true },
    ],
    [
      'a plug-in',
      config(
        `${TLS}, extensions: [{name: client.authentication.k8s.io/exec, extension: {a: 1}}]`,
        'exec: {command: ./p, args: [a], apiVersion: client.authentication.k8s.io/v1beta1, installHint: "\\e[1mx"}',
      ),
      {},
      {
        exec: {
          command: '/w/k/p',
          args: ['a'],
          env: [],
          apiVersion: 'client.authentication.k8s.io/v1beta1',
          installHint: 'U+001B[1mx',
          provideClusterInfo: false,
          interactiveMode: 'IfAvailable',
          clusterExtension: { a: 1 },
        },
      },
    ],
    [
      'a plug-in from PATH',
      config(TLS, 'exec: {command: p, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never}'),
      {},
      {
        exec: {
          command: 'p',
          args: [],
          env: [],
          apiVersion: 'client.authentication.k8s.io/v1',
          installHint: '',
          provideClusterInfo: false,
          interactiveMode: 'Never',
        },
      },
    ],
    [
      'a token keeps the plug-in from running',
      config(TLS, 'exec: {command: p, apiVersion: client.authentication.k8s.io/v1beta1}'),
      { overrides: { token: 't' } },
      { token: 't' },
    ],
    [
      'an id token that holds',
      config(TLS, `auth-provider: {name: oidc, config: {id-token: ${idToken('2026-01-02T00:00:00Z')}}}`),
      {},
      { token: idToken('2026-01-02T00:00:00Z') },
    ],
    ['nothing: the default server', '', {}, { server: 'http://localhost:8080', context: '' }],
    [
      'nothing, with KUBERNETES_MASTER',
      '',
      { env: { KUBERNETES_MASTER: 'https://m' } },
      { server: 'https://m' },
    ],
    [
      'nothing, in a pod',
      '',
      { env: POD, files: POD_FILES },
      {
        server: 'https://[fd00::1]:443',
        inCluster: true,
        token: 'pod-token',
        tokenFile: `${ACCOUNT}/token`,
        ca: { kind: 'file', path: `${ACCOUNT}/ca.crt` },
        namespace: 'ns',
      },
    ],
    [
      'in a pod, with flags',
      '',
      { env: POD, files: POD_FILES, overrides: { token: 't', namespace: 'm' } },
      { inCluster: true, token: 't', namespace: 'm' },
    ],
    [
      'in a pod, with a kubeconfig',
      config(TLS, 'token: t'),
      { env: POD, files: POD_FILES },
      { server: 'https://c:6443', token: 't', inCluster: false, namespace: 'ns' },
    ],
    ['in a pod without an account', '', { env: POD }, { server: 'http://localhost:8080', inCluster: false }],
  ])('%s', (_name, text, given, expected) => {
    const resolved = resolve(text, given)
    expect(resolved).toMatchObject(expected)
    const known = [
      'server',
      'disableCompression',
      'insecureSkipTlsVerify',
      'context',
      'namespace',
      'inCluster',
      'ca',
      'clientCert',
      'clientKey',
    ]
    expect(
      Object.keys(resolved).filter((key) => !known.includes(key) && !Object.hasOwn(expected, key)),
    ).toEqual([])
  })

  it.each<[string, string, Given, string]>([
    [
      'a context that a flag names',
      config(TLS),
      { overrides: { context: 'z' } },
      'context "z" does not exist',
    ],
    ['a user that a flag names', config(TLS), { overrides: { user: 'z' } }, 'auth info "z" does not exist'],
    [
      'a cluster that a flag names',
      config(TLS),
      { overrides: { cluster: 'z' } },
      'cluster "z" does not exist',
    ],
    [
      'a current context that is missing',
      'current-context: z',
      {},
      'Error in configuration: context was not found for specified context: z',
    ],
    [
      'a missing authority',
      config(`${TLS}, certificate-authority: ca.crt`),
      {},
      'Error in configuration: unable to read certificate-authority /w/k/ca.crt for c due to open /w/k/ca.crt: no such file or directory',
    ],
    [
      'data and file',
      config(`${TLS}, certificate-authority: a/, certificate-authority-data: YQ==`),
      { files: { '/w/k/a/': '', '/w/k/a//': '' } },
      'Error in configuration: certificate-authority-data and certificate-authority are both specified for c. certificate-authority-data will override.',
    ],
    [
      'two faults',
      config(TLS, 'client-certificate-data: YQ==, token: a, password: b'),
      {},
      'Error in configuration: \n* client-key-data or client-key must be specified for u to use the clientCert authentication method.\n* more than one authentication method found for u; found [token basicAuth], only one is allowed',
    ],
    [
      'groups without a user',
      config(TLS, 'as-groups: [g]'),
      {},
      'Error in configuration: requesting uid, groups or user-extra for u without impersonating a user',
    ],
    [
      'a proxy that is none',
      config(`${TLS}, proxy-url: "ftp://a:b@p"`),
      {},
      `Error in configuration: invalid 'proxy-url' "ftp://a:REDACTED@p" for cluster "c": unsupported scheme "ftp", must be http, https, or socks5`,
    ],
    [
      'a proxy without a scheme',
      config(`${TLS}, proxy-url: "127.0.0.1:3128"`),
      {},
      `Error in configuration: invalid 'proxy-url' "127.0.0.1:3128" for cluster "c": could not parse: 127.0.0.1:3128`,
    ],
    [
      'a plug-in without a mode',
      config(TLS, 'exec: {command: p, apiVersion: client.authentication.k8s.io/v1}'),
      {},
      'Error in configuration: interactiveMode must be specified for u to use exec authentication plugin',
    ],
    [
      'a plug-in and a provider',
      config(
        TLS,
        'auth-provider: {name: oidc}, exec: {command: p, apiVersion: client.authentication.k8s.io/v1beta1}',
      ),
      {},
      'Error in configuration: authProvider cannot be provided in combination with an exec plugin for u',
    ],
    [
      'an authority and skip',
      config(`${TLS}, certificate-authority-data: YQ==, insecure-skip-tls-verify: true`),
      {},
      'specifying a root certificates file with the insecure flag is not allowed',
    ],
    ['a missing token file', config(TLS, 'tokenFile: t'), {}, 'open /w/k/t: no such file or directory'],
    ['gcp', config(TLS, 'auth-provider: {name: gcp}'), {}, 'The gcp auth plugin has been removed.'],
    ['another provider', config(TLS, 'auth-provider: {name: x}'), {}, 'no Auth Provider found for name "x"'],
    [
      'an id token that has ended',
      config(TLS, `auth-provider: {name: oidc, config: {id-token: ${idToken('2026-01-01T00:00:09Z')}}}`),
      {},
      'the id-token of the auth-provider `oidc` has expired',
    ],
    [
      'no server where there is no default',
      '',
      { defaultServer: '' },
      'Error in configuration: no configuration has been provided, try setting KUBERNETES_MASTER environment variable',
    ],
    ['a path without a scheme', config('server: "c/d"'), {}, 'host must be a URL or a host:port pair: "c/d"'],
  ])('refuses %s', (_name, text, given, message) => {
    expect(() => resolve(text, given)).toThrow(message)
  })
})

function idToken(end: string): string {
  return `a.${Buffer.from(JSON.stringify({ exp: Date.parse(end) / 1000 })).toString('base64url')}.c`
}
