import { describe, expect, it } from 'vitest'
import type { UpgradeEvent } from '../../actions/upgrade/index.js'
import { plainTerminal } from '../plain-terminal.js'
import type { Terminal } from '../terminal.js'
import { elapsed, jsonView, textView } from './progress-view.js'

const AT = '2026-11-26T10:20:30.000Z'
const step = (kind: 'acting' | 'checked' | 'skipped' | 'failed', reason?: string): UpgradeEvent => ({
  type: 'step',
  kind,
  step: '1.36/w-1/drain',
  node: 'w-1',
  title: 'Drain w-1',
  at: AT,
  ...(reason === undefined ? {} : { reason }),
})
const waiting = (what: string): UpgradeEvent => ({
  type: 'waiting',
  at: AT,
  step: '1.36/w-1/drain',
  node: 'w-1',
  title: 'Drain w-1',
  for: what,
})
const progress: UpgradeEvent = {
  type: 'progress',
  at: AT,
  done: 3,
  steps: 14,
  nodesDone: 1,
  nodes: 2,
  secondsLeft: 130,
}

function screen(interactive: boolean, width = 100): { terminal: Terminal; lines: string[]; live: string[] } {
  const lines: string[] = []
  const live: string[] = []
  const terminal: Terminal = {
    out: (text) => void lines.push(text),
    err: () => undefined,
    color: false,
    width,
    interactive,
    progress: (text) => void live.push(text),
  }
  return { terminal: plainTerminal(terminal), lines, live }
}

describe('the view of an upgrade', () => {
  it('on a terminal has a live line: how far, which step, waiting for what, how long', () => {
    const { terminal, lines, live } = screen(true, 120)
    let now = 0
    const view = textView(terminal, () => now)
    void view.event(progress)
    void view.event(step('acting'))
    now = 65_000
    void view.event(waiting('2 pods to go'))
    expect(live.at(-1)).toBe(
      '1 min 5 s · 3 of 14 steps, 1 of 2 nodes, about 2 min 10 s left · Drain w-1: 1 min 5 s, waits for 2 pods to go',
    )
    now = 70_000
    void view.event(step('checked'))
    view.end()
    expect(live.at(-1)).toBe('')
    expect(lines).toEqual(['10:20:30 Drain w-1 ...\n', '10:20:30 Drain w-1: done in 1 min 10 s\n'])
  })

  it('keeps the live line within the terminal', () => {
    const { terminal, live } = screen(true, 60)
    const view = textView(terminal, () => 0)
    void view.event(step('acting'))
    void view.event(waiting('x'.repeat(200)))
    view.end()
    expect(Math.max(...live.map((text) => text.length))).toBeLessThan(60)
  })

  it('elsewhere says each wait once, and again only after a minute', () => {
    const { terminal, lines } = screen(false)
    let now = 0
    const view = textView(terminal, () => now)
    void view.event(step('acting'))
    for (now = 2000; now <= 130_000; now += 2000) void view.event(waiting('a pod to go'))
    expect(lines.filter((line) => line.includes('waits for a pod to go'))).toHaveLength(3)
  })

  it('tells a failure with its reason, whatever a host put into it', () => {
    const { terminal, lines } = screen(false)
    void textView(terminal).event(step('failed', 'apt said \u001b[2J\u202ebad'))
    expect(lines).toEqual(['10:20:30 Drain w-1: FAILED: apt said \\x1b[2J\\u{202e}bad\n'])
  })

  it('as JSON is one event a line', () => {
    const { terminal, lines } = screen(false)
    void jsonView(terminal).event(progress)
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([progress])
  })

  it.each([
    [0, '0 s'],
    [59_499, '59 s'],
    [60_000, '1 min 0 s'],
    [7_800_000, '2 h 10 min'],
  ])('%d ms are %s', (milliseconds, text) => expect(elapsed(milliseconds)).toBe(text))
})
