// What a command prints, inside the documents that show it:
//   <!-- example: rampart audit examples/estate -->  ...  <!-- /example -->
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

/** A plan knows the absolute folder of its host, and its id is made of all that it knows. */
const PLAN_ID = /^plan [0-9a-f]{16}:/gm
/** Variables that change what a command says, and are of the machine that the documents are made on. */
const OF_THIS_MACHINE = /^(?:DOCKER|RAMPART)_/

const EXAMPLE = /<!-- example: rampart (.*?) -->\n[^]*?<!-- \/example -->/g

/** README.md and docs/*.md with the output of their examples: a map from path to text. Builds first where there is one. */
export function documentsWithExamples(root) {
  const documents = ['README.md', ...markdownIn(root, 'docs')]
    .filter((file) => existsSync(path.join(root, file)))
    .map((file) => [file, readFileSync(path.join(root, file), 'utf8')])
    .filter(([, text]) => text.search(EXAMPLE) !== -1)
  if (documents.length > 0) run(root, ['scripts/build.mjs'], { name: 'the build', answers: [0] })
  return new Map(documents.map(([file, text]) => [file, withOutputs(root, file, text)]))
}

function markdownIn(root, folder) {
  const full = path.join(root, folder)
  if (!existsSync(full)) return []
  return readdirSync(full)
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`)
}

function withOutputs(root, file, text) {
  return text.replace(EXAMPLE, (_, command) => {
    const output = run(root, ['dist/cli.js', ...command.split(' ')], {
      name: `${file}: rampart ${command}`,
      // 1 is the answer "there are findings", and no failure.
      answers: [0, 1],
    })
    const shown = output.replace(PLAN_ID, 'plan 91ad2c6f37f89a7b:')
    const block = `\`\`\`text\n$ rampart ${command}\n${shown.trimEnd()}\n\`\`\``
    return `<!-- example: rampart ${command} -->\n\n${block}\n\n<!-- /example -->`
  })
}

/** Standard output in 80 columns without colour. */
function run(root, args, { name, answers }) {
  const own = Object.entries(process.env).filter(([name]) => !OF_THIS_MACHINE.test(name))
  const env = { ...Object.fromEntries(own), NO_COLOR: '1', FORCE_COLOR: '', COLUMNS: '80' }
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' })
  if (!answers.includes(status)) throw new Error(`${name} ended with ${status}: ${stderr.trim()}`)
  return stdout
}
