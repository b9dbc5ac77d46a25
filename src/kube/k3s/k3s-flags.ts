import type { Argument } from '../../model/index.js'
import { flagValues, parseFlags, type FlagTable } from '../../text/index.js'

/** Components whose flags k3s makes, with the flag of k3s that adds to them. */
export const K3S_COMPONENTS = {
  'kube-apiserver': 'kube-apiserver-arg',
  'kube-controller-manager': 'kube-controller-manager-arg',
  'kube-scheduler': 'kube-scheduler-arg',
} as const

export type K3sComponent = keyof typeof K3S_COMPONENTS

const ARGS = { type: 'stringArray' }
const TABLE: FlagTable = {
  'kube-apiserver-arg': ARGS,
  'kube-controller-manager-arg': ARGS,
  'kube-controller-arg': ARGS,
  'kube-scheduler-arg': ARGS,
  'kubelet-arg': ARGS,
  'data-dir': { type: 'string', shorthand: 'd' },
  'cluster-domain': { type: 'string' },
  'cluster-cidr': ARGS,
  'service-cidr': ARGS,
  'https-listen-port': { type: 'string' },
  'secrets-encryption': { type: 'bool' },
  'disable-cloud-controller': { type: 'bool' },
  'disable-apiserver': { type: 'bool' },
  'disable-controller-manager': { type: 'bool' },
  'disable-scheduler': { type: 'bool' },
  rootless: { type: 'bool' },
}

/** The flags of a component as k3s hands them over. */
export interface K3sFlags {
  readonly args: readonly Argument[]
  /** Flags that k3s gives in every case, with values that depend on more than its arguments. */
  readonly undecided: ReadonlySet<string>
}

/**
 * What `k3s server` makes of its arguments for a component: its own flags, beside or behind those of the user. Undefined
 * where it does not run the component, or keeps its files where nobody can tell.
 * Source: k3s pkg/daemons/control/server.go, apiServer, controllerManager and scheduler; pkg/cli/server/server.go, run;
 * pkg/daemons/control/deps/deps.go, CreateRuntimeCertFiles.
 */
export function k3sFlags(component: K3sComponent, args: readonly Argument[]): K3sFlags | undefined {
  const parsed = parseFlags(args, TABLE)
  const values = flagValues(parsed, TABLE)
  const isOn = (name: string): boolean => values.get(name)?.value === true
  if (isOn(component.replace('kube-', 'disable-')) || isOn('rootless')) return undefined
  const text = (name: string): string | undefined => parsed.values.findLast((flag) => flag.name === name)?.raw
  const names = component === 'kube-controller-manager' ? ['kube-controller-arg'] : []
  const extra = parsed.values
    .filter(({ name }) => name === K3S_COMPONENTS[component] || names.includes(name))
    .map(({ raw, argument }) => ({ ...argument, value: raw }))
  const server = `${text('data-dir') ?? '/var/lib/rancher/k3s'}/server`
  const cidrs = parsed.values.filter(({ name }) => name === 'service-cidr').map(({ raw }) => raw)
  const given: Given = {
    server,
    domain: text('cluster-domain') ?? 'cluster.local',
    services: cidrs.length === 0 ? '10.43.0.0/16' : cidrs.join(','),
    port: Number(text('https-listen-port') ?? 6443) + 1,
    isEncrypted: isOn('secrets-encryption'),
    isGiven: (name) => extra.some(({ value }) => value.split('=', 1)[0]?.replace(/^--/, '') === name),
  }
  const own = OWN[component](given)
  const merged = withExtra(own.flags, extra)
  const names2 = new Set(merged.map(({ value }) => value.split('=', 1)[0]?.replace(/^--/, '')))
  return { args: merged, undecided: new Set(own.undecided.filter((name) => !names2.has(name))) }
}

interface Given {
  /** Folder of the server's data. */
  readonly server: string
  readonly domain: string
  readonly services: string
  readonly port: number
  readonly isEncrypted: boolean
  readonly isGiven: (flag: string) => boolean
}

interface OwnFlags {
  readonly flags: Readonly<Record<string, string>>
  readonly undecided: readonly string[]
}

const OWN: Readonly<Record<K3sComponent, (given: Given) => OwnFlags>> = {
  'kube-apiserver': ofApiserver,
  'kube-controller-manager': ofControllerManager,
  'kube-scheduler': ofScheduler,
}

/** Source: k3s pkg/cli/server/server.go, run: the list where the user gives none. */
const CIPHERS = [
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305',
].join(',')

