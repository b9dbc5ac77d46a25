import { describe, expect, it } from 'vitest'
import type { Fix } from '../model/index.js'
import { mergeFixes } from './merge-fix.js'

const fix = (more: Partial<Fix>): Fix => ({
  text: 'Do it.',
  edits: [],
  commands: [],
  risk: 'none',
  needs: [],
  ...more,
})
const edit = { file: 'a.yaml', op: 'set', path: ['a'], value: 1 } as const

describe('mergeFixes', () => {
  it('is nothing without fixes', () => expect(mergeFixes([])).toBeUndefined())

  it('says equal parts once and takes the greatest risk', () => {
    expect(
      mergeFixes([
        fix({ edits: [edit], risk: 'restart', breaks: 'x' }),
        fix({ edits: [edit], risk: 'lockout', breaks: 'y', commands: ['c'] }),
      ]),
    ).toEqual(fix({ edits: [edit], risk: 'lockout', breaks: 'x; y', commands: ['c'] }))
  })

  it.each([
    [true, 1],
    [false, 0],
    ['unknown', 0],
  ] as const)('a precondition that is %s', (met, edits) => {
    const merged = mergeFixes([
      fix({ edits: [edit], commands: ['c'], needs: [{ text: 'an approver', met }] }),
    ])
    expect(merged?.edits).toHaveLength(edits)
    expect(merged?.commands).toHaveLength(edits)
    if (edits === 0) expect(merged?.text).toContain('First: an approver')
  })

  it.each([
    ['unknown', 1],
    [false, 0],
  ] as const)('a precondition that is %s and that the user confirms', (met, edits) => {
    const merged = mergeFixes([fix({ edits: [edit], needs: [{ text: 'an approver', met }] })], true)
    expect(merged?.edits).toHaveLength(edits)
  })
})
