import { describe, expect, it } from 'vitest'
import { editFlagText } from './edit-flags.js'

describe('a flag that is taken out of a text', () => {
  it.each([
    ['the only one', 'ARGS="--a=1"\n', 'ARGS=""\n'],
    ['the first of several', 'ARGS="--a=1 --b=2"\n', 'ARGS="--b=2"\n'],
    ['the first behind no quote', 'Environment=ARGS=--a=1 --b=2\n', 'Environment=ARGS=--b=2\n'],
    ['one between others', 'ARGS="--c --a=1  --b=2"\n', 'ARGS="--c  --b=2"\n'],
    ['the last', 'ARGS="--b=2 --a=1"\n', 'ARGS="--b=2"\n'],
    ['each that stands there', 'ARGS="--a=1 --b=2 --a=3"\n', 'ARGS="--b=2"\n'],
    [
      'on a line of its own',
      'ExecStart=/usr/bin/x \\\n  --a=1 \\\n  --b\n',
      'ExecStart=/usr/bin/x \\\n \\\n  --b\n',
    ],
    ['in a comment it stays', '# ARGS="--a=1"\nARGS="--a"\n', '# ARGS="--a=1"\nARGS=""\n'],
  ])('%s', (_name, text, edited) => {
    expect(editFlagText(text, '--a', undefined)).toBe(edited)
  })

  it('is changed at its last place, and taken out at the others', () => {
    expect(editFlagText('ARGS="--a=1 --b --a=2"\n', '--a', '3')).toBe('ARGS="--b --a=3"\n')
  })
})
