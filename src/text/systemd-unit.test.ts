import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { parseEnvFile } from './env-file.js'
import { execLines, type ExecContext } from './systemd-exec.js'
import { serviceOf } from './systemd-service.js'
import { parseSystemdUnit } from './systemd-unit.js'
import { systemdWords } from './systemd-words.js'
import { tracedFrom } from './traced-text.js'

describe('a unit file', () => {
  test.each<[string, string, [string, string, string][]]>([
    [
      'sections and settings',
      '[Unit]\nA=b\n[Service]\nC = d \n',
      [
        ['Unit', 'A', 'b'],
        ['Service', 'C', 'd'],
      ],
    ],
    ['comments', '[S]\n# A=1\n ; B=2\nC=3 # no comment', [['S', 'C', '3 # no comment']]],
    [
      'continued lines',
      '[S]\nA=b \\\n  c\nD=e',
      [
        ['S', 'A', 'b    c'],
        ['S', 'D', 'e'],
      ],
    ],
    ['a comment between continued lines', '[S]\nA=b \\\n# x\n c', [['S', 'A', 'b   c']]],
    [
      'two backslashes are none',
      '[S]\nA=b\\\\\nC=d',
      [
        ['S', 'A', 'b\\\\'],
        ['S', 'C', 'd'],
      ],
    ],
    ['an equals sign in a value', '[S]\nA=b=c', [['S', 'A', 'b=c']]],
    ['an empty value', '[S]\nA=\n', [['S', 'A', '']]],
    ['CRLF and a byte order mark', '\uFEFF[S]\r\nA=b\r\n', [['S', 'A', 'b']]],
    ['continued at the end of the file', '[S]\nA=b\\', [['S', 'A', 'b']]],
    ['no setting', '[S]\nhello\n=x\n', []],
  ])('%s', (_name, text, expected) => {
    const read = parseSystemdUnit(text).settings
    expect(read.map(({ section, key, value }) => [section, key, value.text.trimEnd()])).toEqual(expected)
  })

  it('names lines that are nothing', () => {
    expect(parseSystemdUnit('[S]\nhello\n=x\nA=b').ignored).toEqual([2, 3])
  })

  it('knows the place of each sign over continued lines', () => {
    const value = parseSystemdUnit('[S]\nExecStart=/a \\\n    --b').settings[0]?.value
    const at = value?.text.indexOf('--b') ?? -1
    expect(value?.placeAt(at)).toEqual({ line: 3, column: 5 })
    expect(value?.placeAt(0)).toEqual({ line: 2, column: 11 })
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => parseSystemdUnit(text).settings.length >= 0))
  })
})

describe('words of a setting', () => {
  test.each<[string, string, string[]]>([
    ['blanks', ' a  b\tc ', ['a', 'b', 'c']],
    ['quotes', `"a b" 'c "d"' e`, ['a b', 'c "d"', 'e']],
    ['quotes inside of a word', 'a="b c"', ['a=b c']],
    ['empty word', 'a "" b', ['a', '', 'b']],
    ['escapes', 'a\\x20b \\t \\101 \\u00e9', ['a b', '\t', 'A', 'é']],
    ['an unknown escape stays', 'a\\qb', ['a\\qb']],
    ['unclosed quote', 'a "b c', ['a', 'b c']],
  ])('%s', (_name, text, expected) => {
    expect(systemdWords(tracedFrom(text, { line: 1, column: 1 })).map(({ value }) => value)).toEqual(expected)
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (text, escapes) => {
        systemdWords(tracedFrom(text, { line: 1, column: 1 }), escapes)
      }),
    )
  })
})

/** The words that a service of one unit and its drop-ins would run. */
function run(units: readonly string[], env = '', context: Partial<ExecContext> = {}) {
  const service = serviceOf(
    units.map((text, index) => ({
      file: `/u${index}`,
      settings: parseSystemdUnit(`[Service]\n${text}`).settings,
    })),
  )
  const fromFile = parseEnvFile(env).assignments.map(({ name, value }) => ({ name, value, file: '/env' }))
  return execLines(service.execStart, {
    variables: [...service.environment, ...fromFile],
    variableUnknown: () => false,
    unit: 'etcd@one.service',
    ...context,
  })
}

