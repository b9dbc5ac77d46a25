/**
 * npm run -s check:secrets
 *
 * Plants secrets in an estate, takes a snapshot of it and every report, and looks for each secret in all of them,
 * plain and in base64. Prints `secrets: N planted, M found` and exits 1 when any was found.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { runAudit } from '../../src/audit/index.js'
import { benchmarks, judgeBenchmark } from '../../src/benchmarks/index.js'
import { checks } from '../../src/checks/index.js'
import type { AuditResult } from '../../src/model/index.js'
import * as reports from '../../src/reports/index.js'
import {
  apiserversOf,
  controllerManagersOf,
  dockerdsOf,
  etcdsOf,
  kubeletsOf,
  kubeProxiesOf,
  schedulersOf,
} from '../../src/effective/index.js'
import { renderSettings, settingRow } from '../../src/cli/settings-view.js'
import { readEstate, writeSnapshot } from '../../src/sources/index.js'
import { plantSecrets } from './plant-secrets.js'

/** Everything that leaves Rampart about the estate in `dir`, by name. */
async function outputsOf(dir: string): Promise<Map<string, string>> {
  const estate = await readEstate({ paths: [dir], hostRoots: [] })
  const result = runAudit(estate, { version: 'test', checks })
  const snapshot = path.join(dir, 'estate.rampart')
  await writeSnapshot(estate, snapshot)
  const views = [
    kubeletsOf,
    dockerdsOf,
    apiserversOf,
    controllerManagersOf,
    schedulersOf,
    etcdsOf,
    kubeProxiesOf,
  ].flatMap((viewsOf) => viewsOf(estate))
  return new Map([
    ['snapshot', gunzipSync(readFileSync(snapshot)).toString('utf8')],
    ['settings', views.map((view) => renderSettings(view.config, view.host, true)).join('')],
    ['settings as JSON', JSON.stringify(views.map((view) => view.config.settings.map(settingRow)))],
    ...reportsOf(result),
  ])
}

function reportsOf(result: AuditResult): [string, string][] {
  const text = (given: string | Iterable<string>): string =>
    typeof given === 'string' ? given : [...given].join('')
  const terminal = { color: false, width: 100, command: 'rampart audit' }
  return [
    ['terminal', text(reports.renderTerminal(result, { ...terminal, all: false }))],
    ['terminal --all', text(reports.renderTerminal(result, { ...terminal, all: true }))],
    ['json', text(reports.renderJson(result))],
    ['sarif', text(reports.renderSarif(result))],
    ['markdown', text(reports.renderMarkdown(result))],
    ['html', text(reports.renderHtml(result))],
    ['junit', text(reports.renderJunit(result, { failOn: 'low' }))],
    ['gitlab', text(reports.renderCodeQuality(result))],
    ['openreports', text(reports.renderOpenReports(result))],
    ...benchmarks.flatMap((benchmark): [string, string][] => {
      const judged = judgeBenchmark(benchmark, checks, result)
      return [
        [benchmark.id, reports.renderBenchmarkText(judged, { color: false, width: 100, all: true })],
        [`${benchmark.id} as CSV`, reports.renderBenchmarkCsv(judged)],
        [`${benchmark.id} as HTML`, reports.renderBenchmarkHtml(judged)],
        [`${benchmark.id} as JSON`, text(reports.streamBenchmarkJson(judged))],
      ]
    }),
  ]
}

/** Runs the whole check; the lines say which secret was found where. */
export async function checkSecrets(): Promise<{ planted: number; found: string[]; findings: number }> {
  const dir = mkdtempSync(path.join(tmpdir(), 'rampart-secrets-'))
  try {
    const planted = plantSecrets(dir)
    const outputs = await outputsOf(dir)
    const found = planted.flatMap(({ place, value }) =>
      [...outputs].flatMap(([name, text]) =>
        formsOf(value).some((form) => text.includes(form)) ? [`${place} stands in: ${name}`] : [],
      ),
    )
    const findings = (JSON.parse(outputs.get('json') ?? '{}') as AuditResult).findings.length
    return { planted: planted.length, found, findings }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** The secret itself, and what base64 makes of it at the start of a text. */
function formsOf(value: string): string[] {
  return [value, Buffer.from(value).toString('base64').replace(/=+$/, '').slice(0, -1)]
}
