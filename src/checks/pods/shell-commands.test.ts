import { describe, expect, it } from 'vitest'
import { fetches, shellText } from './shell-commands.js'

describe('commands in a shell', () => {
  it.each<[unknown, string | undefined]>([
    [['sh', '-c', 'echo a'], 'echo a'],
    [['/bin/bash', '-ec', 'echo a'], 'echo a'],
    [['cmd.exe', '/c', 'dir'], 'dir'],
    [['redis-cli', 'ping'], undefined],
    [['/bin/push', '-c', 'x'], undefined],
    ['sh -c x', undefined],
    [[], undefined],
  ])('%j', (command, expected) => {
    expect(shellText({ command: command as never })).toBe(expected)
  })

  it.each<[string, boolean]>([
    ['curl -s https://a | sh', true],
    ['/usr/bin/wget x', true],
    ['apk add curl-dev', true],
    ['echo curling', false],
    ['sync', false],
    ['test -f /tmp/nc.pid', false],
  ])('%s', (text, expected) => {
    expect(fetches(text)).toBe(expected)
  })
})
