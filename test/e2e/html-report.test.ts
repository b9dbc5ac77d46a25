import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AuditResult } from '../../src/model/index.js'
import { renderHtml } from '../../src/reports/index.js'
import { HOSTILE_TEXTS, withEveryText } from '../kit/hostile-result.js'
import { auditResultOf, refOf, sampleAuditResult, sampleFinding } from '../kit/sample-audit-result.js'
import { Browser, findBrowser } from './browser.js'

const executable = findBrowser()
if (executable === undefined)
  console.warn('html-report.test.ts is skipped: no chromium here (set CHROMIUM to name one)')

const many = auditResultOf({
  findings: Array.from({ length: 5000 }, (_, index) =>
    sampleFinding({
      fingerprint: String(index),
      target: { kind: 'object', object: refOf('Pod', `pod-${index}`, { namespace: `team-${index % 40}` }) },
    }),
  ),
})

describe.skipIf(executable === undefined)('the HTML report in a browser', () => {
  let folder: string
  let browser: Browser
  let complaints: string[] = []
  let requests: string[] = []

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rampart-report-'))
    browser = await Browser.start(executable!)
    browser.on('Runtime.exceptionThrown', (event) => complaints.push(JSON.stringify(event)))
    browser.on('Log.entryAdded', (event) => complaints.push(JSON.stringify(event)))
    browser.on('Page.javascriptDialogOpening', (event) => complaints.push(JSON.stringify(event)))
    browser.on('Network.requestWillBeSent', (event) => {
      requests.push((event as { request: { url: string } }).request.url)
    })
  }, 60_000)

  afterAll(async () => {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  })

  beforeEach(() => {
    complaints = []
    requests = []
  })

  const addressOf = (name: string, result: AuditResult, filters = ''): string => {
    const file = join(folder, `${name}.html`)
    writeFileSync(file, renderHtml(result))
    return pathToFileURL(file).href + filters
  }
  const rows = (): Promise<string[]> =>
    browser.evaluate('[...document.querySelectorAll(".finding .where .name")].map((row) => row.textContent)')
  const count = (): Promise<string> => browser.evaluate('document.getElementById("count").textContent')
  const address = (): Promise<string> => browser.evaluate('decodeURIComponent(location.hash)')
  const choose = (id: string, value: string): Promise<void> =>
    browser.evaluate(
      `(() => { const field = document.getElementById('${id}'); field.value = ${JSON.stringify(value)};
        field.dispatchEvent(new Event(field.tagName === 'INPUT' ? 'input' : 'change'));
        return new Promise((done) => setTimeout(done, 30)) })()`,
    )
  const click = (selector: string): Promise<void> =>
    browser.evaluate(`document.querySelector(${JSON.stringify(selector)}).click()`)

  it('loads from the file alone, without a complaint', async () => {
    await browser.open(addressOf('sample', sampleAuditResult))
    expect(await rows()).toHaveLength(12)
    expect(await count()).toBe('12 findings')
    expect(requests.filter((url) => !url.startsWith('file:') && url !== 'about:blank')).toEqual([])
    expect(complaints).toEqual([])
  })

  it('filters by severity, check, place, words and kind of answer', async () => {
    await browser.open(addressOf('sample', sampleAuditResult))
    await click('.pills [data-severity=high]')
    expect(await rows()).toEqual([
      'ci-everything (ClusterRoleBinding)',
      'observability/log-agent (DaemonSet)',
    ])
    expect(await count()).toBe('2 of 12 findings match')
    await click('.pills [data-severity=critical]')
    expect(await rows()).toHaveLength(4)
    await click('#reset')
    expect(await rows()).toHaveLength(12)

    await choose('check', 'pod-run-as-root')
    expect(await rows()).toHaveLength(5)
    await choose('place', 'namespace billing')
    expect(await rows()).toEqual(['billing/search (Deployment)', 'billing/ledger (Deployment)'])
    expect(await address()).toBe('#check=pod-run-as-root&place=namespace+billing')
    await choose('q', 'LEDGER deployment.yaml')
    expect(await rows()).toEqual(['billing/ledger (Deployment)'])
    await choose('q', 'nowhere to be found')
    expect(await rows()).toEqual([])
    expect(await browser.evaluate('document.getElementById("nothing").checkVisibility()')).toBe(true)
    await click('#reset')

    await choose('show', 'unknown')
    expect(await count()).toBe('3 open questions')
    await choose('show', 'all')
    expect(await rows()).toHaveLength(17)
    expect(complaints).toEqual([])
  })

  it('takes its filters from the address, and only ones that it offers', async () => {
    await browser.open(
      addressOf('sample', sampleAuditResult, '#severity=low,%22%5D&check=no-such-check&q=shop'),
    )
    expect(await rows()).toEqual(['shop (Namespace)'])
    expect(complaints).toEqual([])
  })

  it('opens a finding by keyboard and shows its line, change and references', async () => {
    await browser.open(addressOf('sample', sampleAuditResult))
    await browser.evaluate('document.querySelector(".finding summary").focus()')
    for (const type of ['keyDown', 'keyUp']) {
      await browser.send('Input.dispatchKeyEvent', {
        type,
        key: 'Enter',
        code: 'Enter',
        windowsVirtualKeyCode: 13,
        text: '\r',
      })
    }
    await browser.evaluate('new Promise((done) => setTimeout(done, 50))')
    expect(await browser.evaluate('document.querySelector(".finding").open')).toBe(true)
    expect(await browser.evaluate('document.querySelector(".finding .focus").textContent')).toBe(
      '5    enabled: true',
    )
    expect(await browser.evaluate('document.querySelector(".finding .added").textContent')).toBe(
      '+ authentication.anonymous.enabled: false',
    )
    expect(await browser.evaluate('document.querySelector(".finding a").rel')).toBe('noopener noreferrer')
  })

  it('stays usable with 5,000 findings', async () => {
    await browser.open(addressOf('many', many))
    expect(await rows()).toHaveLength(100)
    expect(await browser.evaluate('document.getElementById("more").textContent')).toBe(
      'Show 100 more (100 of 5000 shown)',
    )
    await click('#more')
    expect(await rows()).toHaveLength(200)
    await choose('place', 'namespace team-7')
    expect(await count()).toBe('125 of 5000 findings match')
    expect(await rows()).toHaveLength(100)
  })

  it('fits a telephone without scrolling sideways', async () => {
    await browser.send('Emulation.setDeviceMetricsOverride', {
      width: 390,
      height: 800,
      deviceScaleFactor: 1,
      mobile: true,
    })
    await browser.open(addressOf('sample', sampleAuditResult))
    await click('#open')
    await browser.evaluate('new Promise((done) => setTimeout(done, 50))')
    expect(await browser.evaluate('document.documentElement.scrollWidth')).toBe(390)
    await browser.send('Emulation.clearDeviceMetricsOverride')
  })

  it('shows hostile text as text', async () => {
    for (const [index, text] of HOSTILE_TEXTS.entries()) {
      await browser.open(
        addressOf(
          `hostile-${index}`,
          withEveryText(sampleAuditResult, () => text),
        ),
      )
      await click('#open')
      await browser.evaluate('new Promise((done) => setTimeout(done, 20))')
      expect(await rows(), text).toHaveLength(12)
      const strange =
        'document.querySelectorAll("img, iframe, main script, svg[onload], [onmouseover], a[href^=javascript]").length'
      expect(await browser.evaluate(strange), text).toBe(0)
    }
    expect(complaints).toEqual([])
  }, 120_000)
})
