import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { field, RampartError, asNumber, asString } from '../../model/index.js'

/** Who holds a lock. A process is told from a later one of the same number by its start and the boot it ran under. */
export interface LockOwner {
  readonly pid: number
  /** Clock ticks after the boot; 0 where the system does not tell. Source: proc_pid_stat(5), field 22. */
  readonly started: number
  readonly boot: string
  readonly host: string
  /** What it does, in a few words. */
  readonly what: string
}

export interface Lock {
  readonly owner: LockOwner
  release(): Promise<void>
}

/**
 * Takes the lock `file`, or says who has it. A lock whose owner is gone (killed, or the machine was started again) is taken
 * over; one of another machine is never, because nobody can ask there.
 */
export async function acquireLock(file: string, what: string): Promise<Lock> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const owner: LockOwner = {
    pid: process.pid,
    started: await startOf('self'),
    boot: await bootId(),
    host: hostname(),
    what,
  }
  const text = `${JSON.stringify(owner)}\n`
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (await placed(file, text)) return { owner, release: () => releaseLock(file, text) }
    const held = await readFile(file, 'utf8').catch(() => undefined)
    if (held === undefined) continue
    const holder = parseOwner(held)
    if (holder === undefined)
      throw new RampartError('not-allowed', `${file} is no lock of Rampart's: look at it and remove it`)
    if (holder.host !== owner.host)
      throw new RampartError(
        'not-allowed',
        `${holder.what} holds ${file} on the machine ${holder.host} (process ${holder.pid}); only there can be seen whether it still runs`,
      )
    if (await lives(holder, owner.boot))
      throw new RampartError(
        'not-allowed',
        `${holder.what} is at work (process ${holder.pid}, ${file}): wait until it ends`,
      )
    await takeAway(file, held)
  }
  throw new RampartError('not-allowed', `${file} changes hands all the time: try again`)
}

/** The whole text appears at once or not at all: a lock that is half written has no owner. */
async function placed(file: string, text: string): Promise<boolean> {
  const own = `${file}.${randomBytes(6).toString('hex')}`
  await writeFile(own, text, { mode: 0o600, flag: 'wx', flush: true })
  try {
    await link(own, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(own, { force: true })
  }
}

/** Removes the lock of one that is gone, and only that: another process may have been quicker. */
async function takeAway(file: string, dead: string): Promise<void> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`
  try {
    await rename(file, aside)
  } catch {
    return
  }
  const taken = await readFile(aside, 'utf8').catch(() => dead)
  if (taken !== dead) await link(aside, file).catch(() => undefined)
  await rm(aside, { force: true })
}

async function releaseLock(file: string, text: string): Promise<void> {
  const held = await readFile(file, 'utf8').catch(() => undefined)
  if (held === text) await rm(file, { force: true })
}

function parseOwner(text: string): LockOwner | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const pid = asNumber(field(value, 'pid'))
    const host = asString(field(value, 'host'))
    if (pid === undefined || host === undefined) return undefined
    return {
      pid,
      host,
      started: asNumber(field(value, 'started')) ?? 0,
      boot: asString(field(value, 'boot')) ?? '',
      what: asString(field(value, 'what')) ?? 'another run',
    }
  } catch {
    return undefined
  }
}

async function lives(owner: LockOwner, boot: string): Promise<boolean> {
  if (owner.boot !== boot) return false
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const started = await startOf(String(owner.pid))
  return owner.started === 0 || started === 0 || started === owner.started
}

async function startOf(pid: string): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The second field is the name in brackets, which may itself hold brackets and spaces.
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? 0) || 0
}

async function bootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')).trim()
}
