import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import path from 'node:path'

/** A tree's files by path: what they are, with bytes, mode and owner. */
export type Tree = ReadonlyMap<string, string>

/** Everything below a folder. */
export function treeOf(root: string, folder = root, tree = new Map<string, string>()): Tree {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name)
    const { mode, uid, gid } = lstatSync(place)
    const access = `${mode.toString(8)} ${uid}:${gid}`
    if (entry.isDirectory()) {
      tree.set(path.relative(root, place), `folder ${access}`)
      treeOf(root, place, tree)
    } else if (entry.isSymbolicLink()) tree.set(path.relative(root, place), `link ${readlinkSync(place)}`)
    else {
      const sum = createHash('sha256').update(readFileSync(place)).digest('hex')
      tree.set(path.relative(root, place), `${sum} ${access}`)
    }
  }
  return tree
}

/** What is not as it is wanted, a line each. */
export function differences(now: Tree, wanted: Tree): string[] {
  const names = new Set([...now.keys(), ...wanted.keys()])
  return [...names].flatMap((name) =>
    now.get(name) === wanted.get(name)
      ? []
      : [`${name} is ${now.get(name) ?? 'gone'}, not ${wanted.get(name) ?? 'gone'}`],
  )
}
