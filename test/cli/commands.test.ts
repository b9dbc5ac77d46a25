import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { rampart } from './run-cli.js'

const ESTATE = 'examples/estate'

describe('commands', () => {
  it('leads with the main commands in --help', () => {
    const { out } = rampart(['--help'])
    expect(out.indexOf('audit')).toBeGreaterThan(0)
    expect(out).toContain('Examples:')
    expect(out).toContain('Exit codes:')
  })

  it('gives the same bytes for inputs in any order', () => {
    const parts = ['cluster', 'gitops', 'hosts'].map((part) => path.join(ESTATE, part))
    for (const format of ['text', 'json', 'sarif', 'markdown', 'html']) {
      const one = rampart(['audit', ...parts, '-o', format, '--fail-on', 'none'])
      const other = rampart(['audit', ...[...parts].reverse(), '-o', format, '--fail-on', 'none'])
      expect(one.out.length).toBeGreaterThan(1000)
      expect(other.out).toBe(one.out)
    }
  })

  it('ends with the counts', () => {
    const { out } = rampart(['audit', ESTATE, '--fail-on', 'none'])
    expect(out.trimEnd().split('\n').at(-1)).toMatch(
      /^\d+ findings: \d+ critical, \d+ high, \d+ medium, \d+ low; \d+ unknown$/,
    )
  })

  it('prints settings with who set them and who lost', () => {
    const run = rampart(['kubelet', 'config', '--host-root', `${ESTATE}/hosts/worker-2`, '-o', 'json'])
    expect(run.code).toBe(0)
    const rows = JSON.parse(run.out) as {
      setting: string
      value: unknown
      source: { kind: string }
      overridden: { source: { file?: string } }[]
    }[]
    const anonymous = rows.find((row) => row.setting === 'authentication.anonymous.enabled')
    expect(anonymous).toMatchObject({ value: true, source: { kind: 'flag' } })
    expect(anonymous?.overridden[0]?.source.file).toBe('/var/lib/kubelet/config.yaml')
    expect(rows.find((row) => row.setting === 'authorization.mode')).toMatchObject({
      value: 'AlwaysAllow',
      source: { kind: 'dropIn', file: '/etc/kubernetes/kubelet.conf.d/20-metrics.conf', line: 5 },
    })
    expect(rampart(['docker', 'config', '--host-root', `${ESTATE}/hosts/build-1`]).out).toContain('hosts')
    expect(rampart(['apiserver', 'config', '--host-root', `${ESTATE}/hosts/cp-1`]).out).toContain(
      'authorization-mode',
    )
  })

  it('audits a snapshot as it audits what it was taken from', () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'rampart-snapshot-'))
    try {
      const file = path.join(dir, 'estate.rampart')
      expect(rampart(['snapshot', '--from', ESTATE, '-o', file]).code).toBe(0)
      const fingerprints = (input: string): string[] =>
        (
          JSON.parse(rampart(['audit', input, '-o', 'json', '--fail-on', 'none']).out) as {
            findings: { fingerprint: string }[]
          }
        ).findings
          .map((finding) => finding.fingerprint)
          .sort()
      expect(fingerprints(file)).toEqual(fingerprints(ESTATE))
      writeFileSync(path.join(dir, 'cut.rampart'), readFileSync(file).subarray(0, 2000))
      const cut = rampart(['audit', path.join(dir, 'cut.rampart')])
      expect({ code: cut.code, lines: cut.err.trim().split('\n').length }).toEqual({ code: 2, lines: 1 })
    } finally {
      rmSync(dir, { recursive: true, force: true })
    }
  })

  it('prints completion scripts that their shells accept', () => {
    for (const shell of ['bash', 'zsh', 'fish'])
      expect(rampart(['completion', shell]).out).toContain('kubelet')
    execFileSync('bash', ['-n'], { input: rampart(['completion', 'bash']).out })
    const complete = `${rampart(['completion', 'bash']).out}\nCOMP_WORDS=(rampart kubelet ""); COMP_CWORD=2; _rampart; echo "\${COMPREPLY[@]}"`
    expect(execFileSync('bash', ['-c', complete], { encoding: 'utf8' })).toContain('config')
  })

  it('shows one check in full', () => {
    const { out } = rampart(['checks', 'show', 'kubelet-anonymous-auth'])
    expect(out).toContain('Why it matters:')
    expect((JSON.parse(rampart(['checks', 'list', '-o', 'json']).out) as unknown[]).length).toBeGreaterThan(
      60,
    )
  })

  it('ends quietly when nobody reads on', () => {
    const command = `"${process.execPath}" dist/cli.js audit ${ESTATE} --all --fail-on none | head -1`
    const out = execFileSync('bash', ['-c', `set -o pipefail; ${command}`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    expect(out.split('\n').length).toBe(2)
  })
})
