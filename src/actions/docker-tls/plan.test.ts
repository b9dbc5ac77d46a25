import { describe, expect, it } from 'vitest'
import type { DaemonSeen } from './daemon-seen.js'
import type { PlanContext } from './docker-tls-plan.js'
import { inventory } from '../../../test/kit/docker-tls-inventory.js'
import { planSetup, type SetupWish } from './plan.js'
import { planAddClient, planRotate } from './plan-clients.js'
import { planRevoke } from './plan-revoke.js'

const seen: DaemonSeen = {
  view: undefined,
  configFile: '/etc/docker/daemon.json',
  configText: undefined,
  systemd: true,
  text: () => undefined,
}
const context = (more: Partial<PlanContext> = {}): PlanContext => ({
  seen,
  inventory,
  authorityFolder: '/ca',
  ownerOf: () => 'ours',
  lives: { authority: 1825, server: 365, client: 30 },
  keyType: 'ec',
  now: new Date('2026-11-26T00:00:00Z'),
  ...more,
})
const setup: SetupWish = {
  listen: [{ address: '10.0.0.5', port: 2376 }],
  names: [],
  allowPublic: false,
  certFolder: '/etc/docker/tls',
  client: { name: 'alice', place: { kind: 'folder', path: '/home/a/.docker' } },
  hostname: 'h',
  hostAddresses: [],
  encryptKey: false,
}
const bob = { name: 'bob', place: { kind: 'folder', path: '/home/b/.docker' } } as const

describe('plans on what is there', () => {
  it('a second set-up in the same place is refused', () => {
    expect(() => planSetup(context(), setup)).toThrow(/holds an authority for/)
  })

  it.each<[string, () => unknown]>([
    ['add-client', () => planAddClient(context({ inventory: undefined }), bob)],
    ['rotate', () => planRotate(context({ inventory: undefined }), { clients: [], names: [] })],
    [
      'revoke',
      () => planRevoke(context({ inventory: undefined }), { names: ['a'], hostname: 'h', encryptKey: false }),
    ],
  ])('%s needs a set-up first', (_name, plan) => expect(plan).toThrow(/setup-tls/))

  it('a client more: no restart, a key for the person alone', () => {
    const plan = planAddClient(context(), bob)
    expect([plan.restart, plan.changes]).toEqual([undefined, []])
    expect(plan.files.map(({ path, mode }) => `${mode.toString(8)} ${path}`)).toEqual([
      '444 /home/b/.docker/ca.pem',
      '444 /home/b/.docker/cert.pem',
      '400 /home/b/.docker/key.pem',
      '600 /ca/inventory.json',
    ])
  })

  it.each<[string, () => unknown, RegExp]>([
    [
      'a name that has one',
      () => planAddClient(context(), { ...bob, name: 'alice' }),
      /until 2026-12-01 already/,
    ],
    [
      'the place of another',
      () =>
        planAddClient(context(), {
          name: 'bob',
          place: { kind: 'context', folder: '/home/a/.docker', name: 'build' },
        }),
      /of alice is there already/,
    ],
    [
      "others' files",
      () =>
        planAddClient(context({ ownerOf: (path) => (path.startsWith('/home') ? 'foreign' : 'ours') }), bob),
      /ca\.pem, .*cert\.pem, .*key\.pem are there already and not made by Rampart/,
    ],
    [
      'a client that is not there',
      () => planRotate(context(), { clients: ['carol'], names: [] }),
      /no certificate was made for `carol`/,
    ],
    [
      'revoking whom nobody knows',
      () => planRevoke(context(), { names: ['carol'], hostname: 'h', encryptKey: false }),
      /no certificate was made for `carol`/,
    ],
  ])('%s is refused', (_name, plan, message) => expect(plan).toThrow(message))

  it('rotating the server restarts it, and touches no client', () => {
    const plan = planRotate(context(), { clients: [], names: ['new.example'] })
    expect(plan.restart).toEqual(inventory.daemon.restart)
    expect(
      plan.certificates.map(({ id, names }) => [id, names.some(({ value }) => value === 'new.example')]),
    ).toEqual([['server', true]])
    expect(plan.files.map(({ path }) => path)).toEqual([
      '/etc/docker/tls/server-cert.pem',
      '/etc/docker/tls/server-key.pem',
      '/ca/inventory.json',
    ])
  })

  it('rotating a client leaves the daemon alone and says how long the old one is accepted', () => {
    const plan = planRotate(context(), { clients: ['alice'], names: [] })
    expect(plan.restart).toBeUndefined()
    expect(plan.notes.join('\n')).toMatch(/alice that is replaced is still accepted until 2026-12-01/)
  })

  it('revoking makes a new authority, and certificates for those who stay', () => {
    const carol = {
      ...inventory.minted[0]!,
      name: 'carol',
      place: { kind: 'folder', path: '/home/c/.docker' } as const,
    }
    const ended = { ...carol, name: 'dave', notAfter: '2026-11-01T00:00:00.000Z' }
    const plan = planRevoke(
      context({ inventory: { ...inventory, minted: [...inventory.minted, carol, ended] } }),
      { names: ['alice'], hostname: 'h', encryptKey: true },
    )
    expect(plan.certificates.map(({ id }) => id)).toEqual(['authority', 'server', 'client carol'])
    expect(plan.revoked).toEqual(['alice'])
    expect(plan.restart).toEqual(inventory.daemon.restart)
    expect(plan.files.some(({ path }) => path.startsWith('/home/a/'))).toBe(false)
    expect(plan.notes.join('\n')).toMatch(/dave gets none: that certificate ended/)
  })
})
