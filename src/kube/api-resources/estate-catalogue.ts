import type { ObjectIndex } from '../object-index.js'
import { clusterMinor } from '../rbac/index.js'
import { builtInCatalogue, type ServedVersions } from './built-in.js'
import type { ApiCatalogue } from './catalogue.js'
import { withCustomResources } from './custom-resources.js'

/**
 * What the cluster of an estate serves: the built-in resources of its version (`minor`, or of its Nodes, or the
 * newest that is known) and those of its CustomResourceDefinitions.
 */
export function catalogueOf(index: ObjectIndex, minor?: number, served?: ServedVersions): ApiCatalogue {
  const builtIn = builtInCatalogue(minor ?? clusterMinor(index), served)
  return withCustomResources(builtIn, index.ofKind('apiextensions.k8s.io', 'CustomResourceDefinition'))
}
