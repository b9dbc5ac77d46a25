import type { Inventory } from '../../src/actions/docker-tls/inventory.js'

/** An inventory for tests. */
export const inventory: Inventory = {
  version: 1,
  authority: {
    name: 'Docker clients of h',
    serial: 'aa',
    fingerprint: 'bb',
    notAfter: '2031-01-01T00:00:00.000Z',
    keyEncrypted: true,
  },
  daemon: {
    configFile: '/etc/docker/daemon.json',
    certFolder: '/etc/docker/tls',
    socket: '/run/docker.sock',
    endpoints: [{ address: '10.0.0.5', port: 2376 }],
    restart: { kind: 'systemd', unit: 'docker.service' },
  },
  minted: [
    {
      name: 'alice',
      use: 'client',
      serial: '01',
      fingerprint: '02',
      made: '2026-11-01T00:00:00.000Z',
      notAfter: '2026-12-01T00:00:00.000Z',
      names: [],
      place: { kind: 'context', folder: '/home/a/.docker', name: 'build' },
      state: 'current',
    },
  ],
}
