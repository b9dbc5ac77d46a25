import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rampart } from './run-cli.js'

const CONFIG = [
  'kubeadm',
  'config',
  '--hardened',
  '--kubernetes-version',
  'v1.36.3',
  '--control-plane-endpoint',
  'api:6443',
]

let base: string
beforeAll(() => (base = mkdtempSync(path.join(tmpdir(), 'rampart-kubeadm-'))))
afterAll(() => rmSync(base, { recursive: true, force: true }))

describe('rampart kubeadm config', () => {
  it('shows the files and writes nothing, unless a folder is named', () => {
    for (const more of [[], ['--out', path.join(base, 'dry'), '--dry-run']]) {
      const { code, out, err } = rampart([...CONFIG, ...more])
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(out).toContain('===== etc/kubernetes/hardening/encryption.yaml (0600, holds a key or token)')
      expect(out).toContain('secret: <made when the folder is written>')
      expect(out).toMatch(/Nothing was written: name a folder with --out DIR\.\n$/)
    }
    expect(readdirSync(base)).toEqual([])
  })

  it('writes a folder, and never prints a key', () => {
    const folder = path.join(base, 'text')
    const { code, out, err } = rampart([...CONFIG, '--out', folder])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain(`Written to ${folder}:`)
    expect(out).toContain('What stays open, and why:')
    const file = path.join(folder, 'etc/kubernetes/hardening/encryption.yaml')
    const key = /secret: (\S+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? ''
    expect(key).toMatch(/^[A-Za-z0-9+/]{43}=$/)
    expect(out).not.toContain(key)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('gives JSON: the texts of a dry run, and of a written folder the places alone', () => {
    const dry = JSON.parse(rampart([...CONFIG, '-o', 'json']).out) as {
      folder: null
      files: { text: string }[]
    }
    expect(dry.folder).toBeNull()
    expect(dry.files.every(({ text }) => text.length > 0)).toBe(true)
    const folder = path.join(base, 'json')
    const made = JSON.parse(rampart([...CONFIG, '-o', 'json', '--out', folder]).out) as {
      folder: string
      files: { path: string; mode: string; secret: boolean }[]
    }
    expect(made.folder).toBe(folder)
    expect(made.files).toContainEqual({
      path: 'etc/kubernetes/kubeadm/init.yaml',
      mode: '0600',
      secret: true,
    })
  })

  it.each([
    [
      ['kubeadm', 'config', '--kubernetes-version', 'v1.36.3', '--control-plane-endpoint', 'api'],
      'add --hardened',
    ],
    [
      ['kubeadm', 'config', '--hardened', '--kubernetes-version', 'v1.36.3'],
      "required option '--control-plane-endpoint <host:port>' not specified",
    ],
    [[...CONFIG.slice(0, 4), 'v1.99.0', ...CONFIG.slice(5)], '--kubernetes-version: v1.99.0 is not known'],
    [[...CONFIG.slice(0, -1), 'https://api'], '--control-plane-endpoint: "https://api" is not HOST:PORT'],
    [[...CONFIG, '--topology', 'ha'], '--topology: "ha" is none of single, stacked, external'],
  ])('refuses %j with exit code 2', (args, message) => {
    const { code, out, err } = rampart(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(message)
  })

  it('refuses a folder that holds anything, and leaves it as it is', () => {
    writeFileSync(path.join(base, 'text', 'mine'), 'mine')
    const before = readdirSync(path.join(base, 'text'), { recursive: true })
    const { code, err } = rampart([...CONFIG, '--out', path.join(base, 'text')])
    expect(code).toBe(2)
    expect(err).toContain('is not empty: keys that are in use could be lost')
    expect(readdirSync(path.join(base, 'text'), { recursive: true })).toEqual(before)
  })
})
