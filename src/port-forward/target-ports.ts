import {
  asList,
  asNumber,
  asObject,
  asString,
  field,
  RampartError,
  valueAt,
  type JsonObject,
} from '../model/index.js'
import { portPair, type PortPair, type PortText } from './port-pair.js'

/** A port that a Service or a container declares. */
interface Declared {
  readonly number: number
  readonly name: string
  readonly protocol: string
}

/**
 * The ports of the pod behind a Service: names and numbers are the Service's, and lead to its targetPort in this pod.
 * Source: kubectl v0.36.2 pkg/cmd/portforward, translateServicePortToTargetPort; pkg/util/service_port.go.
 */
export function servicePorts(texts: readonly PortText[], service: JsonObject, pod: JsonObject): PortPair[] {
  const name = nameOf(service)
  const ports = asList(valueAt(service, ['spec', 'ports']))
  const declared = ports.map((port) => declaredPort(port, 'port'))
  return texts.map((text) => {
    const byName = isNumber(text.remote) ? undefined : declared.find((port) => port.name === text.remote)
    if (byName === undefined && !isNumber(text.remote)) {
      throw missing(`Service '${name}' does not have a named port '${text.remote}'`, declared)
    }
    const number = byName?.number ?? Number(text.remote)
    refuseUdp(number, text.remote, declared)
    const index = declared.findIndex((port) => port.number === number)
    if (index < 0) throw missing(`Service ${name} does not have a service port ${number}`, declared)
    const remote = targetPort(service, ports[index], number, pod)
    const local = text.local === text.remote ? String(number) : text.local
    return portPair({ local, remote: String(remote) })
  })
}

/** Source: kubectl v0.36.2 pkg/util/service_port.go, LookupContainerPortNumberByServicePort. */
function targetPort(service: JsonObject, port: unknown, number: number, pod: JsonObject): number {
  // Without a cluster IP nothing is translated on the way: the port is the pod's.
  if (valueAt(service, ['spec', 'clusterIP']) === 'None') return number
  const target = field(port, 'targetPort')
  if (typeof target === 'string') return containerPort(pod, target)
  const given = asNumber(target) ?? 0
  return given === 0 ? number : given
}

/** Ports of a pod; names are those of its containers. Source: kubectl, convertPodNamedPortToNumber. */
export function podPorts(texts: readonly PortText[], pod: JsonObject): PortPair[] {
  const declared = containers(pod, 'containers')
  return texts.map((text) => {
    const number = isNumber(text.remote) ? Number(text.remote) : containerPort(pod, text.remote)
    refuseUdp(number, text.remote, declared)
    const local = text.local === text.remote ? String(number) : text.local
    return portPair({ local, remote: String(number) })
  })
}

/** Source: kubectl v0.36.2 pkg/util/pod_port.go: containers first, then init containers. */
function containerPort(pod: JsonObject, name: string): number {
  const declared = [...containers(pod, 'containers'), ...containers(pod, 'initContainers')]
  const found = declared.find((port) => port.name === name)
  if (found === undefined)
    throw missing(`Pod '${nameOf(pod)}' does not have a named port '${name}'`, declared)
  return found.number
}

function containers(pod: JsonObject, kind: 'containers' | 'initContainers'): Declared[] {
  return asList(valueAt(pod, ['spec', kind]))
    .flatMap((container) => asList(field(container, 'ports')))
    .map((port) => declaredPort(port, 'containerPort'))
}

function declaredPort(port: unknown, number: 'port' | 'containerPort'): Declared {
  return {
    number: asNumber(field(port, number)) ?? 0,
    name: asString(field(port, 'name')) ?? '',
    protocol: asString(field(port, 'protocol')) ?? 'TCP',
  }
}

/** A port that is declared for UDP and not for TCP too cannot be forwarded. Source: kubectl, checkUDPPorts. */
function refuseUdp(number: number, text: string, declared: readonly Declared[]): void {
  const here = declared.filter((port) => port.number === number)
  if (here.some(({ protocol }) => protocol === 'UDP') && !here.some(({ protocol }) => protocol === 'TCP')) {
    throw new RampartError('usage', `UDP protocol is not supported for ${text}`)
  }
}

function missing(message: string, declared: readonly Declared[]): RampartError {
  const named = declared.map(({ name, number }) => (name === '' ? String(number) : `${name} (${number})`))
  return new RampartError('usage', named.length === 0 ? message : `${message}; it has ${named.join(', ')}`)
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text)
}

function nameOf(object: JsonObject): string {
  return asString(asObject(object.metadata).name) ?? ''
}
