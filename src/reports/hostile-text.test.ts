import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOSTILE_TEXTS, hostileText, withEveryText } from '../../test/kit/hostile-result.js'
import {
  auditResultOf,
  policedAuditResult,
  sampleAuditResult,
  sampleProbe,
} from '../../test/kit/sample-audit-result.js'
import { schemaValidator } from '../../test/kit/schema-validator.js'
import { countsLine, type AuditResult } from '../model/index.js'
import { renderHtml, renderJson, renderMarkdown, renderSarif, renderTerminal } from './index.js'

// Two of each kind hold every field of the model; fewer make each run fast.
const small = auditResultOf({
  ...policedAuditResult,
  findings: sampleAuditResult.findings.slice(0, 4),
  unknowns: sampleAuditResult.unknowns.slice(0, 2),
  probes: [sampleProbe],
})

/** Runs a test with each known bad text, and random ones, in every field of a result. */
function withHostile(test: (result: AuditResult, text: string) => void): void {
  for (const text of HOSTILE_TEXTS)
    test(
      withEveryText(small, () => text),
      text,
    )
  fc.assert(
    fc.property(hostileText(), (text) =>
      test(
        withEveryText(small, () => text),
        text,
      ),
    ),
    { numRuns: 60 },
  )
}

const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u
const options = { width: 80, command: 'rampart audit x' }

describe('any text in every field', () => {
  it('never reaches a terminal as a control character', () => {
    withHostile((result, text) => {
      for (const all of [false, true]) {
        const plain = renderTerminal(result, {
          ...options,
          all,
          color: false,
          command: `rampart audit ${text}`,
        })
        expect(plain.replaceAll('\n', '')).not.toMatch(HIDDEN)
        expect(plain.endsWith(`\n${countsLine(result.counts)}\n`)).toBe(true)
        const colored = renderTerminal(result, { ...options, all, color: true })
        expect(stripVTControlCharacters(colored)).toBe(
          renderTerminal(result, { ...options, all, color: false }),
        )
      }
    })
  })

  it('stays text in JSON', () => {
    const errorsOf = schemaValidator('schemas/audit-result.schema.json')
    withHostile((result, text) => {
      const printed = renderJson(result)
      expect(printed.replaceAll('\n', '')).not.toMatch(HIDDEN)
      const parsed = JSON.parse(printed) as AuditResult
      expect(errorsOf(parsed)).toEqual([])
      expect(parsed.findings[0]?.message).toBe(text)
    })
  })

  it('stays text in SARIF', () => {
    const errorsOf = schemaValidator('test/fixtures/sarif/sarif-schema-2.1.0.json')
    withHostile((result) => {
      const printed = renderSarif(result)
      expect(printed.replaceAll('\n', '')).not.toMatch(HIDDEN)
      expect(errorsOf(JSON.parse(printed))).toEqual([])
    })
  })

  it('stays text in Markdown', () => {
    const expected = markdownSkeleton(renderMarkdown(withEveryText(small, () => 'x')))
    withHostile((result) => {
      const text = renderMarkdown(result)
      expect(text.replaceAll('\n', '')).not.toMatch(HIDDEN)
      const skeleton = markdownSkeleton(text)
      expect(skeleton.tags).toEqual(expected.tags)
      expect(skeleton.headings).toEqual(expected.headings)
      expect(skeleton.bars).toEqual(expected.bars)
      expect(skeleton.active).toEqual([])
    })
  })

  it('stays text in HTML', () => {
    const expected = htmlSkeleton(renderHtml(withEveryText(small, () => 'x')))
    withHostile((result) => {
      const page = renderHtml(result)
      expect(page.replaceAll('\n', '')).not.toMatch(HIDDEN)
      expect(htmlSkeleton(page)).toEqual(expected)
      const data = /<script type="application\/json" id="data">([^<]*)<\/script>/.exec(page)?.[1] ?? ''
      expect((JSON.parse(data) as { findings: unknown[] }).findings).toHaveLength(10)
    })
  })
})

/** Every tag of a page with the names of its attributes; what scripts and styles hold, and code in prose, is left out. */
function htmlSkeleton(page: string): string[] {
  const markup = page.replace(/(<(script|style)\b[^>]*>)[\s\S]*?(<\/\2>)/g, '$1$3')
  const tags = markup.match(/<[^>]*>/g) ?? []
  return tags.filter((tag) => !/^<\/?code>/.test(tag)).map((tag) => tag.replace(/"[^"]*"/g, '""'))
}

/** What a Markdown text does beside saying words: tags, headings, bars of tables, and signs that link or mention. */
function markdownSkeleton(text: string): {
  tags: string[]
  headings: number
  bars: number[]
  active: string[]
} {
  const outside: string[] = []
  let fence: string | undefined
  for (const line of text.split('\n')) {
    const run = /^`{3,}/.exec(line)?.[0]
    if (fence === undefined && run !== undefined) fence = run
    else if (fence !== undefined && line === fence) fence = undefined
    else if (fence === undefined) outside.push(withoutCode(line))
  }
  expect(fence).toBeUndefined()
  const all = outside.join('\n')
  return {
    tags: (all.match(/<[^>\n]*>?/g) ?? []).filter((tag) => !/^<(?:\/?code|br)>$/.test(tag)),
    headings: outside.filter((line) => /^ {0,3}#{1,6} /.test(line)).length,
    bars: outside
      .filter((line) => line.startsWith('|'))
      .map((line) => line.replace(/\\./g, '').split('|').length),
    // A summary is a line of HTML: brackets and backticks are letters there.
    active: [
      ...(all
        .replace(/^<summary>.*$/gm, '')
        .replace(/\\./g, '')
        .match(/[[\]`]|:\/\//g) ?? []),
      ...(all.match(/@\w|(?<!&)#\d/g) ?? []),
    ],
  }
}

/** The line without its code spans, by the rule of CommonMark: a run of backticks ends at the next run as long. */
function withoutCode(line: string): string {
  let text = ''
  let index = 0
  while (index < line.length) {
    if (line.charAt(index) === '\\') {
      text += line.slice(index, index + 2)
      index += 2
    } else if (line[index] === '`') {
      const run = /^`+/.exec(line.slice(index))?.[0] ?? ''
      const rest = line.slice(index + run.length)
      const end = [...rest.matchAll(/`+/g)].find((match) => match[0].length === run.length)
      if (end === undefined) {
        text += run
        index += run.length
      } else index += run.length + end.index + run.length
    } else text += line.charAt(index++)
  }
  return text
}
