import { describe, expect, it } from 'vitest'
import { defineCheck, type AnyCheck } from '../checks/index.js'
import { asList, asString, unknown, valueAt, type AuditResult } from '../model/index.js'
import { estateFrom } from '../sources/inline.js'
import { baselineOf, baselineText, compareBaselines, readBaseline, runAudit, type Baseline } from './index.js'

const example = { manifests: '' }
const check: AnyCheck = defineCheck({
  id: 'pod-containers',
  title: 'A container',
  severity: 'high',
  because: 'it is so',
  reach: 'pod',
  why: 'for the test',
  references: [],
  examples: { bad: example, good: example },
  appliesTo: 'object',
  kinds: ['Pod'],
  evaluate({ object }, report) {
    if (object.ref.name === 'odd') {
      report.unknown(unknown('unparsable', 'odd'))
      return
    }
    asList(valueAt(object.content, ['spec', 'containers'])).forEach((container, index) => {
      const image = asString(valueAt(container, ['image'])) ?? ''
      if (image === 'good') return
      report.fail(
        { origin: { kind: 'object', object, path: ['spec', 'containers', index] }, message: image },
        { message: `${image} is bad` },
      )
    })
  },
})

const pod = (name: string, containers: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {containers: [${containers}]}\n---\n`
const A = '{name: a, image: x}'
const B = '{name: b, image: z}'

async function audit(manifests: string, content?: Baseline, checks = [check]): Promise<AuditResult> {
  const baseline = content === undefined ? {} : { baseline: { file: 'known.json', content } }
  return runAudit(await estateFrom({ manifests }), { version: 'test', checks, ...baseline })
}

const before = await audit(pod('web', A) + pod('api', B) + pod('odd', A))
const known = baselineOf(before)

describe('only what is new is told', () => {
  it('nothing, where all is known: not even open questions', async () => {
    const { findings, unknowns, counts, baseline, coverage } = await audit(
      `# moved\n\n${pod('api', B)}${pod('web', A)}${pod('odd', A)}`,
      known,
    )
    expect([findings, unknowns]).toEqual([[], []])
    expect(counts).toMatchObject({ high: 0, unknown: 0 })
    expect(baseline).toEqual({ file: 'known.json', known: 3, gone: [], notLookedAt: 0 })
    expect(coverage[0]).toMatchObject({ pass: 0, fail: 2, unknown: 1 })
  })

  it('a second bad container of a known object, with its own words and place alone', async () => {
    const { findings, baseline } = await audit(
      pod('web', `${B}, ${A}`) + pod('api', B) + pod('odd', A),
      known,
    )
    expect(findings.map(({ message, evidence }) => [message, evidence.map(({ key }) => key)])).toEqual([
      ['z is bad', ['spec.containers[name=b]']],
    ])
    expect(baseline).toMatchObject({ known: 3, gone: [] })
  })
})

describe('what is there no longer', () => {
  it.each([
    ['mended', pod('web', '{name: a, image: good}') + pod('api', B), ['web']],
    ['deleted, and all that was read then was read again', pod('api', B), ['web']],
  ])('is gone when it was %s', async (_, manifests, names) => {
    const { baseline } = await audit(manifests, known)
    expect(baseline?.gone.map(({ target }) => target.split(' ')[1])).toEqual(names)
    expect(baseline?.notLookedAt).toBe(0)
  })

  it('is not looked at with other inputs, other checks, or where the question is open now', async () => {
    const elsewhere = { ...known, inputs: [{ kind: 'cluster', name: 'prod' }] }
    expect((await audit(pod('api', B), elsewhere)).baseline).toMatchObject({ gone: [], notLookedAt: 1 })
    const other = { ...check, id: 'pod-other' }
    expect((await audit(pod('api', B), known, [other])).baseline).toMatchObject({ gone: [], notLookedAt: 2 })
    const odd = baselineOf(await audit(pod('web', A)))
    const asked = { ...odd, known: odd.known.map((entry) => ({ ...entry, target: 'Pod odd' })) }
    expect((await audit(pod('odd', A), asked)).baseline).toMatchObject({ gone: [], notLookedAt: 1 })
  })
})

describe('the file', () => {
  it('is the same whatever the order of the input, one line an entry, and is read back', async () => {
    const turned = baselineOf(await audit(pod('odd', A) + pod('api', B) + pod('web', A)))
    expect(baselineText(turned)).toBe(baselineText(known))
    expect(
      baselineText(known)
        .split('\n')
        .filter((line) => line.includes('"pod-containers"')),
    ).toHaveLength(3)
    expect(readBaseline(baselineText(known), 'known.json')).toEqual(known)
    expect(JSON.parse(baselineText({ inputs: [], known: [], unknown: [] }))).toMatchObject({ known: [] })
  })

  it('says what came and what went', async () => {
    const now = baselineOf(await audit(pod('web', `${A}, ${B}`)))
    const { added, removed } = compareBaselines(known, now)
    expect(added.map(({ place }) => place)).toEqual(['spec.containers[name=b]'])
    expect(removed.map(({ target }) => target)).toEqual(['Pod api'])
    expect(compareBaselines(undefined, now).added).toHaveLength(2)
  })

  it.each([
    ['{', /known\.json is no baseline: /],
    ['[]', /no JSON object/],
    ['{"format": "x"}', /`format` is not rampart\.baseline\/v1/],
    ['{"format": "rampart.baseline/v1", "inputs": {}}', /`inputs` is no list/],
    [baselineText(known).replace('"severity":"high"', '"severity":"odd"'), /`known\[0\]` is incomplete/],
    [baselineText(known).replace('"fingerprint":"', '"print":"'), /`known\[0\]` is incomplete/],
  ])('refuses %s', (text, message) => {
    expect(() => readBaseline(text, 'known.json')).toThrow(message)
  })
})
