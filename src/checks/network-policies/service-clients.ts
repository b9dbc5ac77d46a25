import {
  containersOf,
  exposuresOf,
  namespacesWithPods,
  inNamespace,
  podSourcesIn,
  podsWithLabels,
  type ObjectIndex,
} from '../../kube/index.js'
import {
  asList,
  asString,
  asStrings,
  field,
  formatRef,
  isObject,
  valueAt,
  type KubeObject,
} from '../../model/index.js'

/** Who is seen to connect to a Service: by its name in the environment and arguments of other pods, or from outside. */
export interface ServiceClients {
  readonly service: KubeObject
  /** Namespaces other than its own whose pods name it. */
  readonly namespaces: readonly string[]
  /** Ways from outside of the cluster. */
  readonly outside: readonly string[]
}

/** The Services of a namespace that lead to pods, with who is seen to use them; at most `limit`. */
export function clientsOfServices(index: ObjectIndex, namespace: string, limit: number): ServiceClients[] {
  const named = namedServices(index)
  return inNamespace(index, '', 'Service', namespace)
    .filter((service) => isObject(valueAt(service.content, ['spec', 'selector'])))
    .slice(0, limit)
    .map((service) => {
      const selector = valueAt(service.content, ['spec', 'selector'])
      const labels = podsWithLabels(index, namespace, selector)[0]?.labels ?? selector
      const ways = exposuresOf(index, namespace, labels).filter((way) => way.service === service)
      return {
        service,
        namespaces: [...(named.get(`${namespace}/${service.ref.name}`) ?? [])].sort(),
        outside: [...new Set(ways.map(({ described }) => described))],
      }
    })
}

/** The Services of other namespaces that the pods of a namespace name. */
export function servicesUsedBy(index: ObjectIndex, namespace: string): string[] {
  return [...namedServices(index)]
    .filter(([, users]) => users.has(namespace))
    .map(([name]) => name)
    .sort()
}

/** Monitors that ask pods of a namespace. */
export function monitorsOf(index: ObjectIndex, namespace: string): string[] {
  return (['ServiceMonitor', 'PodMonitor'] as const).flatMap((kind) =>
    inNamespace(index, 'monitoring.coreos.com', kind, namespace).map(({ ref }) => formatRef(ref)),
  )
}

const made = new WeakMap<ObjectIndex, ReadonlyMap<string, ReadonlySet<string>>>()

/** Namespaces by `namespace/name` of each Service that their pods name; every text is looked through once. */
function namedServices(index: ObjectIndex): ReadonlyMap<string, ReadonlySet<string>> {
  const known = made.get(index)
  if (known !== undefined) return known
  const services = new Map<string, Set<string>>()
  for (const namespace of namespacesWithPods(index)) {
    for (const { template } of podSourcesIn(index, namespace)) {
      for (const name of containersOf(template).flatMap(({ spec }) => namesIn(spec))) {
        const [service = '', other = ''] = name.split('.')
        if (other === namespace || index.get('', 'Service', other, service) === undefined) continue
        const key = `${other}/${service}`
        const users = services.get(key) ?? new Set<string>()
        services.set(key, users.add(namespace))
      }
    }
  }
  made.set(index, services)
  return services
}

/** `name.namespace` of whatever looks like the DNS name of a Service. Source: kubernetes.io, DNS for Services and Pods. */
function namesIn(container: unknown): string[] {
  const texts = [
    ...asList(field(container, 'env')).map((each) => asString(field(each, 'value')) ?? ''),
    ...asStrings(field(container, 'args')),
    ...asStrings(field(container, 'command')),
  ]
  return texts.flatMap((text) =>
    // Longer texts are scripts and documents, not addresses.
    text.length > 4096
      ? []
      : [
          ...text.matchAll(/(?<![\w.-])([a-z0-9][a-z0-9-]{0,62}\.[a-z0-9][a-z0-9-]{0,62})(?=[.:/,;\s]|$)/g),
        ].map((match) => match[1] ?? ''),
  )
}
