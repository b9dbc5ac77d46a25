import { posix } from 'node:path'
import {
  asList,
  asString,
  field,
  valueAt,
  type Argument,
  type Command,
  type EffectiveConfig,
  type Estate,
  type FilePlace,
  type Host,
  type JsonPath,
  type JsonValue,
  type KubeObject,
  type Origin,
} from '../model/index.js'
import { argumentsWithPlaces, gapsOf } from './argument-places.js'
import { startOfK3s } from './k3s-start.js'
import { startOfKubeadm, type KubeadmStart } from './kubeadm-start.js'

/** The pod that runs a component: a static pod of a host, or a mirror pod of the cluster. */
export interface ComponentPod {
  readonly object: KubeObject
  readonly container: JsonValue
  /** Where an argument stands in the object. */
  readonly pathOf: (argIndex: number) => JsonPath
}

/** How one component is started, as far as it was seen. */
export interface ComponentStart {
  readonly component: string
  /** Name of the host, or of the mirror pod's node. */
  readonly host: string
  readonly machine?: Host
  readonly command?: Command
  readonly args: readonly Argument[]
  /** `process 812`, `pod kube-system/kube-apiserver-cp-1`. */
  readonly described: string
  /** The pod of a command that was learnt from the API alone: its places are paths in that object. */
  readonly pod?: ComponentPod
  /** Set when nobody saw it and this is how kubeadm would start it: what is not given is then not known. */
  readonly kubeadm?: KubeadmStart
  /** Why a flag is not known although its default would be: something gives it a value that was not seen. */
  readonly undecided?: (flag: string) => string | undefined
  /** The pod that runs it, wherever the command was learnt: image and mounts. */
  readonly runBy?: Pick<ComponentPod, 'object' | 'container'>
  /** The file of most of its arguments, for what is not there. */
  readonly place?: FilePlace
  readonly originOf: (argIndex: number) => Origin
  /** What of the command line was not seen. */
  readonly gaps: EffectiveConfig['gaps']
}

const ORDER: readonly Command['source'][] = ['process', 'ps', 'static-pod', 'unit', 'args-file', 'mirror-pod']

/**
 * Each start of a component in an estate, in the order of host names: one a host that has it (the running process
 * before files), then mirror pods of nodes that were not read as hosts. Where there is none at all, how kubeadm would
 * start it.
 */
export function componentStarts(estate: Estate, component: string): ComponentStart[] {
  const hosts = [...estate.hosts].sort((left, right) => (left.name < right.name ? -1 : 1))
  const onHosts = hosts.flatMap((host) => startOnHost(estate, host, component) ?? [])
  const seen = new Set(onHosts.map((start) => start.host))
  const inPods = podsThatRun(estate, component)
    .flatMap((object) => startInPod(object, component) ?? [])
    .filter((start) => !seen.has(start.host))
    .sort((left, right) => (left.host + left.described < right.host + right.described ? -1 : 1))
  if (onHosts.length + inPods.length > 0) return [...onHosts, ...inPods]
  const byKubeadm = startOfKubeadm(estate, component)
  return byKubeadm === undefined ? [] : [byKubeadm]
}

function startOnHost(estate: Estate, host: Host, component: string): ComponentStart | undefined {
  const [command, ...others] = host.commands
    .filter((candidate) => candidate.component === component)
    .sort((left, right) => ORDER.indexOf(left.source) - ORDER.indexOf(right.source))
  if (command === undefined) return startOfK3s(host, component)
  const args = argumentsWithPlaces(command.args, others)
  const file = args.find((argument) => argument.file !== undefined)?.file
  const runBy = podsThatRun(estate, component)
    .filter((object) => object.source === 'static-pod' && object.host === host.name)
    .flatMap((object) => containerOf(object, component) ?? [])[0]
  return {
    component,
    host: host.name,
    machine: host,
    command,
    args,
    described: command.described,
    ...(runBy === undefined ? {} : { runBy }),
    ...(file === undefined ? {} : { place: { file, host: host.name } }),
    originOf: (argIndex) => processOrigin({ component, host: host.name, command, args }, argIndex),
    gaps: gapsOf(command),
  }
}

