import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentWith } from './example-wiring.js'
import { wiringPdbBlocksDrain } from './wiring-pdb-blocks-drain.js'

const pdb = (line: string) => `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web, namespace: shop }
spec: { selector: { matchLabels: { app: web } }, ${line} }
`
const of = (line: string) => ({ manifests: `${deploymentWith()}---\n${pdb(line)}` })

checkTests(wiringPdbBlocksDrain, [
  {
    name: 'none may be unavailable',
    kind: 'failing',
    given: of('maxUnavailable: 0'),
    expect: [{ result: 'fail', severity: 'low', path: 'budget', fix: 'advice' }],
  },
  {
    name: 'as many must be available as there are',
    kind: 'failing',
    given: of('minAvailable: 2'),
    expect: [{ result: 'fail', message: /2 of 2/ }],
  },
  { name: 'as percentages', kind: 'odd', given: of('maxUnavailable: "0%"'), expect: [{ result: 'fail' }] },
  { name: 'all of them', kind: 'odd', given: of('minAvailable: "100%"'), expect: [{ result: 'fail' }] },
  { name: 'one may go', kind: 'passing', given: of('minAvailable: 1'), expect: [] },
  {
    name: 'no number',
    kind: 'unknown',
    given: of('minAvailable: [1]'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
