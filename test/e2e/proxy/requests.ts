/** One request as both proxies get it. */
export interface Case {
  readonly name: string
  readonly method?: string
  readonly target: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Flags of both proxies; those with the same flags share a pair of them. */
  readonly flags?: readonly string[]
  /** Asks for an upgrade, and sends this when it is granted. */
  readonly upgrade?: string
}

const get = (target: string, name = `GET ${target}`): Case => ({ name, target })
const flagged = (flags: readonly string[], ...targets: readonly string[]): Case[] =>
  targets.map((target) => ({ name: `${flags.join(' ')} GET ${target}`, target, flags }))
const host = (value: string, target = '/version'): Case => ({
  name: `Host: ${value} GET ${target}`,
  target,
  headers: { host: value },
})

const pod = JSON.stringify({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'proxied' },
  data: { a: 'b' },
})

/** What is asked of kubectl proxy and of `rampart proxy --compat kubectl`. */
export const CASES: readonly Case[] = [
  ...[
    '/',
    '/api',
    '/api/',
    '/version',
    '/healthz',
    '/api/v1/namespaces',
    '/api/v1/namespaces/default',
    '/api/v1/namespaces/none',
    '/api/v1/namespaces/default/pods?limit=1',
    '/api/v1/secrets',
    '/apis/apps/v1/deployments?labelSelector=a%3Db',
    '/api/v1/namespaces/%64efault',
    '/api/v1/namespaces/a%2Fb',
    '/api/v1/namespaces/default/configmaps/%7Ex',
    '/api/v1/namespaces/a%20b',
    '/api/v1/namespaces/(x)',
    '//api',
    '/api//v1',
    '/api/../version',
    '/api/./v1/',
    '/api/v1/../../version/',
    '/a%20b//c?x=1',
    '/%zz',
    '/no/such/path',
    '/api/v1/namespaces/default/pods/x/exec',
    '/api/v1/namespaces/default/pods/x/exec?command=ls',
    '/api/v1/namespaces/default/pods/x/attach',
    '/api/v1/namespaces/default/pods/x%2Fexec',
    '/api/v1/namespaces/default/pods/x/portforward',
    '/api/v1/namespaces/default/services/x/proxy/',
    '/api/v1/namespaces/default/pods/exec',
    '/openapi/v3',
    '/api/v1/namespaces?watch=1&timeoutSeconds=1',
    '/static/x',
  ].map((target) => get(target)),
  host('127.0.0.1'),
  host('localhost:9999'),
  host('[::1]'),
  host('[::1]:8001'),
  host('evil.example'),
  host('evil.example:8001'),
  host('LOCALHOST'),
  host('localhost.evil.example'),
  { name: 'HEAD', method: 'HEAD', target: '/api/v1/namespaces' },
  { name: 'HEAD refused', method: 'HEAD', target: '/api/v1/namespaces/default/pods/x/exec' },
  { name: 'HEAD of an unclean path', method: 'HEAD', target: '//api' },
  { name: 'POST of an unclean path', method: 'POST', target: '//api', body: '{}' },
  { name: 'OPTIONS', method: 'OPTIONS', target: '/api' },
  { name: 'an unknown method', method: 'PURGE', target: '/api' },
  {
    name: 'POST makes an object',
    method: 'POST',
    target: '/api/v1/namespaces/default/configmaps?dryRun=All',
    body: pod,
    headers: { 'content-type': 'application/json', 'user-agent': 'neither' },
  },
  {
    name: 'PUT of another name',
    method: 'PUT',
    target: '/api/v1/namespaces/default/configmaps/x?dryRun=All',
    body: pod,
    headers: { 'content-type': 'application/json' },
  },
  {
    name: 'PATCH of nothing',
    method: 'PATCH',
    target: '/api/v1/namespaces/default/configmaps/none',
    body: '{}',
    headers: { 'content-type': 'application/merge-patch+json' },
  },
  { name: 'DELETE of nothing', method: 'DELETE', target: '/api/v1/namespaces/default/configmaps/none' },
  {
    name: 'a table',
    target: '/api/v1/namespaces',
    headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' },
  },
  { name: 'YAML', target: '/api/v1/namespaces/default', headers: { accept: 'application/yaml' } },
  { name: 'an Accept that nobody serves', target: '/api/v1/namespaces', headers: { accept: 'text/css' } },
  {
    name: 'a credential of its own',
    target: '/api/v1/namespaces',
    headers: { authorization: 'Bearer wrong' },
  },
  {
    name: 'impersonation of its own',
    target: '/api/v1/namespaces',
    headers: { 'impersonate-user': 'nobody-in-particular' },
  },
  { name: 'an Origin of another site', target: '/version', headers: { origin: 'https://evil.example' } },
  { name: 'the absolute form', target: 'http://127.0.0.1/version' },
  { name: 'the absolute form of another server', target: 'http://evil.example/version' },
  ...flagged(
    ['--api-prefix=/custom/'],
    '/custom/version',
    '/custom/',
    '/custom',
    '/custom/api//v1',
    '/version',
    '/custom/api/v1/namespaces/a%2Fb',
    '/custom/api/v1/namespaces/default/pods/x/exec',
  ),
  ...flagged(['--api-prefix=/api/'], '/api/v1/namespaces/default', '/version', '/api', '/apis'),
  ...flagged(['--api-prefix=k8s', '--api-prefix=/k8s-api'], '/k8s-api/version', '/k8s-api'),
  ...flagged(
    ['--reject-paths=^/version,^/healthz'],
    '/version',
    '/healthz',
    '/api',
    '/api/v1/namespaces/default/pods/x/exec',
  ),
  ...flagged(
    ['--accept-paths=^/api/v1/namespaces$'],
    '/api/v1/namespaces',
    '/api/v1/namespaces/default',
    '/version',
  ),
  ...flagged(['--accept-hosts=^evil\\.example$'], '/version'),
  {
    ...host('evil.example'),
    name: '--accept-hosts and that host',
    flags: ['--accept-hosts=^evil\\.example$'],
  },
  {
    name: '--reject-methods POST',
    method: 'POST',
    target: '/api/v1/namespaces/default/configmaps?dryRun=All',
    body: pod,
    headers: { 'content-type': 'application/json' },
    flags: ['--reject-methods=POST,PUT'],
  },
  { name: '--reject-methods GET', target: '/version', flags: ['--reject-methods=POST,PUT'] },
  ...flagged(['--disable-filter=true'], '/version', '/api/v1/namespaces/default/pods/x/exec'),
  { ...host('evil.example'), name: '--disable-filter and another host', flags: ['--disable-filter=true'] },
  ...flagged(
    ['--www=WWW', '--www-prefix=/files/'],
    '/files/a.txt',
    '/files/',
    '/files',
    '/files/sub',
    '/files/sub/',
    '/files/sub/index.html',
    '/files/none',
    '/files/a.txt/',
    '/files/../version',
    '/version',
  ),
  {
    name: '--www and a range',
    target: '/files/a.txt',
    headers: { range: 'bytes=2-4' },
    flags: ['--www=WWW', '--www-prefix=/files/'],
  },
  {
    name: '--www and HEAD',
    method: 'HEAD',
    target: '/files/a.txt',
    flags: ['--www=WWW', '--www-prefix=/files/'],
  },
  { name: 'a watch through a websocket', target: '/api/v1/namespaces?watch=1&timeoutSeconds=1', upgrade: '' },
  {
    name: 'a websocket that is refused',
    target: '/api/v1/namespaces/default/pods/none/portforward',
    upgrade: '',
  },
  {
    name: 'a websocket that the filter refuses',
    target: '/api/v1/namespaces/default/pods/x/exec',
    upgrade: '',
  },
]
