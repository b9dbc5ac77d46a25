import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rampart } from './run-cli.js'

const PRIVILEGED = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
    - {name: app, image: 'a:1', securityContext: {privileged: true}}
`
const QUIET = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n'

let dir = ''
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'rampart-cli-'))
  writeFileSync(path.join(dir, 'pod.yaml'), PRIVILEGED)
  writeFileSync(path.join(dir, 'namespace.yaml'), QUIET)
  writeFileSync(path.join(dir, 'other.json'), '{"name": "web"}')
  writeFileSync(path.join(dir, 'broken.yaml'), 'kind: [\n')
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

describe('exit codes', () => {
  it.each<[string, string[], number]>([
    ['nothing found', ['audit', 'namespace.yaml'], 0],
    ['a finding at or above high', ['audit', 'pod.yaml'], 1],
    ['findings, gate off', ['audit', 'pod.yaml', '--fail-on', 'none'], 0],
    ['nothing named', ['audit'], 2],
    ['an unknown option', ['audit', '--no-such-option'], 2],
    ['an unknown command', ['audti'], 2],
    ['an unknown severity', ['audit', 'pod.yaml', '--fail-on', 'severe'], 2],
    ['an unknown check', ['audit', 'pod.yaml', '--check', 'pod-priviliged'], 2],
    ['a file that is not there', ['audit', 'absent.yaml'], 2],
    ['only unreadable input', ['audit', 'broken.yaml'], 2],
    ['nothing of Kubernetes', ['audit', 'other.json'], 2],
    ['nothing of Kubernetes, which may be', ['audit', 'other.json', '--allow-empty'], 0],
    ['only unreadable input, though it may be empty', ['audit', 'broken.yaml', '--allow-empty'], 2],
    ['one unreadable among others', ['audit', 'namespace.yaml', 'broken.yaml'], 0],
    ['one unreadable among others, strict', ['audit', 'namespace.yaml', 'broken.yaml', '--strict'], 2],
    ['a report that cannot be written', ['audit', 'pod.yaml', '--output-file', 'absent/report.txt'], 2],
    ['an unknown format', ['audit', 'pod.yaml', '-o', 'xml'], 2],
    ['a format with no file after =', ['audit', 'pod.yaml', '-o', 'json='], 2],
    ['two reports on standard output', ['audit', 'pod.yaml', '-o', 'json', '-o', 'text'], 2],
    ['two reports in one file', ['audit', 'pod.yaml', '-o', 'json=a', '-o', 'sarif=a'], 2],
    ['no kubelet in what was read', ['kubelet', 'config', 'namespace.yaml'], 2],
    ['help', ['--help'], 0],
    ['help of a command', ['audit', '--help'], 0],
    ['the version', ['--version'], 0],
    ['no command at all: what can be seen from here', [], 0],
  ])('%s', (_name, args, code) => {
    const run = rampart(args, { cwd: dir })
    expect({ code: run.code, err: run.err }).toMatchObject({ code })
    expect(run.err + run.out).not.toMatch(/\n\s+at .*:\d+:\d+/)
    if (code === 2) expect(run.err).not.toBe('')
  })

  it('says what was meant', () => {
    expect(rampart(['audti'], { cwd: dir }).err).toContain('audit')
    expect(rampart(['audit', 'pod.yaml', '--check', 'pod-priviliged'], { cwd: dir }).err).toContain(
      'did you mean `pod-privileged`',
    )
  })

  it('names file and line of what it cannot read', () => {
    expect(rampart(['audit', 'broken.yaml'], { cwd: dir }).err).toMatch(/broken\.yaml:1:8: not valid YAML/)
  })

  it('reads standard input', () => {
    const run = rampart(['audit', '-', '-o', 'json'], { input: PRIVILEGED })
    expect(run.code).toBe(1)
    const result = JSON.parse(run.out) as { findings: { check: string; evidence: { line: number }[] }[] }
    expect(result.findings.find((finding) => finding.check === 'pod-privileged')?.evidence[0]?.line).toBe(6)
  })
})

it('writes several reports of one audit', () => {
  const run = rampart(
    [
      'audit',
      'pod.yaml',
      '-o',
      'sarif=out.sarif',
      '-o',
      'junit=out.xml',
      '-o',
      'gitlab=out.json',
      '-o',
      'text',
    ],
    { cwd: dir },
  )
  expect(run.code).toBe(1)
  expect(run.out).toContain('1 critical')
  const read = (file: string): string => readFileSync(path.join(dir, file), 'utf8')
  expect(read('out.sarif')).toContain('pod-privileged')
  expect(read('out.xml')).toContain('<failure type="critical"')
  expect(JSON.parse(read('out.json'))).toContainEqual(
    expect.objectContaining({ check_name: 'pod-privileged', severity: 'blocker' }),
  )
})
