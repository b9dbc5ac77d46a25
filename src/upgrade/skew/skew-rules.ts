import { minorText } from '../kube-version.js'

/** A component with the minor of Kubernetes 1 that it has. */
export interface SkewComponent {
  readonly component: string
  /** Empty for what runs on no node of the cluster (kubectl). */
  readonly node: string
  readonly minor: number
}

/** Versions that are apart further than Kubernetes supports. */
export interface SkewViolation {
  /** The rule, by its id in SKEW_RULES. */
  readonly rule: string
  readonly component: string
  readonly node: string
  readonly minor: number
  /** What is so and what may be, one sentence. */
  readonly message: string
}

/** Bounds of a component against the API servers, in minors. */
interface Bounds {
  readonly older: number
  readonly newer: number
}

/** One row of the version skew policy. */
export interface SkewRule {
  readonly id: string
  readonly components: readonly string[]
  /** What it says, one sentence. */
  readonly says: string
  /** Bounds for a component of this minor. */
  readonly bounds: (minor: number) => Bounds
}

const CONTROLLERS = ['kube-controller-manager', 'kube-scheduler', 'cloud-controller-manager']

/** Three minors since 1.25, two before; the older component decides. Source: KEP-3935; the policy's own exception. */
const sinceOf125 = (minor: number): number => (minor < 25 ? 2 : 3)

/**
 * What the policy allows against the API servers. Where these differ, nothing may be newer than the oldest, nor too old
 * for the newest: so every range is narrowed while they are upgraded one after another.
 * Source: kubernetes.io, Version Skew Policy.
 */
export const SKEW_RULES: readonly SkewRule[] = [
  {
    id: 'kubelet-apiserver',
    components: ['kubelet'],
    says: 'a kubelet is never newer than an API server, and at most three minors older (two before 1.25)',
    bounds: (minor) => ({ older: sinceOf125(minor), newer: 0 }),
  },
  {
    id: 'kube-proxy-apiserver',
    components: ['kube-proxy'],
    says: 'a kube-proxy is never newer than an API server, and at most three minors older (two before 1.25)',
    bounds: (minor) => ({ older: sinceOf125(minor), newer: 0 }),
  },
  {
    id: 'controller-apiserver',
    components: CONTROLLERS,
    says: 'controller managers and schedulers are never newer than an API server that they reach, and at most one minor older',
    bounds: () => ({ older: 1, newer: 0 }),
  },
  {
    id: 'kubectl-apiserver',
    components: ['kubectl'],
    says: 'kubectl is within one minor of the API servers',
    bounds: () => ({ older: 1, newer: 1 }),
  },
]

/** Rules that are not about the API servers, for the list that people see. */
export const OTHER_SKEW_RULES = [
  { id: 'apiserver-apiserver', says: 'the API servers of one cluster are within one minor of one another' },
  {
    id: 'kube-proxy-kubelet',
    says: 'a kube-proxy is within three minors of the kubelet on its node (two before 1.25)',
  },
] as const

/**
 * Every break of the policy among these components; the rules about kubeadm are asked when it is used.
 * `controllersReach`: `own` where controller managers and schedulers ask the API server of their own node alone, as
 * kubeadm sets them up. Source: kubernetes v1.36.3 cmd/kubeadm/app/phases/kubeconfig/kubeconfig.go, getKubeConfigSpecsBase.
 */
export function skewViolations(
  components: readonly SkewComponent[],
  { controllersReach = 'all' }: { readonly controllersReach?: 'all' | 'own' } = {},
): SkewViolation[] {
  const servers = components.filter(({ component }) => component === 'kube-apiserver')
  const oldest = servers.reduce((least, { minor }) => Math.min(least, minor), Infinity)
  const newest = servers.reduce((most, { minor }) => Math.max(most, minor), -Infinity)
  return [
    ...betweenServers(servers, oldest, newest),
    ...(servers.length === 0
      ? []
      : components.flatMap((each) => {
          const own = controllersReach === 'own' ? ownServer(each, servers) : undefined
          return againstServers(each, own ?? oldest, own ?? newest)
        })),
    ...besideKubelets(components),
  ]
}

/** The API server beside a controller manager or scheduler; undefined for all else. */
function ownServer(
  { component, node }: SkewComponent,
  servers: readonly SkewComponent[],
): number | undefined {
  if (component !== 'kube-controller-manager' && component !== 'kube-scheduler') return undefined
  return servers.find((server) => server.node === node)?.minor
}

function betweenServers(servers: readonly SkewComponent[], oldest: number, newest: number): SkewViolation[] {
  if (newest - oldest <= 1) return []
  return servers
    .filter(({ minor }) => minor === oldest)
    .map((server) => ({
      rule: 'apiserver-apiserver',
      ...server,
      message: `the API server of ${server.node} is ${minorText(oldest)} and another is ${minorText(newest)}: API servers are within one minor of one another`,
    }))
}

function againstServers(each: SkewComponent, oldest: number, newest: number): SkewViolation[] {
  const { component, node, minor } = each
  const rule = SKEW_RULES.find(({ components }) => components.includes(component))
  if (rule === undefined) return []
  const { older, newer } = rule.bounds(minor)
  const who = node === '' ? component : `${component} of ${node}`
  const found = (message: string): SkewViolation[] => [
    { rule: rule.id, component, node, minor, message: `${message}: ${rule.says}` },
  ]
  if (minor > oldest + newer) {
    const which = oldest === newest ? 'the API server' : 'the oldest API server'
    return found(`${who} is ${minorText(minor)} and ${which} ${minorText(oldest)}`)
  }
  if (minor < newest - older) {
    const which = oldest === newest ? 'the API server' : 'the newest API server'
    return found(`${who} is ${minorText(minor)} and ${which} ${minorText(newest)}`)
  }
  return []
}

function besideKubelets(components: readonly SkewComponent[]): SkewViolation[] {
  const proxies = components.filter(({ component }) => component === 'kube-proxy')
  if (proxies.length === 0) return []
  const kubelets = new Map(
    components.filter(({ component }) => component === 'kubelet').map(({ node, minor }) => [node, minor]),
  )
  return proxies.flatMap((proxy) => {
    const kubelet = kubelets.get(proxy.node)
    if (kubelet === undefined || Math.abs(proxy.minor - kubelet) <= sinceOf125(proxy.minor)) return []
    const message = `kube-proxy of ${proxy.node} is ${minorText(proxy.minor)} and the kubelet there ${minorText(kubelet)}: they are within ${sinceOf125(proxy.minor)} minors of one another`
    return [{ rule: 'kube-proxy-kubelet', ...proxy, message }]
  })
}

/** The newest API server that a kubelet of a minor may have. */
export function newestServerFor(kubelet: number): number {
  return kubelet + sinceOf125(kubelet)
}
