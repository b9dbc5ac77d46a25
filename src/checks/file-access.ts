import type { Host, HostFile } from '../model/index.js'

/** Who besides root may do what with a file or folder. */
export interface FileAccess {
  /** In a sentence: `everyone`, `group docker`, `user kube`. */
  readonly who: string
  readonly kind: 'others' | 'group' | 'owner' | 'root-group'
  readonly does: 'read' | 'write'
}

/** System users that may own what is theirs, by the names of this host's own passwd. */
export function usersNamed(host: Host, names: readonly string[]): ReadonlySet<number> {
  return new Set([...host.users].flatMap(([uid, name]) => (names.includes(name) ? [uid] : [])))
}

/**
 * Who besides root, and `owners`, may read or write a file beyond what `limit` (permission bits) allows. Root needs no
 * bits; a group counts by who is in it: that of root with nobody else in it is `root-group`.
 */
export function accessBeyond(
  host: Host,
  file: HostFile,
  limit: number,
  owners: ReadonlySet<number> = new Set(),
): FileAccess[] {
  const { mode = 0, uid = 0, gid = 0 } = file
  const found: FileAccess[] = []
  const beyond = (bit: number): boolean => (mode & bit) !== 0 && (limit & bit) === 0
  if (uid !== 0 && !owners.has(uid))
    found.push({ who: `user ${userName(host, uid)}`, kind: 'owner', does: 'write' })
  const others = beyond(0o002) ? 'write' : beyond(0o004) ? 'read' : undefined
  if (others !== undefined) found.push({ who: 'everyone', kind: 'others', does: others })
  const grouped = beyond(0o020) ? 'write' : beyond(0o040) ? 'read' : undefined
  // What everyone may do is not told of a group once more.
  if (grouped === undefined || grouped === others || others === 'write') return found
  const group = groupAccess(host, gid, owners)
  if (group !== undefined) found.push({ ...group, does: grouped })
  return found
}

function groupAccess(
  host: Host,
  gid: number,
  owners: ReadonlySet<number>,
): Pick<FileAccess, 'who' | 'kind'> | undefined {
  const group = host.groups.get(gid)
  const members = (group?.members ?? []).filter((name) => name !== 'root')
  // The group of a system user has its number; who else is in it is named as a member.
  if (owners.has(gid) && members.length === 0) return undefined
  const who = `group ${group?.name ?? (gid === 0 ? 'root' : String(gid))}`
  return { who, kind: gid === 0 && members.length === 0 ? 'root-group' : 'group' }
}

function userName(host: Host, uid: number): string {
  return host.users.get(uid) ?? String(uid)
}

/** `0644 root:root`, names from this host's own passwd and group. */
export function describeFile(host: Host, { mode = 0, uid = 0, gid = 0 }: HostFile): string {
  const group = host.groups.get(gid)?.name ?? (gid === 0 ? 'root' : String(gid))
  const user = host.users.get(uid) ?? (uid === 0 ? 'root' : String(uid))
  return `${mode.toString(8).padStart(4, '0')} ${user}:${group}`
}
