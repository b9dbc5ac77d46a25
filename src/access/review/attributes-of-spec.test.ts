import { describe, expect, it } from 'vitest'
import type { ResourceAttributes } from '../attributes.js'
import { attributesOfSpec } from './attributes-of-spec.js'

const asked = (resourceAttributes: object): ResourceAttributes =>
  attributesOfSpec({ user: 'a', resourceAttributes } as never) as ResourceAttributes
const short = ({ key, operator, values }: ResourceAttributes['fieldSelector'][number]): string =>
  `${key} ${operator} ${values.join('|')}`

// What the API server of Kubernetes 1.36 reads from each.
describe('selectors of a review', () => {
  it.each([
    ['spec.nodeName=n1', ['spec.nodeName In n1']],
    ['spec.nodeName==n1', ['spec.nodeName In n1']],
    ['b!=1,a=2', ['a In 2', 'b NotIn 1']],
    [',,a=1,', ['a In 1']],
    ['a=x\\,y\\=z\\\\', ['a In x,y=z\\']],
    ['a\\,b=c', ['a\\,b In c']],
    ['=', []],
    ['=x', [' In x']],
    ['a=', ['a In ']],
    ['', []],
    ['a', []],
    ['a=b=c', []],
    ['a=\\x', []],
    ['a=1,b', []],
    ['a=1\\', []],
  ])('of fields: %s', (rawSelector, expected) => {
    expect(asked({ fieldSelector: { rawSelector } }).fieldSelector.map(short)).toEqual(expected)
  })

  it.each([
    ['a', ['a Exists ']],
    ['!a', ['a DoesNotExist ']],
    ['b=1, a == 2', ['a In 2', 'b In 1']],
    ['a!=1', ['a NotIn 1']],
    ['a=', ['a In ']],
    ['a in (y,x,x)', ['a In x|y']],
    ['a notin (x,)', ['a NotIn |x']],
    ['a in ()', ['a In ']],
    ['in in (in)', ['in In in']],
    ['x.y/z=1', ['x.y/z In 1']],
    ['a>1,b', ['b Exists ']],
    ['', []],
    ['a>x', []],
    ['a,', []],
    ['a b', []],
    ['a in x', []],
    ['a in (x y)', []],
    ['!a=1', []],
    ['a=_', []],
    ['-a', []],
    ['a in (x', []],
  ])('of labels: %s', (rawSelector, expected) => {
    expect(asked({ labelSelector: { rawSelector } }).labelSelector.map(short)).toEqual(expected)
  })

  it('requirements count before a text, even if none of them can be kept', () => {
    const requirements = [{ key: 'a', operator: 'Exists' }]
    expect(asked({ fieldSelector: { rawSelector: 'b=1', requirements } }).fieldSelector).toEqual([])
    expect(asked({ fieldSelector: { rawSelector: 'b=1', requirements: [] } }).fieldSelector).toHaveLength(1)
  })
})
