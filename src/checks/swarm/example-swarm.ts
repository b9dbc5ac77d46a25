import type { EstateInput } from '../../model/index.js'

type Fields = Readonly<Record<string, unknown>>

/** What a manager says of its swarm. */
export interface SwarmParts {
  readonly state?: string
  readonly manager?: boolean
  readonly managers?: number
  readonly nodes?: number
  readonly autolock?: boolean
  /** Nanoseconds. */
  readonly certExpiry?: number
  readonly networks?: readonly Fields[]
  readonly services?: readonly Fields[]
}

const NINETY_DAYS = 90 * 24 * 3600 * 1e9

/** `docker info` of a node of a swarm of three managers, with networks and services as Docker prints them. */
export function swarmWith(parts: SwarmParts = {}): EstateInput {
  const { manager = true, autolock = true, certExpiry = NINETY_DAYS } = parts
  const info = {
    Name: 'docker-1',
    ServerVersion: '28.3.3',
    DockerRootDir: '/var/lib/docker',
    Swarm: {
      NodeID: 'n1',
      LocalNodeState: parts.state ?? 'active',
      ControlAvailable: manager,
      ...(manager
        ? {
            Nodes: parts.nodes ?? 5,
            Managers: parts.managers ?? 3,
            Cluster: {
              ID: 'c1',
              Spec: {
                CAConfig: { NodeCertExpiry: certExpiry },
                EncryptionConfig: { AutoLockManagers: autolock },
              },
            },
          }
        : {}),
    },
  }
  const list = [...(parts.networks ?? []), ...(parts.services ?? [])]
  return {
    manifests: `${JSON.stringify(info)}\n${list.length === 0 ? '' : `${JSON.stringify(list, null, 2)}\n`}`,
  }
}

/** An overlay network of the swarm. */
export function overlay(name: string, options: Fields = {}, more: Fields = {}): Fields {
  return {
    Name: name,
    Id: `id-of-${name}`,
    Scope: 'swarm',
    Driver: 'overlay',
    IPAM: {},
    Ingress: false,
    Options: options,
    ...more,
  }
}
