import type { KubeObject, Snippet } from '../model/index.js'
import { DOCKER_GROUP } from '../docker/index.js'
import { LineIndex, MASK, maskLine } from '../text/index.js'

const CONTEXT_LINES = 2
/** A longer line (minified JSON) is not shown: it is no help to a reader, and half a secret cannot be masked. */
const LONGEST_LINE = 240

/** The lines around a line (counted as its file counts), or undefined where they cannot be shown. */
export type SnippetReader = (focusLine: number) => Snippet | undefined

/**
 * The lines around `focusLine` (counted as the file counts, the text's first line being `firstLine`), masked:
 * by key and form on every line, and by the given secret values. Undefined where the lines cannot be shown.
 */
export function snippetAt(
  text: string,
  firstLine: number,
  focusLine: number,
  secrets: readonly string[],
  object?: KubeObject,
): Snippet | undefined {
  return snippetReader(text, firstLine, secrets, object)(focusLine)
}

/** As `snippetAt`, for many lines of one text: lines are found once and each is masked once. */
export function snippetReader(
  text: string,
  firstLine: number,
  secrets: readonly string[],
  object?: KubeObject,
): SnippetReader {
  const { starts } = new LineIndex(text)
  const hidden = secrets.flatMap((secret) => formsOf(secret))
  const applied = appliedLines(text)
  const holdsSecrets = object?.ref.kind === 'Secret' && object.ref.group === ''
  const ofDocker = object?.ref.group === DOCKER_GROUP
  const shown = new Map<number, string>()
  const show = (line: string, number: number): string => {
    if (line.length > LONGEST_LINE) return MASK
    if (applied.has(number))
      return line.replace(/^(\s*(?:[\w./-]*last-applied-configuration\S*)?).*/, `$1 ${MASK}`)
    if (ofDocker) return plainInspectLine(line)
    return holdsSecrets ? maskAllValues(line) : maskLine(hideValues(line, hidden))
  }
  return (focusLine) => {
    const lines = linesAround(text, starts, focusLine - firstLine)
    if (lines === undefined) return undefined
    return {
      startLine: firstLine + lines.start,
      focusLine,
      lines: detached(
        lines.lines.map((line, index) => {
          const number = lines.start + index
          let masked = shown.get(number)
          if (masked === undefined) shown.set(number, (masked = show(line, number)))
          return masked
        }),
      ),
    }
  }
}

const APPLIED = 'last-applied-configuration'

/**
 * The lines of a text on which the annotation of `kubectl apply` stands, counted from 0: a copy of the object with all
 * its values. Readers take it out of what they read, so its parts are not among the values to hide.
 */
function appliedLines(text: string): ReadonlySet<number> {
  const found = new Set<number>()
  for (let at = text.indexOf(APPLIED); at >= 0; at = text.indexOf(APPLIED, at + 1)) {
    let start = text.lastIndexOf('\n', at) + 1
    let number = countLines(text, start)
    const indent = indentOf(text, start)
    do {
      found.add(number)
      number += 1
      start = text.indexOf('\n', start) + 1
    } while (start > 0 && start < text.length && indentOf(text, start) > indent)
  }
  return found
}

function countLines(text: string, end: number): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count += 1
  return count
}

/** Columns before the first sign of a line; of an empty one more than any. */
function indentOf(text: string, start: number): number {
  let at = start
  while (text[at] === ' ' || text[at] === '\t') at += 1
  return at >= text.length || text[at] === '\n' || text[at] === '\r' ? Number.MAX_SAFE_INTEGER : at - start
}

function linesAround(
  text: string,
  starts: readonly number[],
  focus: number,
): { start: number; lines: string[] } | undefined {
  const from = Math.max(0, focus - CONTEXT_LINES)
  const lines: string[] = []
  for (let number = from; number <= focus + CONTEXT_LINES; number += 1) {
    const start = starts[number]
    if (start === undefined) break
    const end = (starts[number + 1] ?? text.length + 1) - 1
    lines.push(text.slice(start, Math.min(end, start + LONGEST_LINE + 1)).replace(/\r$/, ''))
  }
  while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop()
  return focus < 0 || lines.length <= focus - from ? undefined : { start: from, lines }
}

/**
 * The same lines in memory of their own: V8 keeps the whole of a text alive for each part that is cut out of it, and a
 * finding would hold the whole object.
 */
function detached(lines: readonly string[]): string[] {
  return lines.join('\n').split('\n')
}

/** A secret as files may write it: whole, line by line, and with JSON's escapes. */
function formsOf(secret: string): string[] {
  const whole = [secret, JSON.stringify(secret).slice(1, -1)]
  const lines = secret.split(/\r?\n/).map((line) => line.trim())
  return [...new Set([...whole, ...lines])]
    .filter((form) => form.length > 1)
    .sort((a, b) => b.length - a.length)
}

function hideValues(line: string, hidden: readonly string[]): string {
  const trimmed = line.trim()
  for (const form of hidden) {
    // A line of a folded text is a part of the value, not the whole of it.
    if (trimmed.length >= 6 && form.includes(trimmed)) return line.replace(trimmed, MASK)
    if (form.length >= 4 && line.includes(form)) line = line.replaceAll(form, MASK)
    else if (valueOf(line) === form) line = line.slice(0, line.lastIndexOf(form)) + MASK
  }
  return line
}

function valueOf(line: string): string | undefined {
  return /^[^:]*:\s+["']?(.*?)["']?,?\s*$/.exec(line)?.[1]
}

/** Keys of `docker inspect` whose texts are settings. */
const SHOWN_OF_DOCKER =
  /^(?:Id|Name|Image|Status|User|Type|Source|Destination|Propagation|Driver|Scope|Runtime|(?:Network|Ipc|Pid|UTS|Userns|Cgroupns)Mode|AppArmorProfile|HostIp|HostPort|PathOnHost|PathInContainer|CgroupPermissions|LocalNodeState)$/

/** Lines of `docker inspect`: variables, labels and commands stand in it as texts of any form, so that few are shown. */
function plainInspectLine(line: string): string {
  const match = /^(\s*)(?:"([\w./-]+)":\s*)?(.*?)(,?)\s*$/.exec(line)
  const [, indent = '', key, value = '', comma = ''] = match ?? []
  const plain = /^(?:[[\]{}]*|true|false|null|-?\d{1,20})$/.test(value)
  if (match === null || plain || (key !== undefined && SHOWN_OF_DOCKER.test(key))) return maskLine(line)
  return `${indent}${key === undefined ? '' : `"${key}": `}${MASK}${comma}`
}

const SHOWN_KEYS = new Set(['apiVersion', 'kind', 'name', 'namespace', 'type', 'immutable'])

/** Lines of a Secret: only the keys that name it keep their values. */
function maskAllValues(line: string): string {
  const match = /^(\s*(?:- )?["']?)([\w./-]+)(["']?\s*:\s*)(\S.*)?$/.exec(line)
  if (match === null) return /^\s*[[\]{}]*,?\s*$|^---/.test(line) ? line : MASK
  const [, before = '', key = '', colon = '', value] = match
  if (value === undefined || /^[[{]?$/.test(value) || SHOWN_KEYS.has(key)) return line
  return before + key + colon + MASK
}