function processOrigin(
  start: { component: string; host: string; command: Command; args: readonly Argument[] },
  argIndex: number,
): Origin {
  const { value: argument = '', file, line, column } = start.args[argIndex] ?? {}
  return {
    kind: 'process',
    host: start.host,
    component: start.component,
    argIndex,
    argument,
    ...(start.command.pid === undefined ? {} : { pid: start.command.pid }),
    ...(file === undefined
      ? {}
      : {
          place: {
            file,
            host: start.host,
            ...(line === undefined ? {} : { line }),
            ...(column === undefined ? {} : { column }),
          },
        }),
  }
}

/**
 * A control-plane component as the API shows its pod. Pods that only bear its name or label are not taken: the
 * command has to be it, in kube-system or with the label that kubeadm gives.
 */
function startInPod(object: KubeObject, component: string): ComponentStart | undefined {
  if (object.source === 'static-pod') return undefined
  const found = containerOf(object, component)
  if (found === undefined) return undefined
  const labelled = asString(valueAt(object.content, ['metadata', 'labels', 'component'])) === component
  if (object.ref.namespace !== 'kube-system' && !labelled) return undefined
  const { paths, args } = found
  const pathOf = (argIndex: number): JsonPath => paths[argIndex] ?? found.path
  const host = asString(valueAt(object.content, ['spec', 'nodeName'])) ?? object.ref.name
  const variable = args.find(({ value }) => /\$\([A-Za-z_][\w.-]*\)/.test(value))
  const mirror =
    valueAt(object.content, ['metadata', 'annotations', 'kubernetes.io/config.mirror']) !== undefined
  const described = `${mirror ? 'mirror pod' : 'pod'} ${object.ref.namespace}/${object.ref.name}`
  const detail = `${described} uses a variable in \`${variable?.value ?? ''}\`, whose value was not found`
  const command: Command = { component, source: 'mirror-pod', executable: found.program, args, described }
  return {
    component,
    host,
    command,
    args,
    described,
    pod: { object, container: found.container, pathOf },
    runBy: found,
    originOf: (argIndex) => ({ kind: 'object', object, path: pathOf(argIndex) }),
    gaps: variable === undefined ? [] : [{ reason: 'unresolved-variable', detail }],
  }
}

interface FoundContainer {
  readonly program: string
  readonly object: KubeObject
  readonly container: JsonValue
  readonly path: JsonPath
  readonly args: readonly Argument[]
  /** The path of each argument. */
  readonly paths: readonly JsonPath[]
}

const running = new WeakMap<Estate, ReadonlyMap<string, readonly KubeObject[]>>()

/** The pods of which a container runs a program of this name; all pods are looked through once for an estate. */
function podsThatRun(estate: Estate, program: string): readonly KubeObject[] {
  let known = running.get(estate)
  if (known === undefined) running.set(estate, (known = podsByProgram(estate)))
  return known.get(program) ?? []
}

function podsByProgram({ objects }: Estate): Map<string, KubeObject[]> {
  const pods = new Map<string, KubeObject[]>()
  for (const object of objects) {
    if (object.ref.kind !== 'Pod' || object.ref.group !== '') continue
    for (const container of asList(valueAt(object.content, ['spec', 'containers']))) {
      const program = [...asList(field(container, 'command')), ...asList(field(container, 'args'))].find(
        (word) => typeof word === 'string',
      )
      if (program === undefined) continue
      const name = posix.basename(program)
      const list = pods.get(name)
      if (list === undefined) pods.set(name, [object])
      else if (list.at(-1) !== object) list.push(object)
    }
  }
  return pods
}

/** The container of a pod whose program is the component. */
function containerOf(object: KubeObject, component: string): FoundContainer | undefined {
  if (object.ref.kind !== 'Pod' || object.ref.group !== '') return undefined
  const containers = asList(valueAt(object.content, ['spec', 'containers']))
  for (const [index, container] of containers.entries()) {
    const path = ['spec', 'containers', index]
    const words = ['command', 'args'].flatMap((key) =>
      asList(field(container, key)).flatMap((value, at) =>
        typeof value === 'string' ? [{ value, path: [...path, key, at] }] : [],
      ),
    )
    const [program, ...rest] = words
    if (program === undefined || posix.basename(program.value) !== component) continue
    const args = rest.map(({ value }) => ({ value }))
    const paths = rest.map((word) => word.path)
    return { program: program.value, object, container, path, args, paths }
  }
  return undefined
}
