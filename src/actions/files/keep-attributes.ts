import { RampartError, systemCode } from '../../model/index.js'
import { runCommand, type CommandResult } from '../commands/index.js'

const WITHIN = 10_000
/** What `ls -l` puts behind the permissions of a file with an access control list, or with a security label alone. */
const MARKS = /^\S{10}([+.@]?)/

/**
 * Gives a file that takes the place of another what Node has no call for: access control lists, the label of SELinux,
 * other extended attributes. `cp` knows them all and says nothing where a file system has none; whether they came along
 * is looked at. Throws where they did not. Without `ls` nothing is known of them, and nothing is done.
 */
export async function keepAttributes(from: string, to: string, path: string): Promise<void> {
  const had = await marksOf(from)
  if (had === undefined || had === '') return
  const words = ['cp', '--attributes-only', '--preserve=all', '--no-preserve=timestamps', '--', from, to]
  const copied = await said(words)
  if (copied?.status === 0 && (await sameAs(from, to))) return
  throw new RampartError(
    'not-allowed',
    `${path} cannot be written: its ${had === '+' ? 'access control list' : 'security label'} would be lost (cp of GNU coreutils keeps it: \`${words.slice(0, 4).join(' ')}\`)`,
  )
}

async function sameAs(from: string, to: string): Promise<boolean> {
  const [one, other] = [await longLine(from), await longLine(to)]
  return one !== undefined && one === other
}

/** Permissions, mark and label of a file; the label is `?` where there is none. */
async function longLine(file: string): Promise<string | undefined> {
  const listed = await said(['ls', '-ldZ', '--', file])
  if (listed?.status !== 0) return undefined
  const [access = '', , owner = '', group = '', label = ''] = listed.stdout.split(/\s+/)
  return [access, owner, group, label].join(' ')
}

async function marksOf(file: string): Promise<string | undefined> {
  const listed = await said(['ls', '-ld', '--', file])
  return listed?.status === 0 ? MARKS.exec(listed.stdout)?.[1] : undefined
}

async function said(words: readonly string[]): Promise<CommandResult | undefined> {
  try {
    return await runCommand(words, { timeoutMs: WITHIN, env: { PATH: PATHS, LC_ALL: 'C' } })
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || error instanceof RampartError) return undefined
    throw error
  }
}

const PATHS = '/usr/sbin:/usr/bin:/sbin:/bin'
