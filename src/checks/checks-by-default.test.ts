import { describe, expect, it } from 'vitest'
import { checksByDefault } from './checks-by-default.js'
import type { AnyCheck } from './define-check.js'

const check = (id: string, more: Partial<AnyCheck> = {}): AnyCheck => ({ id, ...more }) as AnyCheck

describe('checksByDefault', () => {
  const all = [
    check('always'),
    check('named', { byDefault: false }),
    check('with-list', { byDefault: false, needs: 'trustedRegistries' }),
  ]
  const ids = (checks: readonly AnyCheck[]): string[] => checks.map(({ id }) => id)

  it('leaves out what waits to be named', () => {
    expect(ids(checksByDefault(all))).toEqual(['always'])
  })

  it('asks a check whose setting is given, even an empty one', () => {
    expect(ids(checksByDefault(all, { trustedRegistries: [] }))).toEqual(['always', 'with-list'])
  })

  it('asks some of manifests alone', () => {
    const some = [check('wiring', { byDefault: 'manifests' })]
    const source = (kind: 'manifests' | 'export') => ({
      kind,
      name: '',
      objects: 1,
      files: 1,
      complete: false,
    })
    expect(ids(checksByDefault(some, {}, [source('manifests')]))).toEqual(['wiring'])
    expect(ids(checksByDefault(some, {}, [source('manifests'), source('export')]))).toEqual([])
    expect(ids(checksByDefault(some))).toEqual([])
  })
})
