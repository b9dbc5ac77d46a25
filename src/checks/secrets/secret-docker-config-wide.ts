import { isObject, unknown, type KubeObject } from '../../model/index.js'
import type { ObjectIndex } from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { secretWith } from './example-objects.js'

const TYPES = new Set(['kubernetes.io/dockerconfigjson', 'kubernetes.io/dockercfg'])
/** Two namespaces may well be one application. */
const MANY_NAMESPACES = 3

export const secretDockerConfigWide = defineCheck({
  id: 'secret-docker-config-wide',
  title: 'One Secret of registry credentials reaches further than one application',
  severity: 'medium',
  because: 'whoever reads it in one place has every registry, or every application, that it opens',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Secret'],
  why: 'Credentials of registries are copied to where images are pulled, and are mostly those of a person who may push too. With one for all, the weakest namespace decides who may read, or replace, the images of all others.',
  references: [kubernetesDocs('tasks/configure-pod-container/pull-image-private-registry/')],
  evaluate({ object, index }, report) {
    const { type } = object.content
    if (type !== undefined && type !== null && typeof type !== 'string') {
      const origin = { kind: 'object', object, path: ['type'] } as const
      return report.unknown(unknown('unparsable', '`type` is not a text', origin))
    }
    if (!TYPES.has(type ?? '')) return
    const [facts] = Object.values(object.secretValues ?? {})
    const registries = facts?.registries ?? []
    const copies = copiesOf(object, index)
    const messages = [
      ...(registries.length > 1
        ? [`it opens ${registries.length} registries: ${registries.slice(0, 5).join(', ')}`]
        : []),
      // Said once, at the first of them.
      ...(copies.length >= MANY_NAMESPACES && copies[0] === object.ref.namespace
        ? [
            `${copies.length} namespaces have a Secret ${object.ref.name} of this type: ${copies.slice(0, 5).join(', ')}`,
          ]
        : []),
    ]
    for (const message of messages) {
      report.fail(
        {
          origin: { kind: 'object', object, path: isObject(object.content.data) ? ['data'] : ['type'] },
          key: message.startsWith('it opens') ? 'registries' : 'namespaces',
          message,
        },
        {
          message,
          fix: advice(
            'Give each application a credential of its own that may pull its own repositories and nothing else; on a cloud, let the kubelet fetch short-lived ones (credential provider).',
            { breaks: 'pulls with the old credential, once it is withdrawn' },
          ),
        },
      )
    }
  },
  examples: {
    bad: { manifests: ['shop', 'mail', 'web'].map(pullSecretIn).join('---\n') },
    good: { manifests: pullSecretIn('shop') },
  },
})

function pullSecretIn(namespace: string): string {
  return secretWith({ type: 'kubernetes.io/dockerconfigjson' }, 'regcred', namespace)
}

const made = new WeakMap<ObjectIndex, ReadonlyMap<string, readonly string[]>>()

/** The namespaces, sorted, that hold registry credentials under the name of this Secret. */
function copiesOf({ ref }: KubeObject, index: ObjectIndex): readonly string[] {
  let byName = made.get(index)
  if (byName === undefined) made.set(index, (byName = namespacesByName(index)))
  return byName.get(ref.name) ?? []
}

function namespacesByName(index: ObjectIndex): Map<string, string[]> {
  const byName = new Map<string, Set<string>>()
  for (const { ref, content } of index.ofKind('', 'Secret')) {
    if (typeof content.type !== 'string' || !TYPES.has(content.type)) continue
    byName.set(ref.name, (byName.get(ref.name) ?? new Set()).add(ref.namespace))
  }
  return new Map([...byName].map(([name, namespaces]) => [name, [...namespaces].sort()]))
}
