import { describe, expect, it } from 'vitest'
import { isLabelSelector, selectorText } from './selector-text.js'

describe('a label selector as it is sent', () => {
  it.each([
    ['', ''],
    ['app=web', 'app=web'],
    [' app == web ', 'app==web'],
    ['b=1,a=2', 'a=2,b=1'],
    ['z,!old,app notin (web , api,api)', 'app notin (api,web),!old,z'],
    ['a in ()', 'a in ()'],
    ['a in (,b)', 'a in (,b)'],
    ['a!=b,a>3', 'a!=b,a>3'],
    ['acme.example/tier in (x)', 'acme.example/tier in (x)'],
  ])('%j', (given, sent) => {
    expect(isLabelSelector(given)).toBe(true)
    expect(selectorText(given)).toBe(sent)
    expect(isLabelSelector(sent)).toBe(true)
  })

  it.each(['a in', 'a in (b', '=b', 'a=b=c', 'a b', 'a,,b', '-x'])('%j is none', (given) => {
    expect(isLabelSelector(given)).toBe(false)
  })
})
