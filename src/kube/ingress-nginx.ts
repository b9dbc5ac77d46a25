import { asString, asStrings, field, type KubeObject } from '../model/index.js'
import { imageName } from './image-repository.js'
import type { ObjectIndex } from './object-index.js'
import { containersOf, podTemplatesOf, type Container, type PodTemplate } from './pod-template.js'

/** A controller of the community's ingress-nginx. */
export interface NginxController {
  readonly object: KubeObject
  readonly template: PodTemplate
  readonly container: Container
  /** Numbers of the version in its image's tag; undefined for forks with calendar versions and images without one. */
  readonly version: readonly [major: number, minor: number, patch: number] | undefined
  readonly tag: string | undefined
}

const IMAGE =
  /(?:^|\/)(?:ingress-nginx\/controller|(?:mirrored-|hardened-)?(?:ingress-)?nginx-ingress-controller(?:-amd64|-arm64)?|ingress-nginx-controller)$/

/** The controller that a container runs; undefined for other programs, NGINX's own controller among them. */
export function nginxController(
  object: KubeObject,
  template: PodTemplate,
  container: Container,
): NginxController | undefined {
  const { repository, tag } = imageName(asString(container.spec.image) ?? '')
  if (!IMAGE.test(repository) || container.kind === 'ephemeral') return undefined
  return { object, template, container, tag, version: versionOf(tag) }
}

function versionOf(tag: string | undefined): NginxController['version'] {
  const match = /^(?:controller-|nginx-)?v?(\d+)\.(\d+)\.(\d+)(?![.\d])/.exec(tag ?? '')
  if (match === null) return undefined
  const [major, minor, patch] = [Number(match[1]), Number(match[2]), Number(match[3])]
  // A fork that counts years says nothing about which fixes it has.
  return major >= 20 ? undefined : [major, minor, patch]
}

/** The value of a flag of its command line; an empty text for a flag without one. The last one wins. */
export function flagOf({ spec }: Container, name: string): string | undefined {
  const words = [...asStrings(spec.command), ...asStrings(spec.args)]
  let value: string | undefined
  for (const [at, word] of words.entries()) {
    if (word.startsWith(`--${name}=`)) value = word.slice(name.length + 3)
    else if (word === `--${name}`) {
      const next = words[at + 1]
      value = next === undefined || next.startsWith('-') ? '' : next
    }
  }
  return value
}

const made = new WeakMap<ObjectIndex, readonly NginxController[]>()

/** The controllers of an estate; looked for once. */
export function nginxControllersOf(index: ObjectIndex): readonly NginxController[] {
  let controllers = made.get(index)
  if (controllers === undefined) {
    controllers = (['Deployment', 'DaemonSet'] as const)
      .flatMap((kind) => index.ofKind('apps', kind))
      .flatMap((object) =>
        podTemplatesOf(object).flatMap((template) =>
          containersOf(template).flatMap((each) => nginxController(object, template, each) ?? []),
        ),
      )
    made.set(index, controllers)
  }
  return controllers
}

/** The prefixes of annotations that some controller reads. Source: ingress-nginx docs, `--annotations-prefix`. */
export function nginxPrefixes(index: ObjectIndex): readonly string[] {
  const own = nginxControllersOf(index).flatMap(
    ({ container }) => flagOf(container, 'annotations-prefix') ?? [],
  )
  return [...new Set(['nginx.ingress.kubernetes.io', ...own.filter((each) => each !== '')])]
}

/** Whether a version is older than another. */
export function isOlder(version: readonly number[], than: readonly number[]): boolean {
  for (const [at, number] of than.entries()) {
    const own = version[at] ?? 0
    if (own !== number) return own < number
  }
  return false
}

/** `[1, 11, 5]` of `1.11.5`. */
export function versionNumbers(text: string): readonly number[] {
  return text.split('.').map(Number)
}

/** The ConfigMap that a controller reads its settings from: `namespace/name`. */
export function nginxConfigMap({
  object,
  container,
}: NginxController): readonly [string, string] | undefined {
  const value = flagOf(container, 'configmap')
  if (value === undefined) return undefined
  const [namespace = '', name] = value.replace(/\$[({]POD_NAMESPACE[)}]/, object.ref.namespace).split('/')
  return name === undefined ? undefined : [namespace, name]
}

/** A text field of a mapping, or undefined. */
export function textField(value: unknown, key: string): string | undefined {
  return asString(field(value, key))
}
