import { REDACTED } from '../model/index.js'
import { isSecretKey, SECRET_SHAPES } from './mask.js'

/** Values behind a secret-named key that are switches, numbers, paths or references, and stay. */
const HARMLESS =
  /^(?:true|false|yes|no|on|off|null|~|-?\d{1,9}|(?:\/[\w.@-]+){2,40}|\$\{?\w+\}?|\$\(\w+\)|\[redacted\])$/i

/** YAML `key: value` or JSON `"key": "value"`; the parts are: before, key, between, value. */
const PAIR =
  /((?:^|[\s{,[])["']?)([A-Za-z_][\w./-]{0,150})(["']?\s{0,20}[:=](?:\s{1,20}|(?=["'])))("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s{}[\]&*#|>,"'][^#,}\]\n]*)/g

/** `KEY=value`, `--flag=value`, `-e KEY="value"` in units, environment and argument files. */
const ASSIGNMENT = /((?:^|[\s"'])(?:--?)?)([A-Za-z_][\w.-]{0,150})(=)("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"']+)/g

/** `--flag value` on one line, also as members of a list. */
const FLAG_AND_WORD =
  /((?:^|[\s"'[,])--?)([A-Za-z_][\w.-]{0,150})(\s{1,20}|["']?\s{0,20},\s{0,20}["']?)([^\s"',\]-][^\s"',\]]*)/g

/** Longer lines are none of those below, which are slow on long runs of blanks. */
const LONGEST_PLAIN = 1000

const KEY_BEGIN = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/g

/** `key: |`, `- key: >-`: its value is what stands below it, further in. */
const OPENS_BLOCK = /^(\s*(?:#\s*)?(?:-\s+)*)["']?([\w./-]{1,150})["']?\s*:\s*(?:[|>][-+\d]*)?\s*(?:#.*)?$/

/** A list member that is a flag alone; its value is the next member. */
const LONE_FLAG = /^\s*(?:-\s+)?["']?--?([A-Za-z_][\w.-]{0,150})["']?\s*,?\s*$/
const LIST_MEMBER = /^(\s*(?:-\s+["']?|["']))([^\s"'-][^"']*?)(["']?\s*,?\s*)$/

/**
 * Takes secrets out of a host's text before anything else sees it: values of keys, variables and flags named like
 * secrets, private keys in PEM, tokens in URLs. Lines keep their number, and the text stays the document that it was.
 */
export function redactHostText(text: string): string {
  const redactor = new Redactor()
  return text
    .split('\n')
    .map((line) => redactor.line(line))
    .join('\n')
}

/**
 * Takes secrets out of a command line: values of flags named like secrets, in the same argument or the next one.
 */
export function redactArguments(args: readonly string[]): string[] {
  return args.map((argument, index) => {
    const joined = /^(--?[\w.-]{1,150}=)(.*)$/s.exec(argument)
    if (joined !== null) {
      const [, flag = '', value = ''] = joined
      return isSecretKey(flag.replace(/^-+|=$/g, ''))
        ? `${flag}${redactValue(value)}`
        : withoutShapes(argument)
    }
    const before = args[index - 1] ?? ''
    const named = /^--?[\w.-]{1,150}$/.test(before) && isSecretKey(before.replace(/^-+/, ''))
    return named && !argument.startsWith('-') ? redactValue(argument) : withoutShapes(argument)
  })
}

class Redactor {
  private inKey = false
  /** Indentation of the key whose block of text is being taken out. */
  private block: number | undefined
  /** The last `name:` was that of a secret: the `value:` that follows is one. */
  private namedSecret = false
  /** The line before was a secret's flag alone. */
  private flagBefore = false

  line(line: string): string {
    if (this.inKey) return this.keyLine(line)
    const indent = line.length - line.trimStart().length
    if (this.block !== undefined) {
      if (line.trim() === '' || indent > this.block)
        return line.trim() === '' ? line : this.blank(line, indent)
      this.block = undefined
    }
    return this.values(line.includes('PRIVATE KEY-----') ? this.withoutKeys(line) : line, indent)
  }

  private blank(line: string, indent: number): string {
    return line.slice(0, indent) + REDACTED + (line.endsWith('\r') ? '\r' : '')
  }

  /** Keys inside of a line, and the begin of one that goes on below. */
  private withoutKeys(line: string): string {
    let kept = ''
    for (let at = 0; ;) {
      const begin = endOf(KEY_BEGIN, line, at)
      if (begin < 0) return kept + line.slice(at)
      kept += line.slice(at, begin)
      const end = line.indexOf('-----END ', begin)
      this.inKey = end < 0
      if (end < 0) return kept + (line.endsWith('\r') ? '\r' : '')
      if (end > begin) kept += REDACTED
      at = end
    }
  }

  private keyLine(line: string): string {
    const end = line.indexOf('-----END ')
    if (end >= 0) {
      this.inKey = false
      const rest = this.line(line.slice(end))
      return end === 0 || line.slice(0, end).trim() === '' ? line.slice(0, end) + rest : REDACTED + rest
    }
    return this.blank(line, line.length - line.trimStart().length)
  }

  private values(line: string, indent: number): string {
    const long = line.length > LONGEST_PLAIN
    if (long && this.flagBefore) {
      this.flagBefore = false
      return this.blank(line, 0)
    }
    const member = this.flagBefore ? LIST_MEMBER.exec(line) : null
    if (member !== null && !/:\s/.test(member[2] ?? '')) {
      this.flagBefore = false
      return `${member[1]}${redactValue(member[2] ?? '')}${member[3]}`
    }
    // Comments may hold yesterday's token, so they are treated like the rest.
    const opens = long ? null : OPENS_BLOCK.exec(line)
    if (opens !== null && isSecretKey(opens[2] ?? '') && /[|>]/.test(line)) {
      this.block = Math.max(indent, (opens[1] ?? '').length - 1)
      return line
    }
    const replace = (whole: string, before: string, key: string, between: string, value: string): string =>
      isSecretKey(key) || (this.namedSecret && key === 'value')
        ? `${before}${key}${between}${redactKeyed(value, between)}`
        : whole
    const redacted = withoutShapes(assignments(line.replace(PAIR, replace)).replace(FLAG_AND_WORD, replace))
    const flag = long ? undefined : LONE_FLAG.exec(line)?.[1]
    this.flagBefore = flag !== undefined && isSecretKey(flag)
    const name = /\bname["']?\s{0,5}:\s{0,5}["']?([\w.-]{1,150})/.exec(line)?.[1]
    if (name !== undefined) this.namedSecret = isSecretKey(name)
    return redacted
  }
}

/** `ARGS="--token=x"`: what stands behind a harmless name may be assignments again. */
function assignments(text: string, depth = 0): string {
  return text.replace(ASSIGNMENT, (_whole, before: string, key: string, equals: string, value: string) => {
    if (isSecretKey(key)) return `${before}${key}${equals}${redactKeyed(value, equals)}`
    if (depth > 5) return `${before}${key}${equals}${REDACTED}`
    const quote = /^["']/.exec(value)?.[0] ?? ''
    const inner = assignments(quote === '' ? value : value.slice(1, -1), depth + 1)
    return `${before}${key}${equals}${quote}${inner}${quote}`
  })
}

function redactKeyed(value: string, between: string): string {
  const quote = /^["']/.exec(value)?.[0]
  const end = quote === undefined ? (/\s*$/.exec(value)?.[0] ?? '') : ''
  const plain = quote === undefined ? value.trimEnd() : value.slice(1, -1)
  if (plain === '' || HARMLESS.test(plain)) return value
  if (quote !== undefined) return `${quote}${REDACTED}${quote}`
  // Unquoted in YAML, the brackets would be a list.
  return between.includes(':') ? `"${REDACTED}"${end}` : `${REDACTED}${end}`
}

function redactValue(value: string): string {
  return value === '' || HARMLESS.test(value) ? value : REDACTED
}

function withoutShapes(text: string): string {
  return SECRET_SHAPES.reduce((redacted, shape) => redacted.replace(shape, REDACTED), text)
}

/** The offset behind the next match, or -1. */
function endOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return pattern.exec(text) === null ? -1 : pattern.lastIndex
}
