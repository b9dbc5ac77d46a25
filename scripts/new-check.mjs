// npm run new-check AREA ID: a check, its test with four rows that fail until they are written, and what is generated.
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { format, resolveConfig } from 'prettier'
import { constantOf, findChecks } from './generate/find-checks.mjs'
import { checkSource, testSource } from './new-check/templates.mjs'
import { projectRoot } from './project-root.mjs'
import { run } from './run-command.mjs'

const checksFolder = path.join(projectRoot, 'src', 'checks')

try {
  const [area, id, ...rest] = process.argv.slice(2)
  if (area === undefined || id === undefined || rest.length > 0) {
    throw new Error('name an area and an id: npm run new-check kubelet kubelet-some-setting')
  }
  refuseWrongNames(area, id)
  const base = path.join('src', 'checks', area, id)
  await write(`${base}.ts`, checkSource(id, constantOf(id), area))
  await write(`${base}.test.ts`, testSource(id, constantOf(id)))
  process.exitCode = run(process.execPath, ['scripts/generate.mjs'])
  console.log(`\nWritten: ${base}.ts and ${base}.test.ts. Next:`)
  console.log(`  1. write the check; every TODO is a sentence that users read`)
  console.log(`  2. npx vitest run ${base}   until its four rows are green`)
  console.log(`  3. npm run generate          writes docs/checks/${id}.md from the check`)
} catch (error) {
  console.error(`new-check: ${error.message}`)
  process.exitCode = 2
}

async function write(file, text) {
  const full = path.join(projectRoot, file)
  const options = await resolveConfig(full)
  writeFileSync(full, await format(text, { ...options, parser: 'typescript' }), { flag: 'wx' })
}

function refuseWrongNames(area, id) {
  const areas = readdirSync(checksFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  if (!areas.includes(area)) {
    throw new Error(`\`${area}\` is no area of src/checks; there are: ${areas.sort().join(', ')}`)
  }
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id)) {
    throw new Error(
      `\`${id}\` is no id: two or more words in lower case joined by -, as in kubelet-anonymous-auth`,
    )
  }
  const known = findChecks(projectRoot).find((check) => check.id === id)
  if (known || existsSync(path.join(checksFolder, area, `${id}.ts`))) {
    throw new Error(`\`${id}\` exists already: ${known?.file ?? `src/checks/${area}/${id}.ts`}`)
  }
}
