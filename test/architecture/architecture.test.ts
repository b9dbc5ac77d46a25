import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
// @ts-expect-error: a plain script, typed by its use here
import { architecture } from '../../.dependency-cruiser.mjs'
// @ts-expect-error: a plain script, typed by its use here
import { cruiseProject } from '../../scripts/architecture/cruise.mjs'
import { copyProject, emptyFolder } from '../kit/copy-project.js'

interface Violation {
  readonly rule: string
  readonly from: string
  readonly to: string
}
interface Outcome {
  readonly modules: number
  readonly violations: readonly Violation[]
  readonly faults: readonly string[]
}
interface Rule {
  readonly name: string
  readonly comment: string
  readonly from: { readonly path?: string | readonly string[] }
}

const root = path.resolve(import.meta.dirname, '../..')
const cruise = cruiseProject as (root: string, rules?: unknown) => Promise<Outcome>
const rulesAt = architecture as (root: string) => { readonly forbidden: readonly Rule[] }

const PLANT = 'planted-violation.ts'

/** For each rule, files that break it: path -> text. The first one is where the violation must be seen. */
const PLANTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'only-through-the-door': {
    [`src/effective/${PLANT}`]: `export { asString } from '../model/json.js'`,
  },
  'no-check-imports-a-check': {
    [`src/checks/kubelet/${PLANT}`]: `export { kubeletMaxPods } from './kubelet-max-pods.js'`,
  },
  'no-source-imports-a-source': {
    [`src/sources/planted-one/${PLANT}`]: `export { two } from '../planted-two/index.js'`,
    'src/sources/planted-two/index.ts': `export const two = 2`,
  },
  'source-only-through-its-door': {
    [`src/sources/${PLANT}`]: `export { inside } from './planted-three/inside.js'`,
    'src/sources/planted-three/inside.ts': `export const inside = 3`,
  },
  'no-input-output-in-the-core': {
    [`src/kube/${PLANT}`]: `export { readFileSync } from 'node:fs'`,
  },
  'commands-load-what-they-run': {
    [`src/cli/commands/${PLANT}`]: `export { checks } from '../../checks/index.js'`,
  },
  'plans-touch-nothing': {
    'src/actions/edit/planted-plan.ts': `export { readFileSync } from 'node:fs'`,
  },
  'nothing-imports-tests': {
    [`src/audit/${PLANT}`]: `export { planted } from '../../test/planted.js'`,
    'test/planted.ts': `export const planted = true`,
  },
  'nothing-imports-the-cli': {
    'src/sources/planted-cli.ts': `export { EXIT } from '../cli/exit-code.js'`,
  },
  'no-cycles': {
    [`src/text/${PLANT}`]: `import { b } from './planted-cycle.js'\nexport const a = (): unknown => b`,
    'src/text/planted-cycle.ts': `import { a } from './planted-violation.js'\nexport const b = (): unknown => a`,
  },
  'no-orphans': { [`src/reports/${PLANT}`]: `export const alone = 1` },
  'everything-is-reachable': {
    'src/reports/planted-unreached.ts': `export { renderJson } from './render-json.js'`,
  },
  'every-import-resolves': {
    'src/cli/planted-unresolved.ts': `export { nothing } from './not-there.js'`,
  },
  'development-tools-stay-outside': { 'src/cli/planted-tool.ts': `export { describe } from 'vitest'` },
  'licences-that-may-ship': {
    'src/cli/planted-licence.ts': `export { one } from 'planted-unlicensed'`,
    'node_modules/planted-unlicensed/package.json': JSON.stringify({
      name: 'planted-unlicensed',
      version: '1.0.0',
      license: 'UNLICENSED',
      type: 'module',
      exports: './index.js',
    }),
    'node_modules/planted-unlicensed/index.js': `export const one = 1`,
  },
}

/** A layer breaks its rule when it imports the command line, which is above all. */
function plantedFor(rule: Rule): Readonly<Record<string, string>> | undefined {
  const layer = /^([a-z-]+)-imports$/.exec(rule.name)?.[1]
  if (layer === undefined) return PLANTED[rule.name]
  return { [`src/${layer}/planted-layer.ts`]: `export { EXIT } from '../cli/exit-code.js'` }
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    writeFileSync(path.join(folder, file), text)
  }
}

const rules = rulesAt(root).forbidden

describe('the architecture gate', () => {
  let copy: string
  let outcome: Outcome

  beforeAll(async () => {
    copy = copyProject('architecture')
    for (const rule of rules) write(copy, plantedFor(rule) ?? {})
    outcome = await cruise(copy)
  }, 120_000)
  afterAll(() => rmSync(copy, { recursive: true, force: true }))

  it('has a planted violation for every rule, and none for a rule that is gone', () => {
    const named = rules.map(({ name }) => name)
    expect(rules.filter((rule) => plantedFor(rule) === undefined).map(({ name }) => name)).toEqual([])
    expect(Object.keys(PLANTED).filter((name) => !named.includes(name))).toEqual([])
  })

  it.each(rules.map((rule) => [rule.name, rule] as const))('catches a violation of %s', (name, rule) => {
    const [from] = Object.keys(plantedFor(rule) ?? {})
    const seen = outcome.violations.filter((violation) => violation.rule === name)
    // A file that nothing reaches is the `to` of its violation.
    expect(seen.flatMap((violation) => [violation.from, violation.to])).toContain(from)
  })

  it.each(rules.map((rule) => [rule.name, rule] as const))('says what to do about %s', (_name, rule) => {
    expect(rule.comment.length).toBeGreaterThan(40)
  })
})

describe('the gate doubts itself', () => {
  it('when it sees no module', async () => {
    const folder = emptyFolder('architecture')
    try {
      write(folder, {
        'tsconfig.json': '{"files":["../../tsconfig.json"]}',
        'package.json': '{}',
        'src/notes.md': 'no module here',
      })
      expect(
        (await cruise(folder, { forbidden: [], options: { tsConfig: { fileName: 'tsconfig.json' } } }))
          .faults,
      ).toEqual(['no module of src/ was seen'])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('when it sees fewer modules than there are files, or a rule is about nothing', async () => {
    const folder = emptyFolder('architecture')
    try {
      write(folder, { 'tsconfig.json': '{}', 'package.json': '{}', 'src/seen.ts': '', 'src/unseen.ts': '' })
      const { faults } = await cruise(folder, {
        forbidden: [
          { name: 'moved', severity: 'error', from: { path: '^src/moved-away/' }, to: { path: '^src/seen' } },
        ],
        options: { tsConfig: { fileName: 'tsconfig.json' }, exclude: { path: 'unseen' } },
      })
      expect(faults).toEqual([
        'src/unseen.ts was not seen',
        'rule moved: no file matches from.path ^src/moved-away/',
      ])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
