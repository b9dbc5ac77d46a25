// Second step of action.yml: one audit, its reports, and its numbers as outputs of the step.
// Input: RAMPART_PATHS, RAMPART_FAIL_ON, RAMPART_ARGUMENTS, RAMPART_SARIF_FILE, RAMPART_SUMMARY as in action.yml.
// Findings do not end this step with an error: the last step does, after the upload. Anything else does at once.
import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { projectRoot } from '../project-root.mjs'

const FINDINGS = 1
const { env } = process
const folder = mkdtempSync(path.join(env.RUNNER_TEMP ?? tmpdir(), 'rampart-action-'))
try {
  process.exitCode = main()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function main() {
  const [sarif = 'rampart.sarif'] = lines(env.RAMPART_SARIF_FILE)
  const markdown = path.join(folder, 'summary.md')
  const json = path.join(folder, 'result.json')
  const cli = path.join(projectRoot, 'dist', 'cli.js')
  const reports = ['text', `sarif=${sarif}`, `markdown=${markdown}`, `json=${json}`].flatMap((output) => [
    '-o',
    output,
  ])
  const words = [
    'audit',
    ...reports,
    '--fail-on',
    env.RAMPART_FAIL_ON || 'high',
    ...lines(env.RAMPART_ARGUMENTS),
  ]
  const { status } = spawnSync(process.execPath, [cli, ...words, '--', ...lines(env.RAMPART_PATHS || '.')], {
    stdio: 'inherit',
  })
  if (status !== 0 && status !== FINDINGS) return status ?? 2
  if (env.RAMPART_SUMMARY !== 'false' && env.GITHUB_STEP_SUMMARY)
    appendFileSync(env.GITHUB_STEP_SUMMARY, readFileSync(markdown))
  if (env.GITHUB_OUTPUT)
    appendFileSync(env.GITHUB_OUTPUT, outputs(sarif, status, JSON.parse(readFileSync(json, 'utf8'))))
  return 0
}

function lines(text = '') {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
}

function outputs(sarif, code, { counts }) {
  const pairs = { 'sarif-file': sarif, 'exit-code': code }
  for (const name of ['critical', 'high', 'medium', 'low', 'unknown']) pairs[name] = counts[name]
  return Object.entries(pairs)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}
