import type { EstateInput } from '../../model/index.js'

type Fields = Readonly<Record<string, unknown>>

/** Parts of `docker inspect` that differ from a container without fault. */
export interface ContainerParts {
  readonly name?: string
  readonly HostConfig?: Fields
  readonly Config?: Fields
  readonly Mounts?: readonly Fields[]
  readonly State?: Fields
  readonly AppArmorProfile?: string
  readonly NetworkSettings?: Fields
  /** Fields of `docker info` of its daemon, given in the same file. */
  readonly daemon?: Fields
}

const HOST_CONFIG: Fields = {
  NetworkMode: 'shopnet',
  PortBindings: {},
  RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 5 },
  CapAdd: null,
  CapDrop: ['ALL'],
  IpcMode: 'private',
  PidMode: '',
  Privileged: false,
  PublishAllPorts: false,
  ReadonlyRootfs: true,
  SecurityOpt: ['no-new-privileges'],
  UTSMode: '',
  UsernsMode: '',
  Runtime: 'runc',
  NanoCpus: 1000000000,
  CpuQuota: 0,
  Memory: 268435456,
  Devices: [],
  PidsLimit: 100,
}

const CONFIG: Fields = {
  User: '1000',
  Env: ['PATH=/usr/bin'],
  Healthcheck: { Test: ['CMD', '/bin/ok'] },
  Image: 'shop/web:1.4',
  Labels: {},
}

/** A container as `docker inspect` prints it: one without fault, with the given parts changed. */
export function containerWith(parts: ContainerParts = {}): EstateInput {
  const { daemon } = parts
  const info = { Name: 'docker-1', ServerVersion: '28.3.3', DockerRootDir: '/var/lib/docker', ...daemon }
  const inspect = JSON.stringify([inspected(parts)], null, 2)
  return { manifests: daemon === undefined ? `${inspect}\n` : `${JSON.stringify(info)}\n${inspect}\n` }
}

/** The same container as its daemon keeps it on a host, without the file that holds its `HostConfig`, or without `Config`. */
export function containerOnHost(
  missing: 'HostConfig' | 'Config' | 'nothing',
  parts: ContainerParts = {},
): EstateInput {
  const { Id, Config, HostConfig, ...rest } = inspected(parts)
  const folder = `/var/lib/docker/containers/${Id}`
  const config = { ...rest, ID: Id, ...(missing === 'Config' ? {} : { Config }), MountPoints: {} }
  return {
    hosts: {
      'docker-1': {
        files: {
          [`${folder}/config.v2.json`]: JSON.stringify(config),
          ...(missing === 'HostConfig' ? {} : { [`${folder}/hostconfig.json`]: JSON.stringify(HostConfig) }),
        },
      },
    },
  }
}

function inspected(parts: ContainerParts): Fields & { readonly Id: string } {
  const { name = 'web', AppArmorProfile = 'docker-default' } = parts
  return {
    Id: 'ab'.repeat(32),
    State: { Status: 'running', Running: true, ...parts.State },
    Name: `/${name}`,
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile,
    HostConfig: { ...HOST_CONFIG, ...parts.HostConfig },
    Mounts: parts.Mounts ?? [],
    Config: { ...CONFIG, ...parts.Config },
    NetworkSettings: { Ports: {}, Networks: {}, ...parts.NetworkSettings },
  }
}
