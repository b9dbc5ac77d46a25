import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  acquireLock,
  createJournal,
  createRun,
  listRuns,
  openJournal,
  openRun,
  stateFolder,
} from './index.js'

const folder = mkdtempSync(join(tmpdir(), 'rampart-journal-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

async function written(name: string): Promise<string> {
  const journal = await createJournal(join(folder, name))
  await journal.append({ kind: 'run', data: { id: 'x' } })
  await journal.append({ kind: 'acting', step: 'one' })
  await journal.append({ kind: 'acted', step: 'one', data: { was: 'a\nb' } })
  await journal.close()
  return journal.file
}

describe('a journal', () => {
  it('is read as it was written, and goes on', async () => {
    const file = await written('whole')
    const again = await openJournal(file)
    expect(again.entries.map((entry) => entry.kind)).toEqual(['run', 'acting', 'acted'])
    await again.append({ kind: 'checked', step: 'one' })
    await again.close()
    const third = await openJournal(file)
    expect(third.entries).toHaveLength(4)
    expect(third.entries[2]?.data).toEqual({ was: 'a\nb' })
    await third.close()
  })

  it('cut at any byte, holds every entry that was whole', async () => {
    const bytes = readFileSync(await written('cut'))
    const ends = [...bytes.entries()].filter(([, byte]) => byte === 0x0a).map(([at]) => at + 1)
    for (let length = 0; length <= bytes.length; length += 1) {
      const file = join(folder, 'cut-copy')
      writeFileSync(file, bytes.subarray(0, length))
      const journal = await openJournal(file)
      expect(journal.entries).toHaveLength(ends.filter((end) => end <= length).length)
      await journal.append({ kind: 'note' })
      await journal.close()
      const again = await openJournal(file)
      expect(again.entries.at(-1)?.kind).toBe('note')
      await again.close()
    }
  })

  it.each([
    ['a changed byte', (text: string) => text.replace('"one"', '"two"'), 2],
    ['a lost line', (text: string) => text.split('\n').toSpliced(1, 1).join('\n'), 2],
    ['two lines in another order', (text: string) => swap(text), 1],
    ['a line of another', (text: string) => `hello\n${text}`, 1],
  ])('with %s is refused, by its line', async (name, damage, line) => {
    const file = await written(`damage-${name}`)
    writeFileSync(file, damage(readFileSync(file, 'utf8')))
    await expect(openJournal(file)).rejects.toThrow(`${file}:${line}: the journal is damaged here`)
  })

  it('is not begun over another', async () => {
    const file = await written('there')
    const before = readFileSync(file, 'utf8')
    await createJournal(file).then(
      async (journal) => {
        expect(journal.entries).toHaveLength(0)
        await journal.close()
        throw new Error('a journal was begun over another')
      },
      (error: unknown) => {
        expect(String(error)).toContain('EEXIST')
      },
    )
    expect(readFileSync(file, 'utf8')).toBe(before)
  })
})

describe('a run', () => {
  it('is found again with its plan', async () => {
    const run = await createRun(folder, { kind: 'fix', subject: 'this host', plan: { steps: [1, 2] } })
    await run.journal.close()
    const again = await openRun(folder, run.id)
    expect(again.plan).toEqual({ steps: [1, 2] })
    await again.journal.close()
    const listed = await listRuns(folder, 'fix')
    expect(listed.map(({ id, subject, progress }) => [id, subject, progress?.phase])).toEqual([
      [run.id, 'this host', 'open'],
    ])
  })

  it('is listed before those that began earlier, in the same second too', async () => {
    const state = join(folder, 'many')
    const made: string[] = []
    for (let at = 0; at < 12; at += 1) {
      const run = await createRun(state, { kind: 'fix', subject: `${at}`, plan: {} })
      await run.journal.close()
      made.unshift(run.id)
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    expect((await listRuns(state, 'fix')).map(({ id }) => id)).toEqual(made)
  })

  it('whose plan was edited is refused', async () => {
    const run = await createRun(folder, { kind: 'fix', subject: 'this host', plan: { steps: [1] } })
    await run.journal.close()
    writeFileSync(join(run.folder, 'plan.json'), '{"steps":[2]}\n')
    await expect(openRun(folder, run.id)).rejects.toThrow('this is not the plan that the run began with')
  })

  it.each(['../../etc', '', 'x', '20260101T000000Z-fix-00000g'])('has no id like `%s`', async (id) => {
    await expect(openRun(folder, id)).rejects.toThrow('is no id of a run')
  })
})

describe('the state folder', () => {
  it.each([
    [undefined, {}, 0, '/var/lib/rampart'],
    [undefined, { HOME: '/home/a' }, 1000, '/home/a/.local/state/rampart'],
    [undefined, { HOME: '/home/a', XDG_STATE_HOME: '/x' }, 1000, '/x/rampart'],
    [undefined, { HOME: '/home/a', XDG_STATE_HOME: 'x' }, 1000, '/home/a/.local/state/rampart'],
    [undefined, { RAMPART_STATE_DIR: '/y' }, 0, '/y'],
    ['/z', { RAMPART_STATE_DIR: '/y' }, 0, '/z'],
  ] as const)('named %s with %o for user %d is %s', (named, env, uid, expected) => {
    expect(stateFolder(named, env, uid)).toBe(expected)
  })

  it('is not where a daemon reads', () => {
    expect(() => stateFolder('/etc/kubernetes/manifests', {}, 0)).toThrow('where a daemon reads')
  })
})

describe('a lock', () => {
  const file = join(folder, 'lock')
  const held = (change: object): void => {
    const owner = JSON.parse(readFileSync(file, 'utf8')) as object
    writeFileSync(file, `${JSON.stringify({ ...owner, ...change })}\n`)
  }

  it('is held by one, and free after it', async () => {
    const lock = await acquireLock(file, 'a fix')
    await expect(acquireLock(file, 'another')).rejects.toThrow(`a fix is at work (process ${process.pid}`)
    await lock.release()
    await (await acquireLock(file, 'another')).release()
  })

  it.each([
    ['ended', { pid: 2 ** 22 + 1 }],
    ['had this number before another', { started: 1 }],
    ['ran before the machine was started again', { boot: 'another' }],
  ])('of a process that %s is taken over', async (_, change) => {
    await acquireLock(file, 'the first')
    held(change)
    const lock = await acquireLock(file, 'the second')
    expect(readFileSync(file, 'utf8')).toContain('the second')
    await lock.release()
  })

  it('of another machine is not', async () => {
    const lock = await acquireLock(file, 'the first')
    held({ host: 'elsewhere' })
    await expect(acquireLock(file, 'the second')).rejects.toThrow('on the machine elsewhere')
    rmSync(file)
    await lock.release()
  })

  it('that is none is left alone', async () => {
    writeFileSync(file, 'hello')
    await expect(acquireLock(file, 'a fix')).rejects.toThrow("is no lock of Rampart's")
    rmSync(file)
  })
})

function swap(text: string): string {
  const [first = '', second = '', ...rest] = text.split('\n')
  return [second, first, ...rest].join('\n')
}
