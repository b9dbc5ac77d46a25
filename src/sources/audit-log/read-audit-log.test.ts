import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { readAuditLog } from './read-audit-log.js'

const folder = mkdtempSync(path.join(tmpdir(), 'rampart-audit-log-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const event = (user: string): string =>
  `${JSON.stringify({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    stage: 'ResponseComplete',
    verb: 'get',
    user: { username: user },
    objectRef: { resource: 'pods' },
    requestReceivedTimestamp: '2026-11-01T00:00:00Z',
    annotations: { 'authorization.k8s.io/decision': 'allow' },
  })}\n`

const write = (name: string, content: string | Buffer): string => {
  const file = path.join(folder, name)
  writeFileSync(file, content)
  return file
}

describe('an audit log', () => {
  it('is read plain and gzipped, also as several archives in one file', async () => {
    const files = [
      write('audit.log', `${event('alice')}\n\r\n${event('bob').trim()}`),
      write('old.log', Buffer.concat([gzipSync(event('carol')), gzipSync(event('dave'))])),
      write('empty.log', ''),
    ]
    expect([...(await readAuditLog(files)).users.keys()]).toEqual(['alice', 'bob', 'carol', 'dave'])
  })

  it('is refused at the first line that is no event, with its place and nothing of its content', async () => {
    const secret = 'hunter2'
    for (const [name, line] of [
      ['text', secret],
      ['half', `{"requestObject":{"password":"${secret}"`],
      ['other', JSON.stringify({ kind: secret })],
    ] as const) {
      const file = write(name, `${event('alice')}${line}\n`)
      const error = await readAuditLog([file]).catch((caught: unknown) => caught)
      expect(error).toMatchObject({ name: 'RampartError', code: 'unreadable-input' })
      expect((error as Error).message).toMatch(new RegExp(`/${name}:2: not `))
      expect((error as Error).message).not.toContain(secret)
    }
  })

  it('is refused where it cannot be read', async () => {
    const cut = write('cut.gz', gzipSync(event('alice')).subarray(0, 40))
    await expect(readAuditLog([cut])).rejects.toThrow(/cut\.gz:1: /)
    await expect(readAuditLog([path.join(folder, 'none')])).rejects.toThrow(/there is no such file/)
    await expect(readAuditLog([folder])).rejects.toThrow(/it is a folder/)
    const pipe = path.join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    await expect(readAuditLog([pipe])).rejects.toThrow(/a named pipe/)
  })
})
