// Which files are checks: src/checks/<area>/<id>.ts that exports a const named as the id in camel case.
// Other files of an area (examples, parts that several checks use) export no such const.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

/** `kubelet-anonymous-auth` -> `kubeletAnonymousAuth`. */
export function constantOf(id) {
  return id.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase())
}

/** Every check under `root`, by id: `{id, area, constant, file}`, file relative to root with slashes. Throws on an id used twice. */
export function findChecks(root) {
  const folder = path.join(root, 'src', 'checks')
  const areas = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []
  const checks = areas
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => checksOfArea(root, entry.name))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  for (const [index, check] of checks.entries()) {
    if (checks[index + 1]?.id === check.id) {
      throw new Error(`two checks have the id ${check.id}: ${check.file} and ${checks[index + 1].file}`)
    }
  }
  return checks
}

function checksOfArea(root, area) {
  const names = readdirSync(path.join(root, 'src', 'checks', area))
  return names
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => {
      const id = name.slice(0, -'.ts'.length)
      return { id, area, constant: constantOf(id), file: `src/checks/${area}/${name}` }
    })
    .filter(({ file, constant }) => exportsConstant(path.join(root, file), constant))
}

function exportsConstant(file, constant) {
  return new RegExp(`^export const ${constant}\\b`, 'm').test(readFileSync(file, 'utf8'))
}
