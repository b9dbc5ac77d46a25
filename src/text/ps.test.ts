import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePs } from './ps.js'

const EF = `UID          PID    PPID  C STIME TTY          TIME CMD
root           1       0  0 Nov20 ?        00:00:11 /sbin/init
root         812       1  2 Nov20 ?        01:12:45 /usr/bin/kubelet --config=/var/lib/kubelet/config.yaml --v=2
`

const AUX = `USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND
root         812  2.1  1.3 1934568 104820 ?      Ssl  Nov20  72:45 /usr/bin/kubelet --v=2
nobody       900  0.0  0.0   4000   900 pts/0    S+   10:31   0:00 grep kubelet
`

describe('a saved ps', () => {
  it('is read from ps -ef', () => {
    expect(parsePs(EF)).toEqual({
      recognised: true,
      processes: [
        { pid: 1, user: 'root', command: '/sbin/init', line: 2, column: 53, cut: false },
        {
          pid: 812,
          user: 'root',
          command: '/usr/bin/kubelet --config=/var/lib/kubelet/config.yaml --v=2',
          line: 3,
          column: 53,
          cut: false,
        },
      ],
    })
  })

  it('is read from ps aux, also with CRLF and words above the header', () => {
    const read = parsePs(`$ ps aux\r\n${AUX.replaceAll('\n', '\r\n')}`)
    expect(read.processes.map(({ pid, command, line }) => [pid, command, line])).toEqual([
      [812, '/usr/bin/kubelet --v=2', 3],
      [900, 'grep kubelet', 4],
    ])
  })

  it('knows a usual terminal width', () => {
    const line =
      'root         812       1  2 Nov20 ?        01:12:45 /usr/bin/kubelet --config=/var/lib/kubelet'
    const read = parsePs(`${EF.split('\n')[0] ?? ''}\n${line.slice(0, 80)}\n`)
    expect(read.cutAt).toBe(80)
    expect(read.processes[0]?.cut).toBe(true)
  })

  it('knows any width at which several lines end', () => {
    const long = `root         812       1  2 Nov20 ?        01:12:45 /usr/bin/kubelet ${'--x '.repeat(40)}`
    const text = `${EF}${long.slice(0, 137)}\n${long.replace('812', '813').slice(0, 137)}\n`
    const read = parsePs(text)
    expect(read.cutAt).toBe(137)
    expect(read.processes.map(({ pid, cut }) => [pid, cut])).toEqual([
      [1, false],
      [812, false],
      [812, true],
      [813, true],
    ])
  })

  it.each([
    ['nothing', ''],
    ['no header', 'root 1 0 /sbin/init\n'],
    ['the header of another tool', 'CONTAINER ID   IMAGE   COMMAND   CREATED\n'],
    ['a command that is not last', 'PID COMMAND TIME\n1 a 0\n'],
  ])('is not recognised: %s', (_name, text) => {
    expect(parsePs(text)).toEqual({ processes: [], recognised: false })
  })

  it('leaves out lines that do not fit', () => {
    expect(parsePs(`${EF}\nhalf a line\nroot x 1 2 3 4 5 kubelet\n`).processes).toHaveLength(2)
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => parsePs(`PID CMD\n${text}`).recognised))
  })
})
