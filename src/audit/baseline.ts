import {
  asList,
  asString,
  compareText,
  field,
  isObject,
  RampartError,
  SEVERITIES,
  targetText,
  type AuditResult,
  type BaselineEntry,
  type Finding,
  type Severity,
} from '../model/index.js'

/** The form of the file; changes only when a field is taken away or changes its meaning. */
export const BASELINE_FORMAT = 'rampart.baseline/v1'

/** An open question that a baseline knows. */
export type KnownQuestion = Pick<BaselineEntry, 'check' | 'target' | 'fingerprint'>

/** What was known at one time: places of failures, and open questions. */
export interface Baseline {
  /** What was read then: with other inputs, absence says nothing. */
  readonly inputs: readonly { readonly kind: string; readonly name: string }[]
  readonly known: readonly BaselineEntry[]
  readonly unknown: readonly KnownQuestion[]
}

/** The baseline that makes every failure and open question of this result a known one. */
export function baselineOf(result: AuditResult): Baseline {
  const known = new Map<string, BaselineEntry>()
  for (const finding of result.findings)
    for (const entry of entriesOf(finding)) known.set(entry.fingerprint, entry)
  const unknown = new Map(
    result.unknowns.map(({ check, target, fingerprint }) => [
      fingerprint,
      { check, target: targetText(target), fingerprint },
    ]),
  )
  return {
    inputs: result.sources
      .map(({ kind, name }) => ({ kind, name }))
      .sort((a, b) => compareText(a.kind, b.kind) || compareText(a.name, b.name)),
    known: [...known.values()].sort(byPlace),
    unknown: [...unknown.values()].sort(byPlace),
  }
}

function entriesOf({ check, severity, target, evidence, fingerprint }: Finding): BaselineEntry[] {
  const base = { check, severity, target: targetText(target) }
  if (evidence.length === 0) return [{ ...base, place: '', fingerprint }]
  return evidence.map((item) => ({
    ...base,
    place: item.key,
    fingerprint: item.fingerprint ?? fingerprint,
  }))
}

function byPlace(a: KnownQuestion & { place?: string }, b: KnownQuestion & { place?: string }): number {
  return (
    compareText(a.check, b.check) ||
    compareText(a.target, b.target) ||
    compareText(a.place ?? '', b.place ?? '') ||
    compareText(a.fingerprint, b.fingerprint)
  )
}

/** A baseline as the text of its file: one line an entry, in order, so that changes of it are read line by line. */
export function baselineText({ inputs, known, unknown }: Baseline): string {
  const list = (name: string, items: readonly object[]): string =>
    items.length === 0
      ? `  "${name}": []`
      : `  "${name}": [\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`
  const parts = [
    list('inputs', inputs),
    list(
      'known',
      known.map(({ check, severity, target, place, fingerprint }) => ({
        check,
        severity,
        target,
        place,
        fingerprint,
      })),
    ),
    list(
      'unknown',
      unknown.map(({ check, target, fingerprint }) => ({ check, target, fingerprint })),
    ),
  ]
  return `{\n  "format": "${BASELINE_FORMAT}",\n${parts.join(',\n')}\n}\n`
}

/** Reads the text of a baseline file. Throws RampartError, naming the file and the member, on anything else. */
export function readBaseline(text: string, file: string): Baseline {
  const refuse = (what: string): never => {
    throw new RampartError(
      'usage',
      `${file} is no baseline: ${what} (\`rampart baseline update\` writes one)`,
    )
  }
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    return refuse((error as Error).message)
  }
  if (!isObject(content)) return refuse('it is no JSON object')
  if (content['format'] !== BASELINE_FORMAT) return refuse(`\`format\` is not ${BASELINE_FORMAT}`)
  const read = <T>(list: string, one: (item: unknown) => T | undefined): T[] => {
    if (!Array.isArray(content[list])) return refuse(`\`${list}\` is no list`)
    return asList(content[list]).map(
      (item, index) => one(item) ?? refuse(`\`${list}[${index}]\` is incomplete`),
    )
  }
  return {
    inputs: read('inputs', (item) => texts(item, ['kind', 'name'])),
    known: read('known', (item) => {
      const entry = texts(item, ['check', 'target', 'place', 'fingerprint'])
      const severity = SEVERITIES.find((each) => each === field(item, 'severity'))
      return entry === undefined || severity === undefined
        ? undefined
        : { ...entry, severity: severity satisfies Severity }
    }),
    unknown: read('unknown', (item) => texts(item, ['check', 'target', 'fingerprint'])),
  }
}

function texts<Name extends string>(item: unknown, names: readonly Name[]): Record<Name, string> | undefined {
  const entries = names.map((name) => [name, asString(field(item, name))] as const)
  return entries.every(([, text]) => text !== undefined)
    ? (Object.fromEntries(entries) as Record<Name, string>)
    : undefined
}

/** What came into a baseline and what left it. */
export function compareBaselines(
  before: Baseline | undefined,
  after: Baseline,
): { readonly added: readonly BaselineEntry[]; readonly removed: readonly BaselineEntry[] } {
  const old = new Set(before?.known.map(({ fingerprint }) => fingerprint))
  const now = new Set(after.known.map(({ fingerprint }) => fingerprint))
  return {
    added: after.known.filter(({ fingerprint }) => !old.has(fingerprint)),
    removed: (before?.known ?? []).filter(({ fingerprint }) => !now.has(fingerprint)),
  }
}

/** A baseline in use: says what is known, and remembers what of it was seen again. */
export class KnownPlaces {
  readonly #known: ReadonlySet<string>
  readonly #seen = new Set<string>()

  constructor(readonly baseline: Baseline | undefined) {
    this.#known = new Set(
      [...(baseline?.known ?? []), ...(baseline?.unknown ?? [])].map(({ fingerprint }) => fingerprint),
    )
  }

  /** Whether a place or question is known; it counts as seen from now on. */
  has(fingerprint: string): boolean {
    const known = this.#known.has(fingerprint)
    if (known) this.#seen.add(fingerprint)
    return known
  }

  /** Places that were known and not seen. */
  missing(): readonly BaselineEntry[] {
    return (this.baseline?.known ?? []).filter(({ fingerprint }) => !this.#seen.has(fingerprint))
  }
}
