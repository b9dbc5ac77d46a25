import { createHash } from 'node:crypto'
import { formatPath, identityOf, type JsonPath, type KubeObject } from '../../model/index.js'
import type { SecretSign } from '../../text/index.js'

/** A secret that stands somewhere in an object. */
export interface SecretPlace {
  readonly path: JsonPath
  /** The key, variable or flag; empty where a text holds it. */
  readonly name: string
  readonly by: SecretSign['by']
  /** What it is: `a GitHub token`, `a random text of 40 signs (fingerprint 3fa1)`. */
  readonly described: string
  /** Line in a text of several lines. */
  readonly line?: number
}

/**
 * Length and a fingerprint tell one value from another in the same place, from one run to the next. Sixteen bits, salted
 * with the place, say nothing about which of many likely passwords it is.
 */
export function placeOf(
  object: KubeObject,
  path: JsonPath,
  found: { readonly name: string; readonly value: string; readonly sign: SecretSign; readonly line?: number },
): SecretPlace {
  const { name, value, sign, line } = found
  const salt = [identityOf(object.ref), formatPath(path), name].join('\0')
  const fingerprint = createHash('sha256').update(`${salt}\0${value}`).digest('hex').slice(0, 4)
  const what = sign.by === 'form' ? sign.what : sign.by === 'chance' ? 'a random text' : 'a literal'
  return {
    path,
    name,
    by: sign.by,
    described: `${what} of ${value.length} signs (fingerprint ${fingerprint})`,
    ...(line === undefined ? {} : { line }),
  }
}
