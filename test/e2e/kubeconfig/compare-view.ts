import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ViewCase } from './view-cases.js'

const ALWAYS = ['--raw', '--merge', '--flatten', '-o', 'json']

export interface Answer {
  readonly ok: boolean
  readonly out: string
  readonly err: string
}

/** Runs `use` in a new folder that holds the files. */
export function inFolder<T>(files: Readonly<Record<string, string>>, use: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'kubeconfig-'))
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
      writeFileSync(path.join(folder, name), text)
    }
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What a program says in a folder that is its home too. The environment holds nothing else that matters. */
export function ask(
  command: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Answer {
  const [program = '', ...args] = command
  const run = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
    env: { PATH: process.env.PATH, HOME: folder, NO_COLOR: '1', ...env },
  })
  return { ok: run.status === 0, out: run.stdout, err: run.stderr }
}

/** How the two answers to one case differ, or undefined where they are equal, byte for byte. */
export function viewDifference(
  each: ViewCase,
  kubectl: readonly string[],
  rampart: readonly string[],
): string | undefined {
  return inFolder(each.files ?? {}, (folder) => {
    const args = argumentsOf(each)
    const env: Record<string, string> = each.env === undefined ? {} : { KUBECONFIG: each.env }
    const theirs = ask([...kubectl, 'config', 'view', ...args], folder, env)
    const ours = ask([...rampart, 'kubeconfig', 'view', ...args], folder, env)
    const same =
      theirs.ok === ours.ok && theirs.out === ours.out && errorOf(theirs, each) === errorOf(ours, each)
    return same ? undefined : `kubectl: ${show(theirs)}\nrampart: ${show(ours)}`
  })
}

/** The flags of a case over those that every case has; `!--raw` takes one away. */
function argumentsOf({ args = [] }: ViewCase): string[] {
  const without = new Set(args.filter((arg) => arg.startsWith('!')).map((arg) => arg.slice(1)))
  const own = args.filter((arg) => !arg.startsWith('!'))
  const merge = own.some((arg) => arg.startsWith('--merge'))
  return [...ALWAYS.filter((arg) => !without.has(arg) && !(merge && arg === '--merge')), ...own]
}

/** An error's text; warnings (kubectl writes them with the time in front) are not errors. */
export function errorOf({ ok, err }: Answer, { differs }: Pick<ViewCase, 'differs'>): string {
  if (ok) return ''
  const lines = err
    .split('\n')
    .map((line) => line.replace(/^error: /, ''))
    .filter((line) => line !== '' && !/^[WIE]\d{4} /.test(line) && !line.startsWith('warning: '))
  return lines.map((line) => (differs === undefined ? line : line.replace(differs, ''))).join('\n')
}

export function show({ ok, out, err }: Answer): string {
  return ok ? out : err
}
