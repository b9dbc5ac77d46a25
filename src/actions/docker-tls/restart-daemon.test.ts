import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { restartDaemon, restartWords, waitUntil } from './restart-daemon.js'

const unit = { kind: 'systemd', unit: 'docker.service' } as const

describe('a restart', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rampart-restart-'))
    vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`)
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true, force: true })
  })
  const systemctl = (body: string): void => {
    writeFileSync(join(folder, 'systemctl'), `#!/bin/sh\necho "$*" >>'${folder}/asked'\n${body}\n`)
    chmodSync(join(folder, 'systemctl'), 0o755)
  }
  const asked = (): string[] => readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n')

  it('by systemd reads the units again, and sets the count of starts back, first', async () => {
    systemctl('exit 0')
    await restartDaemon(unit)
    expect(asked()).toEqual(['daemon-reload', 'reset-failed docker.service', 'restart docker.service'])
  })

  it('goes on where there is nothing to set back', async () => {
    systemctl('[ "$1" = reset-failed ] && exit 1; exit 0')
    await restartDaemon(unit)
    expect(asked().at(-1)).toBe('restart docker.service')
  })

  it('that fails says what systemd said', async () => {
    systemctl('[ "$1" = restart ] && { echo "Job for docker.service failed" >&2; exit 1; }; exit 0')
    await expect(restartDaemon(unit)).rejects.toThrow(
      '`systemctl restart docker.service` ended with exit code 1: Job for docker.service failed',
    )
  })

  it('by a command of the user goes through a shell', async () => {
    await restartDaemon({
      kind: 'command',
      command: `echo a > '${folder}/x' && echo b >> '${folder}/x'`,
    })
    expect(readFileSync(join(folder, 'x'), 'utf8')).toBe('a\nb\n')
    await expect(restartDaemon({ kind: 'command', command: 'exit 7' })).rejects.toThrow(
      '`exit 7` ended with exit code 7',
    )
  })

  it('is told as the command that it is', () => {
    expect(restartWords(unit)).toBe('systemctl daemon-reload && systemctl restart docker.service')
  })
})

it('waits until it is so, or the time is over', async () => {
  let left = 2
  expect(await waitUntil(() => Promise.resolve(--left < 0), { withinMs: 5_000 })).toBe(true)
  expect(await waitUntil(() => Promise.resolve(false), { withinMs: 0 })).toBe(false)
})
