import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderInventory } from '../../src/actions/docker-tls/inventory.js'
import { inventory } from '../kit/docker-tls-inventory.js'
import { rampart } from './run-cli.js'

let folder = ''
const at = (name: string): string => path.join(folder, name)
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rampart-docker-'))
  for (const name of ['home', 'ca', 'broken']) mkdirSync(at(name))
  const [alice] = inventory.minted
  const minted =
    alice === undefined
      ? []
      : [
          { ...alice, notAfter: '2099-01-01T00:00:00.000Z' },
          { ...alice, name: 'bob', state: 'revoked' as const },
        ]
  writeFileSync(at('ca/inventory.json'), renderInventory({ ...inventory, minted }))
  writeFileSync(at('broken/inventory.json'), '{"version": 1')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const docker = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  rampart(['docker', ...args], {
    env: {
      HOME: at('home'),
      RAMPART_STATE_DIR: at('state'),
      DOCKER_HOST: '',
      DOCKER_CONTEXT: '',
      DOCKER_CONFIG: '',
      ...env,
    },
  })

describe('rampart docker client', () => {
  it('the local socket is safe', () => {
    const { code, out } = docker(['client', '--client-version', '28.2.2'])
    expect([code, out]).toEqual([0, expect.stringContaining('unix:///var/run/docker.sock')])
  })

  it('plain TCP is not, and JSON says by which setting', () => {
    const { code, out } = docker(['client', '-o', 'json'], { DOCKER_HOST: 'tcp://10.0.0.5' })
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      daemon: 'tcp://10.0.0.5:2375',
      decidedBy: { setting: 'DOCKER_HOST', where: 'the environment' },
      protection: 'none',
    })
  })

  it('says why docker would end, and takes --tlsverify=false as docker does', () => {
    const { code, out } = docker(['client', '-H', 'tcp://10.0.0.5:2376', '--tlsverify=false'])
    expect(code).toBe(1)
    expect(out).toMatch(/ca\.pem` does not exist/)
    expect(out).toMatch(/Server verified: NO/)
  })

  it('shows a hostile value on one line', () => {
    const { out } = docker(['client'], { DOCKER_HOST: 'tcp://a\u001b[31m\nb' })
    expect(out).not.toContain('\u001b')
  })
})

describe('rampart docker list', () => {
  it('shows what is in use, and with --all the rest', () => {
    expect(docker(['list', '--ca-dir', at('ca')]).out).toMatch(/alice +client/)
    expect(docker(['list', '--ca-dir', at('ca')]).out).not.toContain('bob')
    expect(docker(['list', '--ca-dir', at('ca'), '--all']).out).toMatch(/bob .* revoked/)
    expect(docker(['list', '--ca-dir', at('ca'), '--expiring', '30d']).code).toBe(0)
    expect(docker(['list', '--ca-dir', at('ca'), '--expiring', '99999']).code).toBe(1)
  })

  it.each([
    [['list', '--ca-dir', 'broken'], 2, /broken\/inventory\.json is not the inventory/],
    [['list', '--ca-dir', 'absent'], 2, /setup-tls/],
    [['list', '--expiring', 'soon'], 2, /number of days/],
    [['add-client', 'bob', '--ca-dir', 'absent'], 2, /setup-tls/],
    [['add-client', 'a b', '--ca-dir', 'ca'], 2, /no name for a client/],
    [['add-client', 'bob', '--context', 'default'], 2, /no name of a docker context/],
    [['add-client', 'bob', '--context', 'x1', '--client-dir', 'y'], 2, /exclude each other/],
    [['setup-tls', '--address', 'build-1'], 2, /no address to listen on/],
    [['setup-tls', '--client-days', '0'], 2, /number of days/],
    [['setup-tls', '--key-type', 'dsa'], 2, /ec, rsa/],
    [['revoke'], 2, /missing required argument/],
    [['rotat'], 2, /Did you mean rotate/],
  ])('%j is refused', (args, code, message) => {
    const given = args.map((word) => (['broken', 'absent', 'ca'].includes(word) ? at(word) : word))
    const run = docker(given)
    expect([run.code, run.err]).toEqual([code, expect.stringMatching(message)])
  })
})
