import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { editOf, findingWith, fixWith } from '../../../test/kit/finding-with.js'
import type { AuditResult, Estate, Finding, Host } from '../../model/index.js'
import { listRuns } from '../journal/index.js'
import { applyFix, resumeFix, rollBackFix, type FixDoors } from './apply-fix.js'
import type { FixPlan } from './fix-plan.js'
import { makePlan } from './make-plan.js'

const isRoot = process.getuid?.() === 0
const CLEAN: AuditResult = {
  rampart: { version: 'test' },
  sources: [],
  findings: [],
  unknowns: [],
  notApplicable: [],
  accepted: [],
  counts: { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0, notApplicable: 0, accepted: 0 },
  problems: [],
  coverage: [],
}

let base = ''
let root = ''
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'rampart-apply-'))
  root = join(base, 'root')
  mkdirSync(root)
})
afterEach(() => {
  rmSync(base, { recursive: true, force: true })
})

function put(path: string, text: string, mode = 0o640): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
  chmodSync(join(root, path), mode)
}

const host = (): Host => ({
  name: 'node',
  root,
  distribution: 'unknown',
  commands: [],
  files: new Map(),
  users: new Map(),
  groups: new Map(),
  problems: [],
  processesSeen: false,
})

function planOf(findings: readonly Finding[]): Promise<FixPlan> {
  const estate: Estate = {
    objects: [],
    hosts: [host()],
    sources: [],
    problems: [],
    texts: { read: () => undefined },
  }
  return makePlan({
    version: 'test',
    estate,
    result: { ...CLEAN, findings },
    subject: { paths: [], userChecks: [] },
    choice: {},
    restarts: true,
  })
}

const doors = (more: Partial<FixDoors> = {}): FixDoors => ({
  state: join(base, 'state'),
  audit: () => Promise.resolve(CLEAN),
  readHost: () => Promise.reject(new Error('no service starts anew here')),
  ...more,
})

const set = (file: string, value: number): Finding =>
  findingWith(`set ${file}`, fixWith({ edits: [editOf(file, 'set', ['port'], value)] }))

/** All of the root: bytes, modes, owners. */
function tree(folder = root): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => {
      const place = join(entry.parentPath, entry.name)
      const { mode, uid, gid } = lstatSync(place)
      const bytes = entry.isFile() ? readFileSync(place).toString('base64') : ''
      return [place, `${mode.toString(8)} ${uid}:${gid} ${bytes}`]
    }),
  )
}

