import type { KubeObject } from '../model/index.js'
import { matchesGlob } from '../text/index.js'
import type { Configuration } from './configuration.js'

/** The namespaces of the estate that the configuration does not trust, in the order of their names. */
export function untrustedAmong(
  { untrustedNamespaces: patterns }: Pick<Configuration, 'untrustedNamespaces'>,
  objects: readonly KubeObject[],
): string[] {
  const names = new Set(
    objects.map(({ ref }) => (ref.kind === 'Namespace' && ref.group === '' ? ref.name : ref.namespace)),
  )
  names.delete('')
  return [...names].filter((name) => patterns.some((pattern) => matchesGlob(pattern, name))).sort()
}

/** What a configuration says of the estate itself, and what of the estate it is about; one sentence each. */
export function ownersWords(
  configuration: Pick<Configuration, 'untrustedNamespaces' | 'podTemplates'>,
  objects: readonly KubeObject[],
): string[] {
  const { untrustedNamespaces: patterns, podTemplates } = configuration
  const untrusted = untrustedAmong(configuration, objects)
  const shown = untrusted.slice(0, 12).map((name) => `\`${name}\``)
  const more = untrusted.length > shown.length ? ` and ${untrusted.length - shown.length} more` : ''
  const named = patterns.map((pattern) => `\`${pattern}\``).join(', ')
  return [
    ...(patterns.length === 0
      ? []
      : [
          `Untrusted namespaces, ${named}: ${shown.length === 0 ? 'none was read' : shown.join(', ')}${more}`,
        ]),
    ...podTemplates.map(({ kind, path }) => {
      const count = objects.filter(({ ref }) => `${ref.kind}.${ref.group}` === kind).length
      const read = count === 0 ? 'none was read' : `${count} ${count === 1 ? 'object' : 'objects'}`
      return `Pods of \`${kind}\` are at \`${path.join('.')}\`: ${read}`
    }),
  ]
}
