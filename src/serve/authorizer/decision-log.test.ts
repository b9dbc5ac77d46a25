import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { askedBy, resourceQuestion, subjectUser, type Attributes } from '../../access/index.js'
import { openDecisionLog, type DecisionLog } from './decision-log.js'

let dir = ''
let file = ''
let errors: string[] = []
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'rampart-log-'))
  file = path.join(dir, 'decisions.log')
  errors = []
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const open = (maxBytes: number, keep: number): DecisionLog =>
  openDecisionLog({ file, maxBytes, keep, onError: (message) => errors.push(message) })

function asked(number: number): Attributes {
  return askedBy(subjectUser(`user-${number}`), resourceQuestion({ verb: 'get', resource: 'pods' }))
}

/** Whose decisions stand in a file, in its order. */
function usersIn(name: string): number[] {
  return readFileSync(path.join(dir, name), 'utf8')
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Number((JSON.parse(line) as { user: string }).user.slice('user-'.length)))
}

/** The files from the oldest to the newest. */
function files(): string[] {
  const age = (name: string): number => Number(/\.(\d+)$/.exec(name)?.[1] ?? 0)
  return readdirSync(dir).sort((a, b) => age(b) - age(a))
}

it('loses no line and cuts none while it rotates, however fast decisions come', async () => {
  const log = open(2000, 1000)
  for (let number = 0; number < 2000; number++) {
    log.write(asked(number), { verdict: 'allow', reason: '' }, 0.1)
    if (number % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  await log.close()
  expect(errors).toEqual([])
  expect(files().length).toBeGreaterThan(50)
  expect(files().flatMap(usersIn)).toEqual(Array.from({ length: 2000 }, (_each, number) => number))
})

it('keeps as many files aside as it is told, the newest ones, none much larger than the limit', async () => {
  const log = open(2000, 3)
  for (let number = 0; number < 500; number++)
    log.write(asked(number), { verdict: 'noOpinion', reason: 'no' }, 1)
  await log.close()
  expect(errors).toEqual([])
  expect(files()).toEqual(['decisions.log.3', 'decisions.log.2', 'decisions.log.1', 'decisions.log'])
  const users = files().flatMap(usersIn)
  expect(users).toEqual(Array.from({ length: users.length }, (_each, index) => 500 - users.length + index))
  for (const name of files()) expect(statSync(path.join(dir, name)).size).toBeLessThan(2400)
})

it('goes on behind what a file holds, counts it, and lets nobody else read it', async () => {
  writeFileSync(file, `${JSON.stringify({ user: 'user-7' })}\n`.repeat(110), { mode: 0o600 })
  const log = open(2000, 2)
  log.write(asked(8), { verdict: 'deny', reason: 'eve' }, 1)
  log.write(asked(9), { verdict: 'deny', reason: 'eve' }, 1)
  await log.close()
  expect(usersIn('decisions.log.1').slice(-2)).toEqual([7, 8])
  expect(usersIn('decisions.log')).toEqual([9])
  expect(statSync(file).mode & 0o077).toBe(0)
})

it('says that a folder cannot be written before anything is served', () => {
  expect(() =>
    openDecisionLog({
      file: path.join(dir, 'absent', 'log'),
      maxBytes: 1,
      keep: 1,
      onError: () => undefined,
    }),
  ).toThrow(/ENOENT/)
})
