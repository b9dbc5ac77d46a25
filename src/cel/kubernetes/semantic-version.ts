import { globalOverload, memberOverload, type CelFunction } from '../functions.js'
import { BOOL, INT, opaque, STRING } from '../types.js'
import { CelError, CelOpaque, type CelResult } from '../values.js'

/** A semantic version; what follows a plus does not count for order or equality. */
export class SemanticVersion extends CelOpaque {
  readonly typeName = 'kubernetes.Semver'

  constructor(
    readonly numbers: readonly [bigint, bigint, bigint],
    readonly prerelease: readonly (bigint | string)[],
  ) {
    super()
  }

  equals(other: CelOpaque): boolean {
    return other instanceof SemanticVersion && compare(this, other) === 0
  }
}

const NUMBER = /^(?:0|[1-9]\d*)$/
const LARGEST = 0xffff_ffff_ffff_ffffn

/** Source: blang/semver v4, Parse. */
export function parseSemanticVersion(text: string): SemanticVersion | undefined {
  const found = /^([^.]*)\.([^.]*)\.([^-+]*)(?:-([^+]*))?(?:\+(.*))?$/s.exec(text)
  if (found === null) return undefined
  const [, major = '', minor = '', patch = '', prerelease, build] = found
  const numbers = [major, minor, patch]
  if (!numbers.every((part) => NUMBER.test(part) && BigInt(part) <= LARGEST)) return undefined
  const before = prerelease?.split('.') ?? []
  if (![...before, ...(build?.split('.') ?? [])].every((part) => /^[0-9A-Za-z-]+$/.test(part)))
    return undefined
  if (before.some((part) => /^0\d+$/.test(part))) return undefined
  if (before.some((part) => /^\d+$/.test(part) && BigInt(part) > LARGEST)) return undefined
  const parts = before.map((part) => (/^\d+$/.test(part) ? BigInt(part) : part))
  return new SemanticVersion(numbers.map(BigInt) as [bigint, bigint, bigint], parts)
}

/** A leading v, leading zeros and missing parts are mended first. Source: semverlib.go, normalizeAndParse. */
function normalized(text: string): string | undefined {
  const plain = text.startsWith('v') ? text.slice(1) : text
  const [first = '', second, ...rest] = plain.split('.')
  const parts = [
    first,
    ...(second === undefined ? [] : [second]),
    ...(rest.length === 0 ? [] : [rest.join('.')]),
  ].map((part) => {
    if (part.length <= 1) return part
    const stripped = part.replace(/^0+/, '')
    return /^\d/.test(stripped) ? stripped : `0${stripped}`
  })
  if (parts.length < 3 && /[+-]/.test(parts.at(-1) ?? '')) return undefined
  while (parts.length < 3) parts.push('0')
  return parts.join('.')
}

function parse(text: string, normalize: boolean): SemanticVersion | undefined {
  const plain = normalize ? normalized(text) : text
  return plain === undefined ? undefined : parseSemanticVersion(plain)
}

function compare(a: SemanticVersion, b: SemanticVersion): number {
  for (const [index, number] of a.numbers.entries()) {
    const other = b.numbers[index] ?? 0n
    if (number !== other) return number < other ? -1 : 1
  }
  if (a.prerelease.length === 0 || b.prerelease.length === 0)
    return Math.sign(b.prerelease.length - a.prerelease.length)
  for (const [index, part] of a.prerelease.entries()) {
    const other = b.prerelease[index]
    if (other === undefined) return 1
    if (part === other) continue
    // Numbers come before texts.
    if (typeof part !== typeof other) return typeof part === 'bigint' ? -1 : 1
    return part < other ? -1 : 1
  }
  return Math.sign(a.prerelease.length - b.prerelease.length)
}

const SEMVER = opaque('kubernetes.Semver')
const v = (value: unknown): SemanticVersion => value as SemanticVersion
const fromText = (text: unknown, normalize: boolean): CelResult =>
  parse(text as string, normalize) ?? new CelError(`invalid semantic version "${text as string}"`)

/** Source: kubernetes v1.36.2 apiserver pkg/cel/library/semverlib.go. */
export const SEMANTIC_VERSIONS: readonly CelFunction[] = [
  {
    name: 'semver',
    overloads: [
      globalOverload('string_to_semver', [STRING], SEMVER, (text) => fromText(text, false)),
      globalOverload('string_bool_to_semver', [STRING, BOOL], SEMVER, (text, normalize) =>
        fromText(text, normalize === true),
      ),
    ],
  },
  {
    name: 'isSemver',
    overloads: [
      globalOverload(
        'is_semver_string',
        [STRING],
        BOOL,
        (text) => parse(text as string, false) !== undefined,
      ),
      globalOverload(
        'is_semver_string_bool',
        [STRING, BOOL],
        BOOL,
        (text, normalize) => parse(text as string, normalize === true) !== undefined,
      ),
    ],
  },
  {
    name: 'isGreaterThan',
    overloads: [
      memberOverload('semver_is_greater_than', [SEMVER, SEMVER], BOOL, (a, b) => compare(v(a), v(b)) > 0),
    ],
  },
  {
    name: 'isLessThan',
    overloads: [
      memberOverload('semver_is_less_than', [SEMVER, SEMVER], BOOL, (a, b) => compare(v(a), v(b)) < 0),
    ],
  },
  {
    name: 'compareTo',
    overloads: [
      memberOverload('semver_compare_to', [SEMVER, SEMVER], INT, (a, b) => BigInt(compare(v(a), v(b)))),
    ],
  },
  ...(['major', 'minor', 'patch'] as const).map((name, index): CelFunction => ({
    name,
    overloads: [
      memberOverload(`semver_${name}`, [SEMVER], INT, (version) =>
        BigInt.asIntN(64, v(version).numbers[index] ?? 0n),
      ),
    ],
  })),
]
