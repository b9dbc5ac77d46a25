import {
  asList,
  asNumber,
  asObject,
  asString,
  RampartError,
  valueAt,
  type JsonObject,
} from '../model/index.js'
import { ipFamily } from '../text/index.js'
import type { Address } from './address.js'
import type { ProbeKind } from './run-probes.js'

const CONTROL_PLANE = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master']

/**
 * The addresses of a cluster's own nodes: the InternalIP of each, and for the kubelet the port that the node says.
 * API servers and etcd are looked for on nodes with the control-plane role alone.
 */
export function nodeAddresses(nodes: readonly JsonObject[], kind: ProbeKind): Address[] {
  if (nodes.length === 0) {
    throw new RampartError(
      'no-input',
      'no Node was found in what was read: --all-nodes takes the addresses of Nodes',
    )
  }
  const control = kind === 'apiserver' || kind === 'etcd'
  const chosen = control ? nodes.filter(hasControlPlane) : nodes
  if (chosen.length === 0) {
    throw new RampartError(
      'no-input',
      `none of the ${nodes.length} Nodes has the role control-plane (a managed cluster hides them): name the address`,
    )
  }
  const addresses = chosen.flatMap((node) => addressesOf(node, kind))
  if (addresses.length === 0) {
    throw new RampartError('no-input', 'no Node that was read has an InternalIP in status.addresses')
  }
  return addresses
}

function hasControlPlane(node: JsonObject): boolean {
  const labels = asObject(valueAt(node, ['metadata', 'labels']))
  return CONTROL_PLANE.some((label) => Object.hasOwn(labels, label))
}

function addressesOf(node: JsonObject, kind: ProbeKind): Address[] {
  const host = asList(valueAt(node, ['status', 'addresses']))
    .map(asObject)
    .filter(({ type }) => type === 'InternalIP')
    .map(({ address }) => asString(address))
    .find((address) => address !== undefined && ipFamily(address) !== 0)
  if (host === undefined) return []
  const port = asNumber(valueAt(node, ['status', 'daemonEndpoints', 'kubeletEndpoint', 'Port']))
  if (kind !== 'kubelet' || port === undefined || port === KUBELET_PORT) return [{ host }]
  return [
    { host, port },
    { host, port: READ_ONLY_PORT },
  ]
}

const KUBELET_PORT = 10250
const READ_ONLY_PORT = 10255
