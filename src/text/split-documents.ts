import type { PartSink, Splitter } from './document-parts.js'
import { JsonSplitter } from './split-json.js'
import { YamlSplitter } from './split-yaml.js'

/** What the first bytes of a file say about it. */
export type TextKind = 'json' | 'yaml' | 'binary' | 'utf-16'

/** So many bytes, or the whole file, are enough to tell. */
export const HEAD_LENGTH = 4096

const LOOKED_AT = 512

/**
 * JSON when the first sign is `{` (but not `{{`, which begins a template), YAML for all other text; also JSON where a
 * list of mappings begins, as `docker inspect` prints them.
 * Source: k8s.io/apimachinery v0.36.2 pkg/util/yaml/decoder.go, IsJSONBuffer.
 */
export function textKind(head: Buffer): TextKind {
  const [first, second] = head
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return 'utf-16'
  const zeros = countZeros(head)
  if (zeros.even + zeros.odd > 0) {
    // Latin text in UTF-16 without a mark: every second byte is 0.
    const pairs = Math.min(head.length, LOOKED_AT) / 2
    return Math.max(zeros.even, zeros.odd) > pairs * 0.6 && Math.min(zeros.even, zeros.odd) === 0
      ? 'utf-16'
      : 'binary'
  }
  return /^\uFEFF?\s*(?:\[\s*)?\{(?!\{)/.test(head.toString('utf8')) ? 'json' : 'yaml'
}

function countZeros(head: Buffer): { even: number; odd: number } {
  const zeros = { even: 0, odd: 0 }
  for (let at = 0; at < head.length; at += 1) {
    if (head[at] !== 0) continue
    // Only a count of the beginning says something about pairs; a single zero says binary anywhere.
    if (at % 2 === 0) zeros.even += 1
    else zeros.odd += 1
    if (at > LOOKED_AT) break
  }
  return zeros
}

/** The splitter for a text of this kind. */
export function splitterFor(kind: 'json' | 'yaml', sink: PartSink): Splitter {
  return kind === 'json' ? new JsonSplitter(sink) : new YamlSplitter(sink)
}
