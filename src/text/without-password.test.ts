import { describe, expect, it } from 'vitest'
import { withoutPassword } from './without-password.js'

describe('an address without its password', () => {
  it.each([
    ['https://10.0.0.1:6443', 'https://10.0.0.1:6443'],
    ['ssh://ops@build:22', 'ssh://ops@build:22'],
    ['ssh://ops:hunter2@build', 'ssh://ops:REDACTED@build'],
    [' tcp://:hunter2@build:2376/x', ' tcp://:REDACTED@build:2376/x'],
    ['http://u:p@ss@proxy:3128', 'http://u:REDACTED@proxy:3128'],
    ['https://host/a:b@c', 'https://host/a:b@c'],
    ['no address', 'no address'],
    ['', ''],
  ])('%s', (url, shown) => {
    expect(withoutPassword(url)).toBe(shown)
  })
})
