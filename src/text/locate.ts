import type { JsonPath, TextSlice } from '../model/index.js'
import type { LineColumn } from './line-of.js'
import { locateBlockYaml } from './locate-block-yaml.js'
import { locateJson } from './locate-json.js'
import { locateYaml } from './locate-yaml.js'

/**
 * The place in the file of the value at `path`, which starts at the root of the slice whose text is given: the value
 * itself for scalars, its key for mappings and lists, the first line of a list's item. Where the path ends early, the
 * place of the deepest part that exists. Lines and columns count from 1. Undefined when the text has no root.
 */
export function locate(
  text: string,
  slice: Pick<TextSlice, 'format' | 'line' | 'column'>,
  path: JsonPath,
): LineColumn | undefined {
  const place = slice.format === 'json' ? locateJson(text, path) : inYaml(text, path)
  if (place === undefined) return undefined
  return {
    line: place.line + slice.line - 1,
    column: place.line === 1 ? place.column + slice.column - 1 : place.column,
  }
}

function inYaml(text: string, path: JsonPath): LineColumn | undefined {
  const place = locateBlockYaml(text, path)
  return place === 'unsure' ? locateYaml(text, path) : place
}
