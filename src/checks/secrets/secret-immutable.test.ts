import { checkTests } from '../../../test/kit/check-tests.js'
import { secretWith } from './example-objects.js'
import { secretImmutable } from './secret-immutable.js'

const named = (name: string, fields: object = {}): { manifests: string } => ({
  manifests: secretWith(fields, name),
})

checkTests(secretImmutable, [
  {
    name: 'made by kustomize',
    kind: 'failing',
    given: named('db-6f4h2k8m9t'),
    expect: [{ result: 'fail', severity: 'info', fix: 'patch' }],
  },
  {
    name: 'said to be mutable',
    kind: 'failing',
    given: named('db-6f4h2k8m9t', { immutable: false }),
    expect: [{ result: 'fail', line: 4 }],
  },
  { name: 'immutable', kind: 'passing', given: named('db-6f4h2k8m9t', { immutable: true }), expect: [] },
  { name: 'a plain name', kind: 'passing', given: named('db'), expect: [] },
  { name: 'a word of ten letters is no hash', kind: 'odd', given: named('db-credential'), expect: [] },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: named('db-6f4h2k8m9t', { immutable: 'yes' }),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
