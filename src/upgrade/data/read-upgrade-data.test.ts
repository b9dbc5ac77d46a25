import { describe, expect, it } from 'vitest'
import { builtInData, readUpgradeData, staleness } from './index.js'

const builtIn = builtInData()
const row = { minor: '1.38', release: '2026-12-16', endOfLife: '2028-02-28', patch: { version: '1.38.1' } }
const read = (value: unknown): unknown => readUpgradeData(JSON.stringify(value), 'mine.json', builtIn)

describe('what is built in', () => {
  it('knows the minors from 1.16 on, newest first, with patches of their own', () => {
    expect(builtIn.releases.map(({ minor }) => minor)).toEqual(Array.from({ length: 22 }, (_, at) => 37 - at))
    for (const { minor, patch } of builtIn.releases) expect(patch?.version).toMatch(new RegExp(`^1\\.${minor}\\.`))
    expect(builtIn.removals.length).toBeGreaterThan(100)
    expect(builtIn.kubeadm.find(({ minor }) => minor === 36)?.etcd).toBe('3.6.8-0')
  })
})

describe('readUpgradeData', () => {
  it('replaces releases, and keeps what is not given', () => {
    const data = readUpgradeData(JSON.stringify({ asOf: '2027-01-02', releases: [row] }), 'mine.json', builtIn)
    expect(data).toMatchObject({ asOf: '2027-01-02', source: 'mine.json', releases: [{ minor: 38 }] })
    expect(data.removals).toBe(builtIn.removals)
    expect(data.kubeadm).toBe(builtIn.kubeadm)
  })

  it.each<[string, unknown, RegExp]>([
    ['no object', [], /mine\.json: the file must be an object/],
    ['no day', { releases: [row] }, /`asOf` must be a day/],
    ['a day that is none', { asOf: '2026-02-31', releases: [row] }, /`asOf` must be a day/],
    ['no releases', { asOf: '2026-11-23' }, /`releases` must name at least one/],
    ['releases that are no list', { asOf: '2026-11-23', releases: {} }, /`releases` must be a list/],
    ['a minor that is none', { asOf: '2026-11-23', releases: [{ ...row, minor: 'latest' }] }, /`releases\[0\]\.minor` must be a minor/],
    ['a minor twice', { asOf: '2026-11-23', releases: [row, row] }, /names 1\.38 twice/],
    ['an end before the beginning', { asOf: '2026-11-23', releases: [{ ...row, endOfLife: '2025-02-28' }] }, /`releases\[0\]\.endOfLife` 2025-02-28 is not after/],
    ['a patch of another minor', { asOf: '2026-11-23', releases: [{ ...row, patch: { version: '1.37.1' } }] }, /`releases\[0\]\.patch\.version` must be a patch of 1\.38/],
    ['a removal without a kind', { asOf: '2026-11-23', releases: [row], apis: [{ group: '', version: 'v1' }] }, /`apis\[0\]\.kind` must be a text/],
    ['kubeadm without etcd', { asOf: '2026-11-23', releases: [row], kubeadm: [{ minor: '1.38' }] }, /`kubeadm\[0\]\.etcd`/],
  ])('refuses %s', (_name, value, message) => {
    expect(() => read(value)).toThrow(message)
  })

  it('names the place of a text that is no JSON', () => {
    expect(() => readUpgradeData('{"asOf": "2026-11-23",\n  oops}', 'mine.json', builtIn)).toThrow(/^mine\.json:2:/)
  })
})

describe('staleness', () => {
  it.each([
    ['2026-11-26', undefined],
    ['2027-01-07', undefined],
    ['2027-01-08', /46 days old .* newer patches are likely; give newer ones with --data/],
    ['2027-05-01', /newer patches and a minor after 1\.37 are likely/],
    ['2026-11-01', /is its clock right/],
  ])('on %s', (day, expected) => {
    const said = staleness(builtIn, Date.parse(`${day}T12:00:00Z`))
    if (expected === undefined) expect(said).toBeUndefined()
    else expect(said).toMatch(expected)
  })
})
