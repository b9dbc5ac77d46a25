import { describe, expect, it } from 'vitest'
import { runCommand } from './index.js'

const node = (script: string, options: { timeoutMs?: number; stdin?: string; signal?: AbortSignal } = {}) =>
  runCommand([process.execPath, '-e', script], { timeoutMs: 20_000, ...options })

describe('runCommand', () => {
  it('tells status and both outputs', async () => {
    expect(await node('console.log(1); console.error(2); process.exit(3)')).toEqual({
      status: 3,
      timedOut: false,
      stdout: '1\n',
      stderr: '2\n',
    })
  })

  it('gives input, to a program that reads it and to one that does not', async () => {
    expect(await node('process.stdin.pipe(process.stdout)', { stdin: 'hello' })).toMatchObject({
      stdout: 'hello',
    })
    expect(await node('process.exit(0)', { stdin: 'x'.repeat(1 << 20) })).toMatchObject({ status: 0 })
  })

  it('ends a program at the time limit', async () => {
    const result = await node('setInterval(() => {}, 1000)', { timeoutMs: 300 })
    expect(result).toMatchObject({ timedOut: true, endedBy: 'SIGTERM' })
  })

  it('ends a program when it is told to', async () => {
    const abort = new AbortController()
    const running = node('setInterval(() => {}, 1000)', { signal: abort.signal })
    abort.abort()
    expect(await running).toMatchObject({ timedOut: false, endedBy: 'SIGTERM' })
  })

  it('keeps the end of a long output', async () => {
    const { stdout } = await node("process.stdout.write('a'.repeat(1 << 20) + 'end')")
    expect(stdout).toHaveLength(256 * 1024)
    expect(stdout.endsWith('aend')).toBe(true)
  })

  it('does not wait for what a program leaves behind', async () => {
    const daemon =
      "const child = require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { detached: true, stdio: 'inherit' }); console.log(child.pid); child.unref()"
    const { status, stdout, timedOut } = await node(daemon)
    expect([status, timedOut]).toEqual([0, false])
    process.kill(Number(stdout))
  })

  it('names a program that is not there', async () => {
    await expect(runCommand(['no-such-program-here'], { timeoutMs: 1000 })).rejects.toThrow(
      '`no-such-program-here` cannot be run: it is not installed here',
    )
  })
})
