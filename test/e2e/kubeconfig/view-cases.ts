/** One question to `config view`: files of a folder, the environment, the flags. Paths count from the folder. */
export interface ViewCase {
  readonly name: string
  readonly files?: Readonly<Record<string, string>>
  /** KUBECONFIG; $HOME is the folder. */
  readonly env?: string
  readonly args?: readonly string[]
  /** An error whose end is another, and why. */
  readonly differs?: RegExp
}

const ONE = ['--kubeconfig', 'a.yaml']
const one = (name: string, text: string, more: Partial<ViewCase> = {}): ViewCase => ({
  name,
  files: { 'a.yaml': text },
  args: ONE,
  ...more,
})
const file = (cluster: string, user: string, context: string, current = ''): string => `apiVersion: v1
kind: Config
clusters: [{name: ${cluster}, cluster: {server: "https://${cluster}:6443"}}]
users: [{name: ${user}, user: {token: t-${user}}}]
contexts: [{name: ${context}, context: {cluster: ${cluster}, user: ${user}}}]
${current === '' ? '' : `current-context: ${current}`}
`
const user = (fields: string): string => `users: [{name: u, user: {${fields}}}]\n`
const cluster = (fields: string): string => `clusters: [{name: c, cluster: {${fields}}}]\n`
/** A key that stands twice: what differs is that kubectl prints the whole list behind it, tokens and all. */
const WITHOUT_LIST = / in list.*$/
/** The parsers word syntax errors each in their own way. */
const SYNTAX = /(?<=yaml: ).*$/

const LISTS: readonly ViewCase[] = [
  { name: 'nothing at all' },
  { name: 'the file in the home folder', files: { '.kube/config': file('c', 'u', 'x', 'x') } },
  {
    name: 'KUBECONFIG wins over the home folder',
    files: { '.kube/config': file('c', 'u', 'x', 'x'), b: file('d', 'v', 'y', 'y') },
    env: 'b',
  },
  {
    name: 'two files, the first current-context',
    files: { a: file('c', 'u', 'x', 'x'), b: file('d', 'v', 'y', 'y') },
    env: 'a:b',
  },
  {
    name: 'two files, the first without current-context',
    files: { a: file('c', 'u', 'x'), b: file('d', 'v', 'y', 'y') },
    env: 'a:b',
  },
  {
    name: 'the same name in two files: the first whole entry',
    files: {
      a: cluster('server: "https://first"'),
      b: cluster('server: "https://second", tls-server-name: lost'),
    },
    env: 'a:b',
  },
  {
    name: 'the other way round',
    files: {
      a: cluster('server: "https://first"'),
      b: cluster('server: "https://second", tls-server-name: kept'),
    },
    env: 'b:a',
  },
  {
    name: 'empty and repeated names in KUBECONFIG',
    files: { a: file('c', 'u', 'x', 'x'), b: file('d', 'v', 'y') },
    env: ':a::b:a:',
  },
  { name: 'one of two is missing', files: { a: file('c', 'u', 'x', 'x') }, env: 'nothing:a' },
  { name: 'all are missing', env: 'nothing:neither' },
  {
    name: 'the explicit file alone',
    files: { a: file('c', 'u', 'x', 'x'), 'a.yaml': file('d', 'v', 'y', 'y') },
    env: 'a',
    args: ONE,
  },
  { name: 'an explicit file that is missing', args: ['--kubeconfig', 'nothing'] },
  { name: 'an explicit folder', files: { 'd/a': '' }, args: ['--kubeconfig', 'd'] },
  { name: 'two bad files', files: { a: 'clusters: 5', b: 'users: true' }, env: 'a:b' },
  {
    name: 'a bad file behind a good one',
    files: { a: file('c', 'u', 'x', 'x'), b: 'kind: Pod' },
    env: 'a:b',
  },
  {
    name: 'preferences and extensions of two files',
    files: {
      a: 'preferences: {extensions: [{name: p, extension: 1}]}\nextensions: [{name: e, extension: {a: 1}}]',
      b: 'preferences: {colors: true, extensions: [{name: p, extension: 2}, {name: q}]}\nextensions: [{name: e, extension: 2}, {name: f, extension: [x]}]',
    },
    env: 'a:b',
  },
]

