import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentWith } from './example-wiring.js'
import { wiringEnvDuplicate } from './wiring-env-duplicate.js'

checkTests(wiringEnvDuplicate, [
  {
    name: 'twice',
    kind: 'failing',
    given: {
      manifests: deploymentWith('env: [{ name: A, value: x }, { name: B, value: y }, { name: A, value: z }]'),
    },
    expect: [{ result: 'fail', severity: 'info', path: 'web A', fix: 'advice' }],
  },
  {
    name: 'once each',
    kind: 'passing',
    given: { manifests: deploymentWith('env: [{ name: A, value: x }, { name: a, value: y }]') },
    expect: [],
  },
  {
    name: 'three times is one place more',
    kind: 'odd',
    given: { manifests: deploymentWith('env: [{ name: A }, { name: A }, { name: A }]') },
    expect: [{ result: 'fail' }],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: { manifests: deploymentWith('env: { A: x }') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
