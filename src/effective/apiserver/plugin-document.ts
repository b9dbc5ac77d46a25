import { posix } from 'node:path'
import { pluginEntry, readAdmissionConfiguration } from '../../kube/index.js'
import { known, unknown, type Fact } from '../../model/index.js'
import type { DocNode, DocumentRead } from '../../text/index.js'
import type { ComponentView } from '../component.js'
import { documentAt, flagDocument, type FlagDocument } from '../flag-document.js'

const FLAG = 'admission-control-config-file'

/**
 * The configuration of an admission plug-in: inside of the file of --admission-control-config-file, or behind the path
 * that stands there. Undefined where the plug-in is given none.
 * Source: k8s.io/apiserver v0.36.3 pkg/admission/config.go, ReadAdmissionConfiguration and ConfigFor.
 */
export function pluginDocument<T>(
  view: ComponentView,
  plugin: string,
  read: (source: string | DocNode) => DocumentRead<T>,
): Fact<FlagDocument<T> | undefined> {
  const admission = flagDocument(view, FLAG, readAdmissionConfiguration)
  if (!admission.known || admission.value === undefined) return admission as Fact<undefined>
  const { value: config, file, originAt } = admission.value
  const entry = pluginEntry(config, plugin)
  if (entry === undefined) return known(undefined, admission.origin)
  const origin = originAt(entry.place)
  if (entry.configuration !== undefined) {
    const { value, fault } = read(entry.configuration)
    if (fault === undefined) return known({ value, file, originAt }, origin)
    return unknown('unparsable', `the API server refuses \`${file.path}\`: ${fault.message}`, originAt(fault))
  }
  if (entry.path === '') return known(undefined, origin)
  const named = view.string(FLAG)
  const folder = named.known ? posix.dirname(named.value) : '/'
  return documentAt(
    view,
    { path: posix.resolve(folder, entry.path), named: `plug-in ${plugin}`, origin },
    read,
  )
}