const PATHS: readonly ViewCase[] = [
  {
    name: 'relative paths count from the file that has them',
    files: {
      'x/a': cluster('server: s, certificate-authority: ca.crt'),
      'y/b': user('client-certificate: ../z/c.crt, client-key: ./k.key'),
      'x/ca.crt': 'authority',
      'z/c.crt': 'certificate',
      'y/k.key': 'key',
    },
    env: 'x/a:y/b',
  },
  {
    name: 'paths as written without --flatten',
    files: {
      'x/a': `${cluster('server: s, certificate-authority: ca.crt')}${user('tokenFile: ../t, exec: {command: ./p}')}`,
    },
    env: 'x/a',
    args: ['!--flatten'],
  },
  one('a missing authority', cluster('server: s, certificate-authority: none.crt')),
  one('a missing certificate', user('client-certificate: none.crt')),
  one('a missing key', user('client-key: sub/none.key')),
  one('a token file stays a path', user('tokenFile: none.token')),
  one('path and data', cluster('server: s, certificate-authority: a.yaml, certificate-authority-data: YQ==')),
  one('path and data of a key', user('client-key: a.yaml, client-key-data: YQ==')),
  {
    name: 'an authority that is a folder',
    files: { 'a.yaml': cluster('server: s, certificate-authority: d'), 'd/x': '' },
    args: ONE,
  },
  one('minify', file('c', 'u', 'x', 'x') + 'extensions: [{name: e, extension: 1}]', {
    args: [...ONE, '--minify'],
  }),
  one('minify another context', file('c', 'u', 'x', 'nothing'), {
    args: [...ONE, '--minify', '--context', 'x'],
  }),
  one('minify without a current context', file('c', 'u', 'x'), { args: [...ONE, '--minify'] }),
  one('minify with a current context that is missing', file('c', 'u', 'x', 'z'), {
    args: [...ONE, '--minify'],
  }),
  one('minify with a missing cluster', 'contexts: [{name: x, context: {cluster: c}}]\ncurrent-context: x', {
    args: [...ONE, '--minify'],
  }),
  one('minify with a missing user', 'contexts: [{name: x, context: {user: u}}]\ncurrent-context: x', {
    args: [...ONE, '--minify'],
  }),
  { name: 'no merge and no file', args: ['--merge=false'] },
]

const FIELDS: readonly ViewCase[] = [
  one(
    'every field of a cluster',
    cluster(
      'server: "https://c", tls-server-name: n, insecure-skip-tls-verify: true, certificate-authority-data: YQ==, proxy-url: "socks5://p", disable-compression: true, extensions: [{name: e, extension: {b: 1, a: [null, "<&>"]}}]',
    ),
  ),
  one(
    'every field of a user',
    user(
      'client-certificate-data: YQ==, client-key-data: Yg==, token: t, tokenFile: f, as: a, as-uid: i, as-groups: [g, h], as-user-extra: {z: [], a: [b, c], n: null}, username: n, password: p, auth-provider: {name: oidc, config: {b: x, a: y}}',
    ),
  ),
  one(
    'every field of a plug-in',
    user(
      'exec: {command: c, args: [a, b], env: [{name: E, value: v}], apiVersion: client.authentication.k8s.io/v1, installHint: "h\\u001b[1m", provideClusterInfo: true, interactiveMode: Always}',
    ),
  ),
  one('a plug-in of v1beta1', user('exec: {command: c, apiVersion: client.authentication.k8s.io/v1beta1}')),
  one(
    'a plug-in of v1 without a mode',
    user('exec: {command: c, apiVersion: client.authentication.k8s.io/v1}'),
  ),
  one('empty lists stay', user('exec: {command: c, args: [], env: []}, as-groups: []')),
  one('an auth provider without settings', user('auth-provider: {name: gcp}')),
  one(
    'every field of a context',
    'contexts: [{name: x, context: {cluster: c, user: u, namespace: n, extensions: [{name: e}]}}]',
  ),
  one('names are sorted', 'contexts: [{name: b}, {name: é}, {name: B}, {name: a}, {name: "1"}]'),
  one('unknown fields are passed over', `colours: 1\n${cluster('server: s, token-file: x')}`),
  one('keys in other letters are unknown', 'Clusters: [{name: c}]\ncurrent-Context: x'),
  one(
    'null entries',
    'clusters: [{name: c, cluster: null}]\nusers: null\ncontexts: [null]\ncurrent-context: null',
  ),
  one(
    'JSON',
    '{"clusters": [{"name": "c", "cluster": {"server": "\\u003ca&b\\u2028"}}], "current-context": "\\u0001"}',
  ),
  one('only the first document', 'current-context: a\n---\ncurrent-context: b\n'),
  one('comments and a document mark', '# one\n---\n# two\ncurrent-context: x # three\n'),
  one('only comments', '# nothing\n'),
  one('an empty file', ''),
  one('null', 'null'),
  one('a key twice: the last', 'current-context: a\ncurrent-context: b\n'),
  one(
    'anchors and merge keys',
    'clusters:\n- {name: a, cluster: &x {server: s, tls-server-name: n}}\n- {name: b, cluster: {<<: *x, server: t}}\n',
  ),
  one('yes is true', cluster('server: s, insecure-skip-tls-verify: yes')),
  one(
    'base64 over several lines',
    'users:\n- name: u\n  user:\n    client-key-data: |\n      YWJj\n      ZGVm\n',
  ),
  one('a block text', 'current-context: >-\n  a\n  b\n'),
  one('redacted', file('c', 'u', 'x', 'x'), { args: [...ONE, '!--raw', '!--flatten'] }),
  one(
    'redacted data',
    user('client-certificate-data: YQ==, client-key-data: YQ==, password: p, username: n'),
    {
      args: [...ONE, '!--raw', '!--flatten'],
    },
  ),
]

