import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentWith } from './example-wiring.js'
import { wiringSelectorMismatch } from './wiring-selector-mismatch.js'

checkTests(wiringSelectorMismatch, [
  {
    name: 'a mistyped label',
    kind: 'failing',
    given: { manifests: deploymentWith('', '', '{ app: wbe }') },
    expect: [{ result: 'fail', severity: 'low', path: 'spec.selector', line: 6, fix: 'advice' }],
  },
  {
    name: 'more labels than the selector asks for',
    kind: 'passing',
    given: { manifests: deploymentWith('', '', '{ app: web, tier: front }') },
    expect: [],
  },
  {
    name: 'no labels at all',
    kind: 'odd',
    given: { manifests: deploymentWith('', '', '{}') },
    expect: [{ result: 'fail' }],
  },
  {
    name: 'no mapping',
    kind: 'unknown',
    given: { manifests: deploymentWith().replace(/selector: .*/, 'selector: web') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
