import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rampart, type CliRun } from './run-cli.js'

let folder = ''
const at = (name: string): string => path.join(folder, name)
const read = (name: string): string => readFileSync(at(name), 'utf8')
const run = (...args: string[]): CliRun =>
  rampart(['kubeconfig', ...args], { cwd: folder, env: { KUBECONFIG: 'config', HOME: folder } })
const backups = (): string[] => readdirSync(folder).filter((name) => name.includes('.backup-'))

const CONFIG = `# my clusters
apiVersion: v1
kind: Config
current-context: dev # changes often
x-of-mine: {a: 1}
clusters:
- cluster:
    server: https://dev
    colour: green
  name: dev
- cluster:
    server: https://prod # careful
  name: prod
users:
- name: me
  user:
    token: s3cret-of-mine-0123456789
contexts:
- name: dev
  context: {cluster: dev, user: me}
- name: prod
  context: {cluster: prod, user: me}
`

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kubeconfig-change-'))
  writeFileSync(at('config'), CONFIG, { mode: 0o640 })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('commands that change a kubeconfig', () => {
  it('change one line, keep comments and unknown fields, the mode, and the old file', () => {
    chmodSync(at('config'), 0o640)
    const { code, out, err } = run('use', 'prod')
    expect({ code, out }).toEqual({ code: 0, out: 'Switched to context "prod".\n' })
    expect(read('config')).toBe(CONFIG.replace('current-context: dev #', 'current-context: prod #'))
    expect(err).toContain('- current-context: dev # changes often\n+ current-context: prod # changes often\n')
    expect(statSync(at('config')).mode & 0o777).toBe(0o640)
    const [backup = ''] = backups()
    expect(read(backup)).toBe(CONFIG)
    expect(statSync(at(backup)).mode & 0o777).toBe(0o600)
  })

  it('add an entry and touch no other line', () => {
    expect(run('set-cluster', 'new', '--server', 'https://new').code).toBe(0)
    const added = '- name: new\n  cluster:\n    server: https://new\n'
    expect(read('config')).toBe(CONFIG.replace('users:\n', `${added}users:\n`))
  })

  it('make a new file for its owner alone', () => {
    expect(run('set-cluster', 'c', '--server', 'https://c', '--kubeconfig', 'sub/new').code).toBe(0)
    expect(statSync(at('sub/new')).mode & 0o777).toBe(0o600)
  })

  it('write nothing for --dry-run and where nothing changes', () => {
    expect(run('use', 'prod', '--dry-run')).toMatchObject({ code: 0, out: '' })
    expect(run('use', 'dev').err).toBe('nothing changes\n')
    expect(read('config')).toBe(CONFIG)
    expect(readdirSync(folder)).toEqual(['config'])
  })

  it('show no secret', () => {
    const { out, err } = run('set-credentials', 'me', '--token', 'other-s3cret-abcdefgh')
    expect(out + err).not.toContain('s3cret')
    expect(read('config')).toContain('other-s3cret')
  })

  it('leave a link a link', () => {
    symlinkSync('config', at('link'))
    expect(run('use', 'prod', '--kubeconfig', 'link').code).toBe(0)
    expect(lstatSync(at('link')).isSymbolicLink()).toBe(true)
    expect(read('config')).toContain('current-context: prod')
  })

  it('respect the lock of kubectl, and take theirs away', () => {
    writeFileSync(at('config.lock'), '')
    const { code, err } = run('use', 'prod')
    expect({ code, told: /config\.lock: file exists/.test(err) }).toEqual({ code: 3, told: true })
    expect(read('config')).toBe(CONFIG)
    rmSync(at('config.lock'))
    run('use', 'none')
    expect(readdirSync(folder)).toEqual(['config'])
  })

  it.each([
    ['a: [', /^error: error loading config file "config": yaml/],
    [`${CONFIG}---\na: b\n`, /several documents/],
  ])('leave a file alone that they cannot change: %j', (text, message) => {
    writeFileSync(at('config'), text)
    const { code, err } = run('set-cluster', 'c', '--server', 's')
    expect({ code, told: message.test(err) }).toEqual({ code: 2, told: true })
    expect(read('config')).toBe(text)
    expect(readdirSync(folder)).toEqual(['config'])
  })

  it('say what may have been meant', () => {
    expect(run('use', 'pord').err).toBe(
      'error: no context exists with the name: "pord"; did you mean `prod`?\n',
    )
  })
})

