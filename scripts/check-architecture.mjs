// npm run check:architecture: the rules of .dependency-cruiser.mjs over src/; exit 1 on a violation, or when the gate
// itself cannot be believed.
import { architecture } from '../.dependency-cruiser.mjs'
import { cruiseProject } from './architecture/cruise.mjs'
import { projectRoot } from './project-root.mjs'

const { modules, violations, faults } = await cruiseProject(projectRoot)
const comments = new Map(architecture(projectRoot).forbidden.map(({ name, comment }) => [name, comment]))
for (const name of new Set(violations.map(({ rule }) => rule))) {
  console.error(`${name}: ${comments.get(name)}`)
  for (const { rule, from, to } of violations) {
    if (rule === name) console.error(from === to ? `  ${from}` : `  ${from} -> ${to}`)
  }
}
for (const fault of faults) console.error(`the gate is wrong: ${fault}`)
console.log(`${modules} modules, ${violations.length} violations`)
process.exitCode = violations.length + faults.length === 0 ? 0 : 1
