import type { ComponentView } from '../../effective/index.js'
import { asString, isObject } from '../../model/index.js'
import { parseGoBool } from '../../text/index.js'

/**
 * The feature gates that an API server is given: those of its own component, `kube`, which words without one belong to.
 * Source: component-base v0.36.2 compatibility/registry.go, componentGlobalsRegistry.Set; the later word wins.
 */
export function featureGatesOf(view: ComponentView): ReadonlyMap<string, boolean> {
  const fact = view.setting('feature-gates')
  const gates = new Map<string, boolean>()
  if (!fact.known || !isObject(fact.value)) return gates
  for (const component of ['', 'kube']) {
    const words = fact.value[component]
    for (const word of Array.isArray(words) ? words : []) {
      const [name = '', value = ''] = (asString(word) ?? '').split('=')
      const on = parseGoBool(value.trim())
      if (on !== undefined) gates.set(name.trim(), on)
    }
  }
  return gates
}
