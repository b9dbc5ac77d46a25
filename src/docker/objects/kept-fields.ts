import { asString, isObject, REDACTED, type JsonObject, type JsonValue } from '../../model/index.js'
import { isSecretKey, SECRET_SHAPES } from '../../text/index.js'

/** How one value is kept: as it is, by a rule, or by its fields. What no rule names is not kept at all. */
type Keep = 'plain' | ((value: JsonValue) => JsonValue) | { readonly [field: string]: Keep }

/** Stands for a value that has the form of a token or key, whatever its name. */
export const REDACTED_TOKEN = '[redacted-token]'

/** A value that is a switch or a small number, a path or nothing: a setting, never a secret. */
const PLAIN = /^(?:true|false|yes|no|on|off|-?\d{1,6}|\/[\w./-]*|)$/i

/** Labels whose values say who made a container: they are names and paths, written by the maker. */
const KEPT_LABEL =
  /^com\.docker\.(?:compose\.(?:project|service|project\.config_files)|swarm\.(?:service|task)\.name|stack\.namespace)$|^io\.kubernetes\.(?:pod\.(?:name|namespace)|container\.name|docker\.type)$/

const HOST_CONFIG: Keep = {
  AutoRemove: 'plain',
  Binds: 'plain',
  CapAdd: 'plain',
  CapDrop: 'plain',
  CgroupnsMode: 'plain',
  CgroupParent: 'plain',
  CpuQuota: 'plain',
  CpuPeriod: 'plain',
  CpusetCpus: 'plain',
  DeviceCgroupRules: 'plain',
  Devices: 'plain',
  IpcMode: 'plain',
  Memory: 'plain',
  MemorySwap: 'plain',
  MemoryReservation: 'plain',
  NanoCpus: 'plain',
  NetworkMode: 'plain',
  PidMode: 'plain',
  PidsLimit: 'plain',
  PortBindings: 'plain',
  Privileged: 'plain',
  PublishAllPorts: 'plain',
  ReadonlyRootfs: 'plain',
  RestartPolicy: 'plain',
  Runtime: 'plain',
  SecurityOpt: 'plain',
  UsernsMode: 'plain',
  UTSMode: 'plain',
  VolumesFrom: 'plain',
}

const CONTAINER: Keep = {
  Id: 'plain',
  Name: 'plain',
  Image: 'plain',
  State: { Status: 'plain', Running: 'plain' },
  AppArmorProfile: 'plain',
  MountLabel: 'plain',
  ProcessLabel: 'plain',
  HostConfig: HOST_CONFIG,
  Config: {
    User: 'plain',
    Image: 'plain',
    ExposedPorts: 'plain',
    Env: variables,
    Labels: labels,
    Healthcheck: { Test: firstWord },
  },
  Mounts: (mounts) =>
    membersOf(mounts, ['Type', 'Name', 'Source', 'Destination', 'RW', 'Propagation', 'Driver']),
  NetworkSettings: { Ports: 'plain', Networks: namesAlone },
}

const INFO: Keep = {
  ID: 'plain',
  Name: 'plain',
  ServerVersion: 'plain',
  DockerRootDir: 'plain',
  SecurityOptions: 'plain',
  DefaultRuntime: 'plain',
  Runtimes: namesAlone,
  PidsLimit: 'plain',
  MemoryLimit: 'plain',
  OperatingSystem: 'plain',
  OSType: 'plain',
  Swarm: {
    NodeID: 'plain',
    NodeAddr: 'plain',
    LocalNodeState: 'plain',
    ControlAvailable: 'plain',
    Nodes: 'plain',
    Managers: 'plain',
    Cluster: {
      ID: 'plain',
      Spec: { CAConfig: { NodeCertExpiry: 'plain' }, EncryptionConfig: { AutoLockManagers: 'plain' } },
    },
  },
}

const NETWORK: Keep = {
  Id: 'plain',
  Name: 'plain',
  Scope: 'plain',
  Driver: 'plain',
  Internal: 'plain',
  Attachable: 'plain',
  Ingress: 'plain',
  ConfigOnly: 'plain',
  Options: options,
}

const SERVICE: Keep = {
  ID: 'plain',
  Spec: {
    Name: 'plain',
    TaskTemplate: { Networks: (networks) => membersOf(networks, ['Target']) },
    Networks: (networks) => membersOf(networks, ['Target']),
  },
}

/** What is kept of each kind. Environment values, labels of others, commands and driver options of others are not. */
export const KEPT = { Container: CONTAINER, Info: INFO, Network: NETWORK, Service: SERVICE } as const

/** The part of a value that is kept. Places of what is kept do not change, so that paths still lead to it in the text. */
export function keep(value: JsonValue, rule: Keep): JsonValue {
  if (rule === 'plain') return value
  if (typeof rule === 'function') return rule(value)
  if (!isObject(value)) return isScalar(value) ? value : null
  return pick(value, (key, inner) => (Object.hasOwn(rule, key) ? keep(inner, rule[key] as Keep) : undefined))
}

/** The part of a container's `HostConfig` that is kept. */
export function keepHostConfig(value: JsonValue): JsonValue {
  return keep(value, HOST_CONFIG)
}

/** `KEY=value`: values that are no plain setting are replaced by what they look like. */
function variables(value: JsonValue): JsonValue {
  if (!Array.isArray(value)) return value === null ? null : []
  return value.map((variable) => {
    if (typeof variable !== 'string') return REDACTED
    const equals = variable.indexOf('=')
    if (equals < 0) return variable
    return `${variable.slice(0, equals + 1)}${hide(variable.slice(equals + 1))}`
  })
}

function hide(value: string): string {
  if (PLAIN.test(value)) return value
  // Longer texts are not searched: a token is short, and nothing but its form is asked for.
  const start = value.slice(0, 4096)
  return SECRET_SHAPES.some((shape) => start.search(shape) >= 0) ? REDACTED_TOKEN : REDACTED
}

function labels(value: JsonValue): JsonValue {
  if (!isObject(value)) return null
  return pick(value, (key, inner) => (KEPT_LABEL.test(key) && typeof inner === 'string' ? inner : REDACTED))
}

function options(value: JsonValue): JsonValue {
  if (!isObject(value)) return null
  return pick(value, (key, inner) =>
    isSecretKey(key) || (typeof inner === 'string' && inner.length > 200) ? REDACTED : inner,
  )
}

/** `NONE`, `CMD` or `CMD-SHELL`; the command behind it may hold anything. */
function firstWord(value: JsonValue): JsonValue {
  return Array.isArray(value) && typeof value[0] === 'string' ? [value[0]] : []
}

function namesAlone(value: JsonValue): JsonValue {
  return isObject(value) ? pick(value, () => ({})) : null
}

function membersOf(value: JsonValue, fields: readonly string[]): JsonValue {
  if (!Array.isArray(value)) return []
  return value.map((member) =>
    isObject(member)
      ? pick(member, (key, inner) => (fields.includes(key) && isScalar(inner) ? inner : undefined))
      : null,
  )
}

function isScalar(value: JsonValue): boolean {
  return value === null || typeof value !== 'object'
}

/** Own keys alone, defined and not assigned, so that `__proto__` stays data. */
function pick(
  object: JsonObject,
  choose: (key: string, value: JsonValue) => JsonValue | undefined,
): JsonObject {
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]) => {
      const kept = value === undefined ? undefined : choose(key, value)
      return kept === undefined ? [] : [[key, kept]]
    }),
  )
}

/** The name of a container as people write it; the API puts a slash in front. */
export function plainName(value: JsonValue | undefined): string {
  return (asString(value) ?? '').replace(/^\//, '')
}
