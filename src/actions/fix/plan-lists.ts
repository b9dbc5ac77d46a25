/** Flags whose list only ever gains or loses single names, so that an absent one is an empty list. */
const ADDITIVE: ReadonlySet<string> = new Set([
  '--enable-admission-plugins',
  '--disable-admission-plugins',
  '--feature-gates',
])

/**
 * One list out of what several changes want it to be: what each adds to the present one is added, what each takes out is
 * taken out. Undefined where that is no answer: two changes that replace the list, or lists without a present one.
 */
export function mergeLists(
  flag: string | undefined,
  present: readonly string[] | undefined,
  wanted: readonly (readonly string[])[],
): string[] | undefined {
  const additive = flag !== undefined && ADDITIVE.has(flag)
  if (present === undefined && !additive) return undefined
  const base = present ?? []
  const taken = new Set<string>()
  const added = new Set<string>()
  for (const list of wanted) {
    const gone = base.filter((item) => !list.includes(item))
    if (!additive && base.length > 0 && gone.length === base.length) return undefined
    for (const item of gone) taken.add(item)
    for (const item of list) if (!base.includes(item)) added.add(item)
  }
  return [...base.filter((item) => !taken.has(item)), ...added]
}
