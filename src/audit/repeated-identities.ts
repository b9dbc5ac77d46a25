import { identityOf, type Estate } from '../model/index.js'

/** Identities that objects of more than one file share (overlays, two clusters): their findings name the file. */
export function repeatedIdentities(estate: Estate): ReadonlySet<string> {
  const firstFile = new Map<string, string>()
  const repeated = new Set<string>()
  for (const { ref, slice } of estate.objects) {
    const identity = identityOf(ref)
    const file = firstFile.get(identity)
    if (file === undefined) firstFile.set(identity, slice.file)
    else if (file !== slice.file) repeated.add(identity)
  }
  return repeated
}
