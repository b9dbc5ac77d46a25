import { asString, field, known, unknown, valueAt, type Estate, type Fact } from '../model/index.js'
import type { ComponentStart } from './component-start.js'

/**
 * The version of a control-plane component without the v: from the tag of its pod's image, else from a path that
 * carries it, else from what kubeadm keeps. Never from running a program.
 */
export function componentVersion(estate: Estate, start: ComponentStart): Fact<string> {
  return (
    versionOfImage(start) ??
    versionInPath(start) ??
    versionOfNode(estate, start) ??
    versionOfCluster(estate) ??
    unknown(
      'version-unknown',
      `no image, path or ConfigMap read here says which version ${start.component} has`,
    )
  )
}

/** The minor of a version like `1.36.2` or `1.33.1+k3s1`. */
export function minorOf(version: Fact<string>): number | undefined {
  return version.known ? minorIn(version.value) : undefined
}

/** The minor in a text like `v1.36.2` or `1.33.1+k3s1`. */
export function minorIn(version: string): number | undefined {
  const minor = /^v?1\.(\d{1,3})(?:\D|$)/.exec(version)?.[1]
  return minor === undefined ? undefined : Number(minor)
}

/** `registry.k8s.io/kube-apiserver:v1.36.2@sha256:...`; a tag may not hold a plus, so builds write `v1.33.1-k3s1`. */
function versionOfImage({ runBy }: ComponentStart): Fact<string> | undefined {
  const image = asString(field(runBy?.container, 'image'))
  const version = /:v?(1\.\d{1,3}\.\d{1,3}[\w.-]*)(?:@|$)/.exec(image ?? '')?.[1]
  if (runBy === undefined || version === undefined) return undefined
  const containers = valueAt(runBy.object.content, ['spec', 'containers'])
  const index = Array.isArray(containers) ? containers.findIndex((each) => each === runBy.container) : 0
  return known(version, {
    kind: 'object',
    object: runBy.object,
    path: ['spec', 'containers', Math.max(0, index), 'image'],
  })
}

function versionInPath({ command, component, host }: ComponentStart): Fact<string> | undefined {
  const version = /[/-]v?(1\.\d{1,3}\.\d{1,3})(?:[-+/]|$)/.exec(command?.executable ?? '')?.[1]
  if (command === undefined || version === undefined) return undefined
  return known(version, { kind: 'process', host, component, argIndex: 0, argument: command.executable })
}

/** k3s is one program with the kubelet, whose version its Node says. */
function versionOfNode(estate: Estate, { command, host }: ComponentStart): Fact<string> | undefined {
  if (command?.source !== 'k3s') return undefined
  const node = estate.objects.find(({ ref }) => ref.kind === 'Node' && ref.group === '' && ref.name === host)
  const path = ['status', 'nodeInfo', 'kubeletVersion']
  const version = asString(valueAt(node?.content, path))?.replace(/^v/, '')
  return node === undefined || version === undefined
    ? undefined
    : known(version, { kind: 'object', object: node, path })
}

function versionOfCluster(estate: Estate): Fact<string> | undefined {
  const map = estate.objects.find(
    ({ ref }) => ref.kind === 'ConfigMap' && ref.namespace === 'kube-system' && ref.name === 'kubeadm-config',
  )
  const path = ['data', 'ClusterConfiguration']
  const text = asString(valueAt(map?.content, path)) ?? ''
  const version = /^kubernetesVersion:\s*["']?v?(1\.\d{1,3}[\w.+-]*)/m.exec(text)?.[1]
  if (map === undefined || version === undefined) return undefined
  return known(version, { kind: 'object', object: map, path })
}
