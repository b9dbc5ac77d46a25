import type { Finding, Host } from '../../model/index.js'
import type { Access, ModeChange } from './fix-plan.js'

/** A command of a fix that sets modes or owners, and the finding that it mends. */
export interface WantedMode {
  readonly host: string
  readonly command: string
  readonly finding: Finding
}

/** What is known of a place that gets another mode. */
export interface SeenAccess extends Access {
  readonly real?: string
}

export interface PlannedModes {
  readonly modes: readonly ModeChange[]
  readonly lost: ReadonlyMap<Finding, string>
}

const COMMAND = /^(?:chmod ([0-7]{3,4}|go-w)|chown ([a-z_][\w-]*):([a-z_][\w-]*)) (\S.*)$/

/**
 * One change for each file or folder, whatever number of commands is about it: each takes rights away, so that what all
 * of them leave is what stands afterwards.
 */
export function planModes(
  wanted: readonly WantedMode[],
  hosts: ReadonlyMap<string, Host>,
  seen: (host: string, path: string) => SeenAccess | string,
): PlannedModes {
  const lost = new Map<Finding, string>()
  const changes = new Map<
    string,
    { host: string; path: string; before: SeenAccess; after: Access; checks: Set<string> }
  >()
  for (const { host, command, finding } of wanted) {
    const read = readCommand(command, hosts.get(host))
    if (typeof read === 'string') {
      lost.set(finding, read)
      continue
    }
    const before = seen(host, read.path)
    if (typeof before === 'string') {
      lost.set(finding, before)
      continue
    }
    const key = `${host}\n${before.real ?? read.path}`
    const change = changes.get(key) ?? {
      host,
      path: read.path,
      before,
      after: { mode: before.mode, uid: before.uid, gid: before.gid },
      checks: new Set<string>(),
    }
    changes.set(key, {
      ...change,
      after: read.change(change.after),
      checks: change.checks.add(finding.check),
    })
  }
  const modes = [...changes.values()].flatMap(({ host, path, before: { real, ...before }, after, checks }) =>
    JSON.stringify(accessOf(before)) === JSON.stringify(after)
      ? []
      : [
          {
            host,
            path,
            ...(real === undefined || real === path ? {} : { real }),
            before: accessOf(before),
            after,
            checks: [...checks].sort(),
          },
        ],
  )
  return { modes, lost }
}

function accessOf({ mode, uid, gid }: Access): Access {
  return { mode, uid, gid }
}

interface ReadCommand {
  readonly path: string
  readonly change: (access: Access) => Access
}

function readCommand(command: string, host: Host | undefined): ReadCommand | string {
  const [, mode, user, group, word] = COMMAND.exec(command) ?? []
  const path = word === undefined ? undefined : unquoted(word)
  if (path === undefined || !path.startsWith('/')) return `\`${command}\` names no absolute path`
  if (mode === 'go-w') return { path, change: (access) => ({ ...access, mode: access.mode & ~0o022 }) }
  if (mode !== undefined) {
    const bits = Number.parseInt(mode, 8)
    return { path, change: (access) => ({ ...access, mode: access.mode & bits }) }
  }
  const uid = numberOf(user ?? '', [...(host?.users ?? [])])
  const gid = numberOf(
    group ?? '',
    [...(host?.groups ?? [])].map(([id, { name }]) => [id, name]),
  )
  if (uid === undefined || gid === undefined) return `the host knows no ${user ?? ''}:${group ?? ''}`
  return { path, change: (access) => ({ ...access, uid, gid }) }
}

function numberOf(name: string, names: readonly (readonly [number, string])[]): number | undefined {
  return name === 'root' ? 0 : names.find(([, known]) => known === name)?.[0]
}

/** The path behind a word as shells write it: plain, or in single quotes. */
function unquoted(word: string): string | undefined {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word
  if (!/^'(?:[^']|'\\'')*'$/.test(word)) return undefined
  return word.slice(1, -1).replaceAll(`'\\''`, "'")
}
