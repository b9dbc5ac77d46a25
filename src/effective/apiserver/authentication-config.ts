import { known, unknown, type Fact, type JsonValue, type Origin } from '../../model/index.js'
import { docEntryAt, docValue, readGoDocument } from '../../text/index.js'
import type { ComponentView } from '../component.js'

/** An entry of `jwt` in the file of --authentication-config, with its place. */
export interface JwtAuthenticator {
  readonly value: JsonValue
  readonly origin: Origin
}

/** The token issuers that the file of --authentication-config names; none where no file is given. */
export function jwtAuthenticatorsOf(apiserver: ComponentView): Fact<readonly JwtAuthenticator[]> {
  const given = apiserver.string('authentication-config')
  if (!given.known) return given
  if (given.value === '') return known([], given.origin)
  const file = apiserver.file?.(given.value)
  if (file?.text === undefined) {
    return unknown('no-source', `\`${given.value}\` was not read`, given.origin)
  }
  const { root } = readGoDocument(file.text)
  if (root === undefined) return unknown('unparsable', `\`${given.value}\` cannot be read`, given.origin)
  const list = docEntryAt(root, ['jwt'])?.value
  if (list?.kind !== 'list') return known([], given.origin)
  const entries = list.items.map((item, index): JwtAuthenticator => {
    const entry = docEntryAt(root, ['jwt', index])
    const { line = 1, column = 1 } = entry ?? {}
    const origin: Origin = {
      kind: 'file',
      host: apiserver.host,
      file: file.path,
      line,
      column,
      path: ['jwt', index],
    }
    return { value: docValue(item), origin }
  })
  return known(entries, given.origin)
}