describe('applyFix', () => {
  it('changes files, modes and new folders, and puts all of it back', async () => {
    put('/etc/a.yaml', '# mine\nport: 1 # why\n', 0o664)
    put('/etc/b.json', '{"port": 1}\n')
    const before = tree()
    const plan = await planOf([
      set('/etc/a.yaml', 0),
      set('/etc/b.json', 0),
      findingWith('mode', fixWith({ commands: ['chmod 600 /etc/a.yaml'] })),
      findingWith('new', fixWith({ edits: [editOf('/etc/new/deep/c.yaml', 'create', [], 'c: 1\n')] })),
    ])
    const done = await applyFix(plan, doors())
    expect(done.outcome.kind).toBe('done')
    expect(readFileSync(join(root, 'etc/a.yaml'), 'utf8')).toBe('# mine\nport: 0 # why\n')
    expect(statSync(join(root, 'etc/a.yaml')).mode & 0o7777).toBe(0o600)
    expect(readFileSync(join(root, 'etc/b.json'), 'utf8')).toBe('{"port": 0}\n')
    expect(statSync(join(root, 'etc/b.json')).mode & 0o7777).toBe(0o640)
    expect(readFileSync(join(root, 'etc/new/deep/c.yaml'), 'utf8')).toBe('c: 1\n')
    expect(statSync(join(root, 'etc/new')).mode & 0o7777).toBe(0o700)
    expect((await rollBackFix(done.run, doors())).outcome.kind).toBe('rolled-back')
    expect(tree()).toEqual(before)
    // Twice is as once.
    expect((await rollBackFix(done.run, doors())).outcome.kind).toBe('rolled-back')
    expect(tree()).toEqual(before)
  })

  it.skipIf(!isRoot)(
    'gives a new file to whom its folder belongs: a rootless daemon reads no file of root',
    async () => {
      mkdirSync(join(root, 'home/joe'), { recursive: true })
      chownSync(join(root, 'home/joe'), 1234, 1235)
      const plan = await planOf([
        findingWith(
          'new',
          fixWith({ edits: [editOf('/home/joe/.config/daemon.json', 'set', ['icc'], false)] }),
        ),
      ])
      expect((await applyFix(plan, doors())).outcome.kind).toBe('done')
      const { uid, gid } = statSync(join(root, 'home/joe/.config/daemon.json'))
      expect([uid, gid, statSync(join(root, 'home/joe/.config')).uid]).toEqual([1234, 1235, 1234])
      expect(readFileSync(join(root, 'home/joe/.config/daemon.json'), 'utf8')).toBe('{\n  "icc": false\n}\n')
    },
  )

  it('leaves no backup and no temporary file where a daemon reads', async () => {
    put('/etc/kubernetes/manifests/a.yaml', 'port: 1\n')
    await applyFix(await planOf([set('/etc/kubernetes/manifests/a.yaml', 0)]), doors())
    expect(readdirSync(join(root, 'etc/kubernetes/manifests'))).toEqual(['a.yaml'])
    const inside = doors({ state: join(root, 'etc/kubernetes/rampart') })
    put('/etc/kubernetes/manifests/a.yaml', 'port: 2\n')
    await expect(
      applyFix(await planOf([set('/etc/kubernetes/manifests/a.yaml', 0)]), inside),
    ).rejects.toThrow(/where a daemon reads/)
  })

  it.each<[string, (plan: FixPlan) => void, RegExp]>([
    ['a changed file', () => put('/etc/a.yaml', 'port: 7\n'), /a\.yaml was changed since/],
    ['a file that is gone', () => rmSync(join(root, 'etc/a.yaml')), /not there any more/],
    ['a file that is there by now', () => put('/etc/new.yaml', 'x\n'), /new\.yaml is there by now/],
    ['another mode', () => chmodSync(join(root, 'etc/b.yaml'), 0o660), /another mode or owner/],
    [
      'a link that leads elsewhere by now',
      () => {
        put('/other/a.yaml', 'port: 1\n')
        rmSync(join(root, 'etc/a.yaml'))
        symlinkSync('/other/a.yaml', join(root, 'etc/a.yaml'))
      },
      /a link leads/,
    ],
    [
      'a folder in its place',
      () => {
        rmSync(join(root, 'etc/a.yaml'))
        mkdirSync(join(root, 'etc/a.yaml'))
      },
      /not there any more|is a folder/,
    ],
  ])('refuses a plan with nothing changed: %s', async (_name, change, message) => {
    put('/etc/a.yaml', 'port: 1\n')
    put('/etc/b.yaml', 'port: 1\n', 0o644)
    const plan = await planOf([
      set('/etc/a.yaml', 0),
      findingWith('mode', fixWith({ commands: ['chmod 600 /etc/b.yaml'] })),
      findingWith('new', fixWith({ edits: [editOf('/etc/new.yaml', 'create', [], 'c: 1\n')] })),
    ])
    change(plan)
    const before = tree()
    await expect(applyFix(plan, doors())).rejects.toThrow(message)
    expect(tree()).toEqual(before)
    expect(await listRuns(join(base, 'state'), 'fix')).toEqual([])
  })

  it.each<[string, AuditResult, RegExp]>([
    ['what was to go is still there', { ...CLEAN, findings: [set('/etc/a.yaml', 0)] }, /is still there/],
    ['something is new', { ...CLEAN, findings: [findingWith('other')] }, /other is new/],
    [
      'it cannot be seen any more',
      { ...CLEAN, unknowns: [{ ...findingWith('set /etc/a.yaml'), result: 'unknown' as const }] },
      /cannot be seen/,
    ],
  ])('puts everything back when %s', async (_name, audited, reason) => {
    put('/etc/a.yaml', 'port: 1\n')
    const before = tree()
    const { outcome } = await applyFix(
      await planOf([set('/etc/a.yaml', 0)]),
      doors({ audit: () => Promise.resolve(audited) }),
    )
    expect(outcome).toMatchObject({
      kind: 'rolled-back',
      step: 'audit again',
      reason: expect.stringMatching(reason) as string,
    })
    expect(tree()).toEqual(before)
  })

  it('follows links inside of the root, and never out of it', async () => {
    put('/data/a.yaml', 'port: 1\n')
    mkdirSync(join(root, 'etc'))
    symlinkSync('/data/a.yaml', join(root, 'etc/a.yaml'))
    writeFileSync(join(base, 'outside.yaml'), 'port: 1\n')
    symlinkSync('../../outside.yaml', join(root, 'etc/out.yaml'))
    const plan = await planOf([set('/etc/a.yaml', 0), set('/etc/out.yaml', 0)])
    expect(plan.files).toMatchObject([{ path: '/etc/a.yaml', real: '/data/a.yaml' }])
    expect(plan.advice).toMatchObject([{ check: 'set /etc/out.yaml', reason: 'refused' }])
    expect((await applyFix(plan, doors())).outcome.kind).toBe('done')
    expect(readFileSync(join(root, 'data/a.yaml'), 'utf8')).toBe('port: 0\n')
    expect(lstatSync(join(root, 'etc/a.yaml')).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(base, 'outside.yaml'), 'utf8')).toBe('port: 1\n')
  })

  it('changes one file of two names once', async () => {
    put('/data/a.yaml', 'port: 1\nb: 1\n')
    mkdirSync(join(root, 'etc'))
    symlinkSync('/data/a.yaml', join(root, 'etc/a.yaml'))
    const other = findingWith('b', fixWith({ edits: [editOf('/data/a.yaml', 'set', ['b'], 2)] }))
    const plan = await planOf([set('/etc/a.yaml', 0), other])
    expect(plan.files).toHaveLength(1)
    await applyFix(plan, doors())
    expect(readFileSync(join(root, 'data/a.yaml'), 'utf8')).toBe('port: 0\nb: 2\n')
  })

  it('does not put back over what somebody wrote since', async () => {
    put('/etc/a.yaml', 'port: 1\n')
    put('/etc/b.yaml', 'port: 1\n')
    const done = await applyFix(await planOf([set('/etc/a.yaml', 0), set('/etc/b.yaml', 0)]), doors())
    put('/etc/a.yaml', 'port: 0\nmine: true\n')
    const before = tree()
    await expect(rollBackFix(done.run, doors())).rejects.toThrow(
      /nothing was put back: \/etc\/a\.yaml was changed again/,
    )
    expect(tree()).toEqual(before)
  })

  it('says what could not be put back, and keeps its backup', async () => {
    put('/etc/a.yaml', 'port: 1\n')
    put('/etc/b.yaml', 'port: 1\n')
    const { run, outcome } = await applyFix(
      await planOf([set('/etc/a.yaml', 0), set('/etc/b.yaml', 0)]),
      doors({
        audit: () => {
          put('/etc/a.yaml', 'somebody: else\n')
          return Promise.resolve({ ...CLEAN, findings: [findingWith('other')] })
        },
      }),
    )
    expect(outcome).toMatchObject({
      kind: 'not-rolled-back',
      left: [
        { step: 'write /etc/a.yaml on node', reason: expect.stringMatching(/was changed since/) as string },
      ],
    })
    expect(readFileSync(join(root, 'etc/b.yaml'), 'utf8')).toBe('port: 1\n')
    expect(readFileSync(join(root, 'etc/a.yaml'), 'utf8')).toBe('somebody: else\n')
    const backups = readdirSync(join(base, 'state/runs', run, 'backups/0'))
    expect(backups.filter((name) => name.endsWith('.bytes'))).toHaveLength(2)
  })

  it('finds a damaged backup before it writes it', async () => {
    put('/etc/a.yaml', 'port: 1\n')
    const done = await applyFix(await planOf([set('/etc/a.yaml', 0)]), doors())
    const backups = join(base, 'state/runs', done.run, 'backups/0')
    const copy = readdirSync(backups).find((name) => name.endsWith('.bytes')) ?? ''
    writeFileSync(join(backups, copy), 'port: 666\n')
    const { outcome } = await rollBackFix(done.run, doors())
    expect(outcome).toMatchObject({
      kind: 'not-rolled-back',
      left: [{ reason: expect.stringMatching(/damaged/) as string }],
    })
    expect(readFileSync(join(root, 'etc/a.yaml'), 'utf8')).toBe('port: 0\n')
  })

  it('lets one run work at a time, and none over one that was cut short', async () => {
    put('/etc/a.yaml', 'port: 1\n')
    const plan = await planOf([set('/etc/a.yaml', 0)])
    const stop = new AbortController()
    const first = await applyFix(
      plan,
      doors({ signal: stop.signal, observer: { event: () => stop.abort() } }),
    )
    expect(first.outcome.kind).toBe('stopped')
    await expect(applyFix(plan, doors())).rejects.toThrow(/was cut short: `rampart fix --resume`/)
    expect((await resumeFix(undefined, doors())).outcome.kind).toBe('done')
    await expect(resumeFix(undefined, doors())).rejects.toThrow(/nothing to go on with/)
    await expect(resumeFix(first.run, doors())).rejects.toThrow(/has ended/)
    await expect(rollBackFix('20261126T120000Z-fix-abcdef', doors())).rejects.toThrow(/there is no run/)
    await expect(rollBackFix('../../etc', doors())).rejects.toThrow(/no id of a run/)
  })

  it('writes exactly the bytes that its plan says, and puts back exactly those of before', async () => {
    const name = fc.constantFrom('a', 'b', 'c')
    const line = fc.constantFrom('# note', 'port: 1', 'port: 10255  # why', 'x: "y"', 'list: [a, b]', '')
    const file = fc.record({
      lines: fc.array(line, { maxLength: 6 }),
      mode: fc.constantFrom(0o600, 0o644, 0o666, 0o755),
      end: fc.constantFrom('\n', '\r\n'),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(name, file, { noNullPrototype: true }),
        fc.integer(),
        async (files, value) => {
          rmSync(root, { recursive: true, force: true })
          mkdirSync(root)
          for (const [path, { lines, mode, end }] of Object.entries(files))
            put(`/${path}.yaml`, lines.join(end), mode)
          const before = tree()
          const plan = await planOf(['a', 'b', 'c'].map((path) => set(`/${path}.yaml`, value)))
          const done = await applyFix(plan, doors())
          expect(done.outcome.kind).toBe('done')
          const after = tree()
          const changed = Object.keys(after).filter((path) => after[path] !== before[path])
          expect(changed.sort()).toEqual(plan.files.map(({ path }) => join(root, path)).sort())
          for (const { path, content } of plan.files) {
            expect(content).toHaveProperty('edits')
            // Lines that nobody asked about are the same, byte for byte.
            const others = (text: string): string[] =>
              text.split(/\r?\n/).filter((each) => each !== '' && !each.includes('port'))
            const were = Buffer.from(before[join(root, path)]?.split(' ')[2] ?? '', 'base64').toString()
            expect(others(readFileSync(join(root, path), 'utf8'))).toEqual(others(were))
          }
          expect((await rollBackFix(done.run, doors())).outcome.kind).toBe('rolled-back')
          expect(tree()).toEqual(before)
        },
      ),
      { numRuns: 15 },
    )
  })
})

