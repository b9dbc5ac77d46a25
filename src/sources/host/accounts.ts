import type { Host } from '../../model/index.js'

/** User names by number from an /etc/passwd; of two names with one number the first counts, as for getpwuid. */
export function parsePasswd(text: string): Host['users'] {
  const users = new Map<number, string>()
  for (const [name, , number] of records(text)) {
    const uid = asId(number)
    if (name !== undefined && uid !== undefined && !users.has(uid)) users.set(uid, name)
  }
  return users
}

/** Groups by number from an /etc/group, with the members it names. */
export function parseGroup(text: string): Host['groups'] {
  const groups = new Map<number, { name: string; members: readonly string[] }>()
  for (const [name, , number, members] of records(text)) {
    const gid = asId(number)
    if (name === undefined || gid === undefined || groups.has(gid)) continue
    groups.set(gid, { name, members: (members ?? '').split(',').flatMap((each) => each.trim() || []) })
  }
  return groups
}

function records(text: string): string[][] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(':'))
}

function asId(word: string | undefined): number | undefined {
  return word !== undefined && /^\d{1,10}$/.test(word) ? Number(word) : undefined
}
