import { describe, expect, it } from 'vitest'
import type { Origin } from '../model/index.js'
import { renderSettings } from './settings-view.js'

describe('why a component would not start', () => {
  const shown = (origin: Origin): string =>
    renderSettings(
      {
        component: 'dockerd',
        host: 'a',
        settings: [],
        gaps: [],
        refusal: { message: 'it is wrong', origin },
      },
      'a',
      false,
    )

  it.each<[string, Origin, string]>([
    [
      'with its line and column',
      { kind: 'file', file: '/etc/docker/daemon.json', line: 4, column: 1 },
      'it is wrong (/etc/docker/daemon.json:4:1)',
    ],
    ['with its line', { kind: 'file', file: '/a.conf', line: 4 }, 'it is wrong (/a.conf:4)'],
    ['without a line', { kind: 'file', file: '/a.conf' }, 'it is wrong\n'],
    ['in no file', { kind: 'default', component: 'dockerd', detail: 'nobody sets it' }, 'it is wrong\n'],
  ])('is told %s', (_name, origin, words) => {
    expect(shown(origin)).toContain(`It would not start: ${words}`)
  })
})
