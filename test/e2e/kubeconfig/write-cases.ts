/** One change, asked of both: the same flags, and what `config view` makes of the files afterwards. */
export interface WriteCase {
  readonly name: string
  readonly files?: Readonly<Record<string, string>>
  readonly env?: string
  /** kubectl's words, and Rampart's where they are others. */
  readonly kubectl: readonly string[]
  readonly rampart?: readonly string[]
}

const BASE = `# mine
apiVersion: v1
kind: Config
current-context: x
clusters:
- name: c # the first
  cluster: {server: "https://c", tls-server-name: n, certificate-authority-data: YQ==}
users:
- name: u
  user:
    token: t
- name: p
  user:
    exec: {command: kubelogin, args: [a], env: [{name: A, value: b}], apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never}
contexts:
- name: x
  context: {cluster: c, user: u}
- name: y1
  context: {cluster: c, user: p, namespace: z}
`
const OTHER =
  'clusters: [{name: d, cluster: {server: "https://d"}}]\ncontexts: [{name: w, context: {cluster: d, user: u}}]\n'
const same = (name: string, ...kubectl: string[]): WriteCase => ({
  name,
  files: { a: BASE, 'pki/ca.crt': 'authority', 'pki/k.key': 'key' },
  env: 'a',
  kubectl,
})

export const WRITE_CASES: readonly WriteCase[] = [
  { ...same('use', 'use-context', 'y1'), rampart: ['use', 'y1'] },
  { ...same('use one that is missing', 'use-context', 'none'), rampart: ['use', 'none'] },
  same('a new cluster', 'set-cluster', 'n1', '--server=https://n1'),
  same('a new cluster without anything', 'set-cluster', 'n1'),
  same('a server drops the name', 'set-cluster', 'c', '--server=https://other'),
  same('a server with a name', 'set-cluster', 'c', '--server=https://other', '--tls-server-name=o'),
  same('skip drops the authority', 'set-cluster', 'c', '--insecure-skip-tls-verify=true'),
  same('skip without a value', 'set-cluster', 'c', '--insecure-skip-tls-verify'),
  same('an authority below the folder', 'set-cluster', 'c', '--certificate-authority=pki/ca.crt'),
  same('an authority elsewhere', 'set-cluster', 'c', '--certificate-authority=/etc/ca.crt'),
  same('an authority embedded', 'set-cluster', 'c', '--certificate-authority=pki/ca.crt', '--embed-certs'),
  same(
    'authority and skip',
    'set-cluster',
    'c',
    '--certificate-authority=x',
    '--insecure-skip-tls-verify=true',
  ),
  same('embed nothing', 'set-cluster', 'c', '--embed-certs=true'),
  same('a proxy', 'set-cluster', 'c', '--proxy-url=http://p'),
  same('no proxy', 'set-cluster', 'c', '--proxy-url='),
  same('a new user', 'set-credentials', 'n1', '--token=abc'),
  same('a token for a password', 'set-credentials', 'u', '--username=a', '--password=b'),
  same('token and password', 'set-credentials', 'u', '--username=a', '--token=b'),
  same('a key below the folder', 'set-credentials', 'u', '--client-key=pki/k.key'),
  same('a key embedded', 'set-credentials', 'u', '--client-key=pki/k.key', '--embed-certs'),
  same(
    'another plug-in',
    'set-credentials',
    'p',
    '--exec-command=./bin/other',
    '--exec-arg=b,c',
    '--exec-arg=d',
  ),
  same(
    'a new plug-in',
    'set-credentials',
    'u',
    '--exec-command=p',
    '--exec-api-version=client.authentication.k8s.io/v1beta1',
  ),
  same('variables of a plug-in', 'set-credentials', 'p', '--exec-env=B=c=d', '--exec-env=A-'),
  same('a variable that changes', 'set-credentials', 'p', '--exec-env=A=z', '--exec-interactive-mode=Always'),
  same('a bad mode', 'set-credentials', 'p', '--exec-interactive-mode=Sometimes'),
  same('the cluster info', 'set-credentials', 'p', '--exec-provide-cluster-info'),
  same('a new context', 'set-context', 'n1', '--cluster=c', '--user=u', '--namespace=shop'),
  same('a namespace', 'set-context', 'y1', '--namespace=shop'),
  same('the current context', 'set-context', '--current', '-n', 'shop'),
  same('no context', 'set-context'),
  same('two contexts', 'set-context', 'x', '--current'),
  { ...same('delete a context', 'delete-context', 'y1'), rampart: ['delete', 'y1'] },
  { ...same('delete one that is missing', 'delete-context', 'none'), rampart: ['delete', 'none'] },
  { ...same('delete a cluster', 'delete-cluster', 'c'), rampart: ['delete', '--cluster', 'c', '--force'] },
  { ...same('delete a user', 'delete-user', 'p'), rampart: ['delete', '--user', 'p', '--force'] },
  {
    name: 'an entry is changed where it stands',
    files: { a: BASE, b: OTHER },
    env: 'a:b',
    kubectl: ['set-cluster', 'd', '--server=https://new'],
  },
  {
    name: 'a new entry goes to the first file',
    files: { b: OTHER },
    env: 'a:b',
    kubectl: ['set-cluster', 'n1'],
  },
  { name: 'of missing files the last', env: 'a:sub/b', kubectl: ['set-cluster', 'n1', '--server=s'] },
  { name: 'the file in the home folder', kubectl: ['set-cluster', 'n1', '--server=s'] },
  {
    name: 'the current context of two files',
    files: { a: OTHER, b: BASE },
    env: 'a:b',
    kubectl: ['use-context', 'w'],
    rampart: ['use', 'w'],
  },
]
