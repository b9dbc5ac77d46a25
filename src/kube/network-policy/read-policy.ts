import {
  asObject,
  asString,
  asStrings,
  field,
  isObject,
  type JsonPath,
  type JsonValue,
  type KubeObject,
} from '../../model/index.js'
import { addressBlock, type AddressBlock } from './address-block.js'

export type Direction = 'ingress' | 'egress'

/** A NetworkPolicy with its defaults made. */
export interface NetworkPolicy {
  readonly object: KubeObject
  readonly namespace: string
  /** The LabelSelector of the pods that it is about; an empty one means all pods of its namespace. */
  readonly selector: JsonValue
  /** The directions in which it isolates the pods that it selects. */
  readonly isolates: readonly Direction[]
  /** What it allows, of the directions in which it isolates. */
  readonly rules: Readonly<Record<Direction, readonly NetworkRule[]>>
  /** Places that the API server would refuse: nothing is allowed by them. */
  readonly malformed: readonly JsonPath[]
}

export interface NetworkRule {
  readonly path: JsonPath
  readonly peers: readonly PolicyPeer[] | 'everyone'
  readonly ports: readonly PolicyPort[] | 'all'
}

export type PolicyPeer = PodPeer | AddressPeer

/** Pods; without `namespaces` those of the policy's own namespace, without `pods` all of them. */
export interface PodPeer {
  readonly kind: 'pods'
  readonly path: JsonPath
  readonly namespaces?: JsonValue
  readonly pods?: JsonValue
}

export interface AddressPeer {
  readonly kind: 'addresses'
  readonly path: JsonPath
  readonly block: AddressBlock
  readonly except: readonly AddressBlock[]
}

export interface PolicyPort {
  readonly protocol: string
  /** A number, the name of a container's port, or all ports of the protocol. */
  readonly port: number | string | undefined
  /** The last of a range that begins at `port`. */
  readonly endPort?: number
}

/** Whether the selector of a policy takes every pod of its namespace. */
export function selectsAll({ selector }: NetworkPolicy): boolean {
  return isObject(selector) && Object.values(selector).every((part) => isEmpty(part))
}

function isEmpty(part: JsonValue | undefined): boolean {
  return Array.isArray(part) ? part.length === 0 : Object.keys(asObject(part)).length === 0
}

/** Reads a NetworkPolicy of networking.k8s.io (or its older group extensions). */
export function readPolicy(object: KubeObject): NetworkPolicy {
  const malformed: JsonPath[] = []
  const spec = field(object.content, 'spec')
  const isolates = directionsOf(spec)
  const rules = (direction: Direction): NetworkRule[] =>
    isolates.includes(direction) ? readRules(spec, direction, malformed) : []
  const selector = field(spec, 'podSelector') ?? {}
  if (!isObject(selector)) malformed.push(['spec', 'podSelector'])
  return {
    object,
    namespace: object.ref.namespace,
    selector,
    isolates,
    rules: { ingress: rules('ingress'), egress: rules('egress') },
    malformed,
  }
}

/** Source: kubernetes v1.36.2 pkg/apis/networking/v1/defaults.go, SetDefaults_NetworkPolicy. */
function directionsOf(spec: unknown): Direction[] {
  const types = asStrings(field(spec, 'policyTypes'))
  if (types.length > 0) {
    return (['ingress', 'egress'] as const).filter((direction) =>
      types.includes(direction === 'ingress' ? 'Ingress' : 'Egress'),
    )
  }
  const egress = field(spec, 'egress')
  return Array.isArray(egress) && egress.length > 0 ? ['ingress', 'egress'] : ['ingress']
}

function readRules(spec: unknown, direction: Direction, malformed: JsonPath[]): NetworkRule[] {
  const list = listAt(spec, direction, ['spec', direction], malformed) ?? []
  return list.flatMap((rule, at): NetworkRule[] => {
    const path = ['spec', direction, at]
    // An item of null is decoded as an empty rule.
    if (rule !== null && !isObject(rule)) {
      malformed.push(path)
      return []
    }
    const key = direction === 'ingress' ? 'from' : 'to'
    const peers = listAt(rule, key, [...path, key], malformed)
    const ports = listAt(rule, 'ports', [...path, 'ports'], malformed)
    if (peers === undefined || ports === undefined) return []
    return [
      {
        path,
        // Source: kubernetes v1.36.2 staging/src/k8s.io/api/networking/v1/types.go: empty or missing matches all.
        peers:
          peers.length === 0
            ? 'everyone'
            : peers.flatMap((peer, number) => readPeer(peer, [...path, key, number], malformed)),
        ports:
          ports.length === 0
            ? 'all'
            : ports.flatMap((port, number) => readPort(port, [...path, 'ports', number], malformed)),
      },
    ]
  })
}

/** A list that may be missing, which is as good as an empty one; undefined for a value of another type. */
function listAt(
  value: unknown,
  key: string,
  path: JsonPath,
  malformed: JsonPath[],
): readonly JsonValue[] | undefined {
  const list = field(value, key)
  if (list === undefined || list === null) return []
  if (Array.isArray(list)) return list
  malformed.push(path)
  return undefined
}

function readPeer(peer: JsonValue, path: JsonPath, malformed: JsonPath[]): PolicyPeer[] {
  const block = field(peer, 'ipBlock') ?? undefined
  const namespaces = field(peer, 'namespaceSelector') ?? undefined
  const pods = field(peer, 'podSelector') ?? undefined
  const selectors = [namespaces, pods].filter((selector) => selector !== undefined)
  // Source: kubernetes v1.36.2 pkg/apis/networking/validation, ValidateNetworkPolicyPeer: one kind of peer, and one there is.
  if ((block === undefined) === (selectors.length === 0) || !selectors.every(isObject)) {
    malformed.push(path)
    return []
  }
  if (block === undefined) {
    return [
      {
        kind: 'pods',
        path,
        ...(namespaces === undefined ? {} : { namespaces }),
        ...(pods === undefined ? {} : { pods }),
      },
    ]
  }
  const within = addressBlock(asString(field(block, 'cidr')) ?? '')
  const except = asStrings(field(block, 'except')).map((text) => addressBlock(text))
  if (within === undefined || !except.every((each) => each !== undefined)) {
    malformed.push(path)
    return []
  }
  return [{ kind: 'addresses', path, block: within, except }]
}

function readPort(port: JsonValue, path: JsonPath, malformed: JsonPath[]): PolicyPort[] {
  const number = field(port, 'port') ?? undefined
  const endPort = field(port, 'endPort') ?? undefined
  const protocol = field(port, 'protocol') ?? 'TCP'
  const isPort = number === undefined || typeof number === 'string' || isPortNumber(number)
  const isRange =
    endPort === undefined || (isPortNumber(endPort) && isPortNumber(number) && endPort >= number)
  if (!isObject(port) || !isPort || !isRange || typeof protocol !== 'string') {
    malformed.push(path)
    return []
  }
  return [{ protocol, port: number, ...(endPort === undefined ? {} : { endPort }) }]
}

function isPortNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65535
}
