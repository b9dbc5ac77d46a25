import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readBinding } from './binding.js'
import { describeRule, readRules, type PolicyRule } from './policy-rule.js'
import { permissionsOf, rulesBeyond } from './rules-beyond.js'
import type { JsonObject, KubeObject } from '../../model/index.js'

const rule = (given: Partial<PolicyRule>): PolicyRule => ({
  path: ['rules', 0],
  verbs: ['get'],
  apiGroups: [''],
  resources: ['pods'],
  resourceNames: [],
  nonResourceURLs: [],
  ...given,
})

it.each([
  ['itself', [{}], {}, true],
  ['put together from two', [{}, { verbs: ['list'] }], { verbs: ['get', 'list'] }, true],
  ['a name under any name', [{}], { resourceNames: ['web'] }, true],
  ['any name under a name', [{ resourceNames: ['web'] }], {}, false],
  ['under stars', [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }], { resources: ['secrets'] }, true],
  ['a star under a list', [{ verbs: ['get', 'list'] }], { verbs: ['*'] }, false],
  ['another group', [{}], { apiGroups: ['apps'] }, false],
  [
    'a URL under all URLs',
    [{ nonResourceURLs: ['*'] }],
    { apiGroups: [], resources: [], nonResourceURLs: ['/a'] },
    true,
  ],
  ['nothing', [], { verbs: [] }, true],
])('%s', (_name, known, asked, covered) => {
  expect(permissionsOf(known.map(rule)).covers(rule(asked))).toBe(covered)
})

it('does not take a huge rule apart', () => {
  const many = Array.from({ length: 5000 }, (_, at) => `r${at}`)
  const huge = rule({ verbs: many, resources: many })
  expect(rulesBeyond([huge], permissionsOf([huge]))).toEqual([huge])
})

it('reads anything without throwing, and says what it left out', () => {
  fc.assert(
    fc.property(fc.anything(), (content) => {
      const { rules } = readRules(content)
      for (const one of rules) describeRule(one)
      const object = { content: content as JsonObject } as KubeObject
      readBinding(object)
    }),
  )
  expect(readRules({ rules: [{ verbs: ['get'] }, 7, { verbs: 'get' }, { verbs: [1] }] })).toMatchObject({
    rules: [{ path: ['rules', 0], verbs: ['get'] }],
    malformed: [{ path: ['rules', 1] }, { path: ['rules', 2, 'verbs'] }, { path: ['rules', 3, 'verbs'] }],
  })
})