const FAULTS: readonly ViewCase[] = [
  one('clusters is no list', 'clusters: abc'),
  one('a cluster is no map', 'clusters: [abc]'),
  one('a server that is a number', cluster('server: 5')),
  one('a name that is a number', 'users: [{name: 5}]'),
  one('a name that is a boolean', 'contexts: [{name: on}]'),
  one('a switch that is a text', cluster('server: s, insecure-skip-tls-verify: "true"')),
  one('data that is no base64', user('client-key-data: "YWJ!"')),
  one('data that ends too early', user('client-key-data: YWJjZA')),
  one('data with signs behind its end', user('client-key-data: "YQ==YQ=="')),
  one('data that is a number', cluster('certificate-authority-data: 5')),
  one('groups that are a text', user('as-groups: g')),
  one('a group that is a number', user('as-groups: [g, 1]')),
  one('extra that is no map', user('as-user-extra: [a]')),
  one('extra whose value is a text', user('as-user-extra: {a: b}')),
  one('a plug-in that is a text', user('exec: kubelogin')),
  one('a variable that is a number', user('exec: {env: [{name: A, value: 1}]}')),
  one('an argument that is a number', user('exec: {args: [--port, 80]}')),
  one('settings that hold a number', user('auth-provider: {name: oidc, config: {a: 1}}')),
  one('an extension without a map', 'extensions: [5]'),
  one('the first fault in the order of names', 'users: 5\nclusters: 5\ncurrent-context: 5'),
  one('another version', 'apiVersion: v2\nkind: Config'),
  one('another kind', 'apiVersion: v1\nkind: Secret'),
  one('another group', 'apiVersion: apps/v1\nkind: Deployment'),
  one('no version at all', 'apiVersion: a/b/c'),
  one('a version that is a number', 'apiVersion: 1'),
  one('a kind that is a list', 'kind: [Config]'),
  one('a list', '- a'),
  one('a text', 'hello'),
  one('a number', '5'),
  one('a cluster twice', 'clusters: [{name: c}, {name: c}]', { differs: WITHOUT_LIST }),
  one('a user twice', 'users: [{name: u, user: {token: secret}}, {name: u}]', { differs: WITHOUT_LIST }),
  one('a context twice', 'contexts: [{name: x}, {name: x}]', { differs: WITHOUT_LIST }),
  one('two without a name', 'contexts: [{}, {}]', { differs: WITHOUT_LIST }),
  one('an empty extension twice', 'extensions: [{name: e}, {name: e}]'),
  one('an extension twice', 'extensions: [{name: e, extension: 1}, {name: e}]', { differs: WITHOUT_LIST }),
  one('an extension of a cluster twice', cluster('extensions: [{name: e, extension: {}}, {name: e}]'), {
    differs: WITHOUT_LIST,
  }),
  one('a tab', 'a:\n\t- b\n', { differs: SYNTAX }),
  one('a mapping in a value', 'a: b: c\n', { differs: SYNTAX }),
  one('an open bracket', 'a: [b\n', { differs: SYNTAX }),
  one('an unknown anchor', 'a: *b\n', { differs: SYNTAX }),
]

export const VIEW_CASES: readonly ViewCase[] = [...LISTS, ...PATHS, ...FIELDS, ...FAULTS]
