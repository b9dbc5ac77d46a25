import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'

/** All files under the given files and folders, relative to root, in a stable order. */
export function filesUnder(root, names) {
  return names.flatMap((name) => {
    const full = path.join(root, name)
    if (!existsSync(full)) return []
    if (!statSync(full).isDirectory()) return [name]
    const entries = readdirSync(full).sort()
    return filesUnder(
      root,
      entries.map((entry) => path.posix.join(name, entry)),
    )
  })
}

/** One hash of everything that the build is made from. Contents, not dates: a checkout changes dates alone. */
export function fingerprint(root, names) {
  const hash = createHash('sha256').update(process.versions.node)
  for (const file of filesUnder(root, names)) {
    if (file.endsWith('.test.ts')) continue
    const bytes = readFileSync(path.join(root, file))
    hash.update(`\0${file}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}
