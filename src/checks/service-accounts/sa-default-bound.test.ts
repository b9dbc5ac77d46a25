import { checkTests } from '../../../test/kit/check-tests.js'
import { editFor } from './example-workload.js'
import { saDefaultBound } from './sa-default-bound.js'

checkTests(saDefaultBound, [
  {
    name: 'the default account may edit',
    kind: 'failing',
    given: { manifests: editFor('shop', 'default') },
    expect: [{ result: 'fail', severity: 'high', path: 'subjects[name=default]', line: 11, fix: 'advice' }],
  },
  {
    name: 'written as its user name',
    kind: 'odd',
    given: {
      manifests: editFor('shop', 'default').replace(
        /- \{ kind: ServiceAccount.*/,
        '- { kind: User, name: "system:serviceaccount:shop:default" }',
      ),
    },
    expect: [{ result: 'fail', message: /pod of shop/ }],
  },
  {
    name: 'an account of its own',
    kind: 'passing',
    given: { manifests: editFor('shop', 'web') },
    expect: [],
  },
  {
    name: 'a user that is called default',
    kind: 'odd',
    given: { manifests: editFor('shop', 'default').replace('kind: ServiceAccount', 'kind: User') },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: editFor('shop', 'default').replace('namespace: shop }', 'namespace: 7 }') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