function ofApiserver({ server, domain, services, port, isEncrypted, isGiven }: Given): OwnFlags {
  const tls = `${server}/tls`
  const issuer = `https://kubernetes.default.svc.${domain}`
  return {
    flags: {
      'allow-privileged': 'true',
      'enable-bootstrap-token-auth': 'true',
      ...(isGiven('authorization-config') ? {} : { 'authorization-mode': 'Node,RBAC' }),
      ...(isGiven('authentication-config') ? {} : { 'anonymous-auth': 'false' }),
      'service-account-signing-key-file': `${tls}/service.current.key`,
      'service-account-key-file': `${tls}/service.key`,
      'service-account-issuer': issuer,
      'api-audiences': `${issuer},k3s`,
      'service-cluster-ip-range': services,
      'secure-port': String(port),
      'tls-cert-file': `${tls}/serving-kube-apiserver.crt`,
      'tls-private-key-file': `${tls}/serving-kube-apiserver.key`,
      ...(isGiven('tls-cipher-suites') ? {} : { 'tls-cipher-suites': CIPHERS }),
      'kubelet-certificate-authority': `${tls}/server-ca.crt`,
      'kubelet-client-certificate': `${tls}/client-kube-apiserver.crt`,
      'kubelet-client-key': `${tls}/client-kube-apiserver.key`,
      'requestheader-client-ca-file': `${tls}/request-header-ca.crt`,
      'requestheader-allowed-names': 'system:auth-proxy',
      'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
      'requestheader-group-headers': 'X-Remote-Group',
      'requestheader-username-headers': 'X-Remote-User',
      'proxy-client-cert-file': `${tls}/client-auth-proxy.crt`,
      'proxy-client-key-file': `${tls}/client-auth-proxy.key`,
      'client-ca-file': `${tls}/client-ca.crt`,
      'enable-admission-plugins': 'NodeRestriction',
      profiling: 'false',
      ...(isEncrypted ? { 'encryption-provider-config': `${server}/cred/encryption-config.json` } : {}),
    },
    undecided: [
      'advertise-address',
      'advertise-port',
      'anonymous-auth',
      'authorization-mode',
      'bind-address',
      'egress-selector-config-file',
      'enable-aggregator-routing',
      'encryption-provider-config-automatic-reload',
      'etcd-cafile',
      'etcd-certfile',
      'etcd-keyfile',
      'etcd-servers',
      'kubelet-preferred-address-types',
      'service-node-port-range',
    ].filter((name) => name !== 'authorization-mode' || !isGiven('authorization-config')),
  }
}

/** Addresses of services tell whether the host's own is of IPv4. */
function loopback(services: string): string {
  return services.split(',')[0]?.includes(':') === true ? '::1' : '127.0.0.1'
}

function ofControllerManager({ server, services }: Given): OwnFlags {
  const tls = `${server}/tls`
  const kubeconfig = `${server}/cred/controller.kubeconfig`
  return {
    flags: {
      kubeconfig,
      'authorization-kubeconfig': kubeconfig,
      'authentication-kubeconfig': kubeconfig,
      'service-account-private-key-file': `${tls}/service.current.key`,
      'allocate-node-cidrs': 'true',
      'root-ca-file': `${tls}/server-ca.crt`,
      'service-cluster-ip-range': services,
      profiling: 'false',
      'bind-address': loopback(services),
      'secure-port': '10257',
      'use-service-account-credentials': 'true',
    },
    undecided: [
      'cluster-cidr',
      'cluster-signing-kube-apiserver-client-cert-file',
      'cluster-signing-kube-apiserver-client-key-file',
      'cluster-signing-kubelet-client-cert-file',
      'cluster-signing-kubelet-client-key-file',
      'cluster-signing-kubelet-serving-cert-file',
      'cluster-signing-kubelet-serving-key-file',
      'cluster-signing-legacy-unknown-cert-file',
      'cluster-signing-legacy-unknown-key-file',
      'configure-cloud-routes',
      'controllers',
      'leader-elect',
      'tls-cert-file',
      'tls-private-key-file',
    ],
  }
}

function ofScheduler({ server, services }: Given): OwnFlags {
  const kubeconfig = `${server}/cred/scheduler.kubeconfig`
  return {
    flags: {
      kubeconfig,
      'authorization-kubeconfig': kubeconfig,
      'authentication-kubeconfig': kubeconfig,
      'bind-address': loopback(services),
      'secure-port': '10259',
      profiling: 'false',
    },
    undecided: ['leader-elect', 'tls-cert-file', 'tls-private-key-file'],
  }
}

/**
 * The user's word takes the place of k3s' own; behind a name that ends with `+` it is added, with `-` put before it.
 * Source: k3s pkg/util/args.go, GetArgs.
 */
function withExtra(own: Readonly<Record<string, string>>, extra: readonly Argument[]): Argument[] {
  const left = new Map(Object.entries(own))
  const given = new Map<string, Argument[]>()
  for (const argument of extra) {
    const { name: written, value } = split(argument.value)
    const name = written.replace(/[-+]+$/, '')
    const word = (text: string): Argument => ({ value: `--${name}=${text}` })
    const initial = left.get(name)
    const before = [...(initial === undefined ? [] : [word(initial)]), ...(given.get(name) ?? [])]
    const fresh: Argument = { ...argument, value: `--${name}=${value}` }
    if (written.endsWith('-')) given.set(name, [fresh, ...before])
    else given.set(name, [...(written.endsWith('+') ? before : (given.get(name) ?? [])), fresh])
    left.delete(name)
  }
  return [
    ...[...left].map(([name, value]) => ({ value: `--${name}=${value}` })),
    ...[...given.values()].flat(),
  ]
}

function split(word: string): { readonly name: string; readonly value: string } {
  const text = word.replace(/^--/, '')
  const equals = text.indexOf('=')
  return equals < 0
    ? { name: text, value: 'true' }
    : { name: text.slice(0, equals), value: text.slice(equals + 1) }
}