describe('what a service runs', () => {
  test.each<[string, string[], string, string[]]>([
    ['plain', ['ExecStart=/usr/bin/kubelet --v=2'], '', ['/usr/bin/kubelet', '--v=2']],
    ['a drop-in resets', ['ExecStart=/a', 'ExecStart=\nExecStart=/b -x'], '', ['/b', '-x']],
    ['a bare variable splits', ['ExecStart=/a $X'], 'X=--b --c', ['/a', '--b', '--c']],
    ['a bare variable splits outside of quotes', ['ExecStart=/a $X'], `X='"b c" d'`, ['/a', 'b c', 'd']],
    ['a braced variable stays one word', ['ExecStart=/a ${X}'], 'X=--b --c', ['/a', '--b --c']],
    ['a braced variable inside of a word', ['ExecStart=/a --x=${X}y'], 'X=1', ['/a', '--x=1y']],
    ['a bare variable inside of a word stays', ['ExecStart=/a --x=$X'], 'X=1', ['/a', '--x=$X']],
    ['an unset bare variable is no word', ['ExecStart=/a $X b'], '', ['/a', 'b']],
    ['an unset braced variable is an empty word', ['ExecStart=/a ${X}'], '', ['/a', '']],
    ['dollar signs', ['ExecStart=/a $$X a$$b'], 'X=1', ['/a', '$X', 'a$b']],
    ['files win over the unit', ['Environment=X=1 Y=2\nExecStart=/a $X $Y'], 'X=3', ['/a', '3', '2']],
    ['a quoted assignment', ['Environment="X=--b --c"\nExecStart=/a $X'], '', ['/a', '--b', '--c']],
    ['prefixes', ['ExecStart=-!/a b'], '', ['/a', 'b']],
    ['a name of its own', ['ExecStart=@/a other b'], '', ['/a', 'b']],
    ['no variables', ['ExecStart=:/a $X'], 'X=1', ['/a', '$X']],
    ['specifiers', ['ExecStart=/a %i %p %N %% %t'], '', ['/a', 'one', 'etcd', 'etcd@one', '%', '/run']],
  ])('%s', (_name, units, env, expected) => {
    const [line] = run(units, env)
    expect([line?.executable, ...(line?.args ?? []).map(({ value }) => value)]).toEqual(expected)
    expect(line?.unresolved).toEqual([])
  })

  it('has one command line for each semicolon', () => {
    expect(run(['ExecStart=/a b ; /c \\; d']).map((line) => line.executable)).toEqual(['/a', '/c'])
  })

  it('keeps the file and line of each argument', () => {
    const [line] = run(['ExecStart=/a --x \\\n  $Y'], 'Z=1\nY=--y --z')
    expect(line?.args).toEqual([
      { value: '--x', file: '/u0', line: 2, column: 14 },
      { value: '--y', file: '/env', line: 2, column: 3 },
      { value: '--z', file: '/env', line: 2, column: 7 },
    ])
  })

  it('says which variables and specifiers are not known', () => {
    const [line] = run(['ExecStart=/a $X ${HOME}/b %J'], '', { variableUnknown: (name) => name === 'X' })
    expect(line?.unresolved).toEqual(['$X', '$HOME', '%J'])
  })

  it('does not grow without end', () => {
    const [line] = run([`ExecStart=/a ${'${X}'.repeat(1000)}`], `X=${'x'.repeat(10_000)}`)
    expect(line?.args[0]?.value.length).toBeLessThan(1_100_000)
    expect(line?.unresolved).toEqual(['a variable that is too large'])
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (exec, env) => run([`ExecStart=${exec}`], env).length >= 0),
    )
  })
})