describe('rampart kubeconfig delete', () => {
  it('deletes a context with what only it uses', () => {
    const { code, out, err } = run('delete', 'dev', '--orphans')
    expect({ code, out }).toEqual({
      code: 0,
      out: 'deleted context dev from config\ndeleted cluster dev from config\n',
    })
    expect(err).toContain('warning: this removed your active context')
    expect(read('config')).not.toContain('https://dev')
    expect(read('config')).toContain('current-context: "" # changes often')
    expect(read('config')).toContain('name: me')
  })

  it('keeps what a context uses unless forced', () => {
    const { code, err } = run('delete', '--cluster', 'prod')
    expect({ code, err }).toEqual({
      code: 2,
      err: 'error: cluster prod is used by context prod: delete that too, or add --force\n',
    })
    expect(run('delete', '--cluster', 'prod', '--force').code).toBe(0)
  })

  it('deletes all that nothing uses', () => {
    run('delete', 'dev', 'prod')
    expect(run('delete', '--orphans').out).toBe(
      'deleted cluster dev from config\ndeleted cluster prod from config\ndeleted user me from config\n',
    )
    expect(run('delete', '--orphans')).toMatchObject({ code: 2, err: 'error: nothing is orphaned\n' })
  })
})

describe('rampart kubeconfig merge', () => {
  const THEIRS = `clusters:
- name: dev
  cluster: {server: https://their-dev, certificate-authority: ca.crt, x: 1}
- name: third
  cluster: {server: https://third}
users:
- name: me
  user: {token: s3cret-of-mine-0123456789}
contexts:
- name: dev
  context: {cluster: dev, user: me}
`
  beforeEach(() => {
    rmSync(at('theirs'), { recursive: true, force: true })
    run('set-cluster', 'unused', '--kubeconfig', 'theirs/config')
    writeFileSync(at('theirs/config'), THEIRS)
  })

  it('refuses a name with other content', () => {
    const { code, err } = run('merge', 'theirs/config')
    expect(code).toBe(2)
    expect(err).toMatch(/^error: cluster dev of theirs\/config differs/)
    expect(read('config')).toBe(CONFIG)
  })

  it('renames, with the contexts that lead there, and rewrites paths', () => {
    const { code, out } = run('merge', 'theirs/config', '--on-conflict', 'rename')
    expect({ code, out }).toEqual({
      code: 0,
      out: 'added cluster dev-2 (dev of theirs/config)\nadded cluster third\nadded context dev-2 (dev of theirs/config)\n',
    })
    const view = JSON.parse(run('view', '-o', 'json', '--raw').out)
    expect(
      view.contexts.map(({ name, context }: { name: string; context: { cluster: string } }) => [
        name,
        context.cluster,
      ]),
    ).toEqual([
      ['dev', 'dev'],
      ['dev-2', 'dev-2'],
      ['prod', 'prod'],
    ])
    expect(view.clusters[1].cluster['certificate-authority']).toBe('theirs/ca.crt')
    expect(read('config')).toContain('x: 1')
    expect(read('config')).toContain('# careful')
  })

  it.each([
    ['keep', 'https://dev'],
    ['replace', 'https://their-dev'],
  ])('--on-conflict %s', (how, server) => {
    expect(run('merge', 'theirs/config', '--on-conflict', how).code).toBe(0)
    const view = JSON.parse(run('view', '-o', 'json').out)
    expect(view.clusters.find(({ name }: { name: string }) => name === 'dev').cluster.server).toBe(server)
  })
})