describe.skipIf(!isRoot || !mayMount())('on a file system that gives way', () => {
  let mount = ''
  beforeEach(() => {
    mount = join(root, 'small')
    mkdirSync(mount)
  })
  afterEach(() => {
    execFileSync('umount', [mount])
  })

  it('puts everything back when the disk is full in mid-write', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', mount])
    put('/etc/a.yaml', 'port: 1\n')
    put('/small/b.yaml', `port: 1\n${'# filled\n'.repeat(3000)}`)
    const before = tree()
    const fill = (): void => {
      if (!existsSync(join(mount, 'rest'))) writeFileSync(join(mount, 'rest'), Buffer.alloc(88 * 1024))
    }
    const plan = await planOf([set('/etc/a.yaml', 0), set('/small/b.yaml', 0)])
    const { outcome } = await applyFix(plan, doors({ observer: { event: fill } }))
    rmSync(join(mount, 'rest'))
    expect(outcome).toMatchObject({
      kind: 'rolled-back',
      reason: expect.stringMatching(/b\.yaml cannot be written: the disk is full/) as string,
    })
    expect(tree()).toEqual(before)
  })

  it('refuses a disk that has no room beforehand', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', mount])
    put('/small/b.yaml', `port: 1\n${'# filled\n'.repeat(3000)}`)
    await expect(applyFix(await planOf([set('/small/b.yaml', 0)]), doors())).rejects.toThrow(
      /the disk of \/small\/b\.yaml has \d+ bytes left/,
    )
  })

  it('says that the state folder is full, and loses nothing', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', mount])
    put('/etc/a.yaml', `port: 1\n${'# filled\n'.repeat(3000)}`)
    const before = readFileSync(join(root, 'etc/a.yaml'), 'utf8')
    const plan = await planOf([set('/etc/a.yaml', 0)])
    const full = doors({ state: join(mount, 'state') })
    const told = await applyFix(plan, full).then(({ outcome }) => JSON.stringify(outcome), String)
    expect(told).toMatch(/disk is full|ENOSPC/)
    expect(readFileSync(join(root, 'etc/a.yaml'), 'utf8')).toBe(before)
  })

  it('refuses a read-only file system beforehand', async () => {
    put('/small/b.yaml', 'port: 1\n')
    execFileSync('mount', ['--bind', mount, mount])
    execFileSync('mount', ['-o', 'remount,bind,ro', mount])
    await expect(applyFix(await planOf([set('/small/b.yaml', 0)]), doors())).rejects.toThrow(
      /nothing was changed:\n {2}\/small\/b\.yaml is on a read-only file system/,
    )
    expect(existsSync(join(base, 'state/runs'))).toBe(false)
  })
})

/** Containers often may not mount. */
function mayMount(): boolean {
  if (!isRoot) return false
  const place = mkdtempSync(join(tmpdir(), 'rampart-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', place], { stdio: 'ignore' })
    execFileSync('umount', [place])
    return true
  } catch {
    return false
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
