/**
 * npm run -s check:fixes
 *
 * Applies every fix of the example estate to a copy, audits the copy again and prints
 * `fixes: A applied, L findings left, N new, B advice only`: A fixes with edits were made, L of their findings are
 * still there, N findings were not there before, B fixes are words or commands. Exits 1 unless L and N are 0.
 */
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  mkdirSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse, stringify } from 'yaml'
import { mergeEdits, type WantedEdit } from '../../src/actions/fix/plan-file-edits.js'
import { runAudit } from '../../src/audit/index.js'
import { checks as all, checksByDefault } from '../../src/checks/index.js'
import type { Finding } from '../../src/model/index.js'
import { readEstate } from '../../src/sources/index.js'

const checks = checksByDefault(all)

export interface FixesResult {
  readonly applied: number
  readonly left: readonly string[]
  readonly fresh: readonly string[]
  readonly adviceOnly: number
  readonly refused: readonly string[]
}

/** Runs the whole check on the example estate below `estate`. */
export async function checkFixes(estate: string): Promise<FixesResult> {
  const dir = mkdtempSync(path.join(tmpdir(), 'rampart-fixes-'))
  try {
    cpSync(estate, dir, { recursive: true })
    const before = await findingsOf(dir)
    const fixable = before.filter((finding) => (finding.fix?.edits.length ?? 0) > 0)
    const refused = applyAll(dir, fixable)
    restart(dir)
    rollOut(dir)
    const after = await findingsOf(dir)
    const nowThere = new Set(after.map((finding) => finding.fingerprint))
    const wasThere = new Set(before.map(identity))
    return {
      applied: fixable.length,
      left: fixable.filter((finding) => nowThere.has(finding.fingerprint)).map(describe),
      fresh: after.filter((finding) => !wasThere.has(identity(finding))).map(describe),
      adviceOnly: before.length - fixable.length,
      refused,
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

async function findingsOf(dir: string): Promise<readonly Finding[]> {
  return runAudit(await readEstate({ paths: [dir], hostRoots: [] }), { version: 'test', checks }).findings
}

/** A finding with some of its places mended is the same finding, not a new one. */
function identity({ check, target }: Finding): string {
  return `${check} ${JSON.stringify(target)}`
}

function describe(finding: Finding): string {
  return `${finding.check} ${JSON.stringify(finding.target)}: ${finding.message}`
}

/** All fixes at once, those of one file as one change, as `rampart fix` makes it. */
function applyAll(dir: string, findings: readonly Finding[]): string[] {
  const byFile = new Map<string, WantedEdit[]>()
  for (const finding of findings) {
    for (const edit of finding.fix?.edits ?? []) {
      const file = edit.host === undefined ? edit.file : path.join(dir, 'hosts', edit.host, edit.file)
      byFile.set(file, [...(byFile.get(file) ?? []), { edit, finding }])
    }
  }
  const refused: string[] = []
  for (const [file, wanted] of byFile) {
    const { text, lost } = mergeEdits(existsSync(file) ? readFileSync(file, 'utf8') : undefined, wanted)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, text)
    refused.push(...[...lost].map(([finding, { why }]) => `${finding.check}: ${why}`))
  }
  return refused
}

/** After a roll-out the controllers have made their pods anew from the templates. */
function rollOut(dir: string): void {
  const file = (name: string): string => path.join(dir, 'cluster', `${name}.yaml`)
  const read = (name: string): List => parse(readFileSync(file(name), 'utf8')) as List
  const makers = new Map(read('workloads').items.map((each) => [`${each.kind} ${each.metadata.name}`, each]))
  for (const name of ['replicasets', 'pods']) {
    const list = read(name)
    for (const made of list.items) {
      const [owner] = made.metadata.ownerReferences ?? []
      const template = makers.get(`${owner?.kind ?? ''} ${owner?.name ?? ''}`)?.spec.template
      if (template === undefined) continue
      if (made.kind === 'Pod') made.spec = template.spec as Made['spec']
      else made.spec.template = template
      makers.set(`${made.kind} ${made.metadata.name}`, made)
    }
    writeFileSync(file(name), stringify(list))
  }
}

interface Made {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly ownerReferences?: { kind: string; name: string }[] }
  spec: { template?: { spec: unknown } }
}

interface List {
  readonly items: Made[]
}

/** After a restart the processes are those that the units start; in the copy that is: none from before. */
function restart(dir: string): void {
  for (const host of readdirSync(path.join(dir, 'hosts'))) {
    rmSync(path.join(dir, 'hosts', host, 'proc'), { recursive: true, force: true })
  }
}
