import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentWith } from './example-wiring.js'
import { wiringDeprecatedSaField } from './wiring-deprecated-sa-field.js'

checkTests(wiringDeprecatedSaField, [
  {
    name: 'the old field',
    kind: 'failing',
    given: { manifests: deploymentWith('', 'serviceAccount: web') },
    expect: [{ result: 'fail', severity: 'info', path: 'serviceAccount', line: 10, fix: 'advice' }],
  },
  {
    name: 'the newer field',
    kind: 'passing',
    given: { manifests: deploymentWith('', 'serviceAccountName: web') },
    expect: [],
  },
  {
    name: 'both, as the API server writes them',
    kind: 'odd',
    given: {
      manifests: deploymentWith('', 'serviceAccountName: web').replace(
        '      containers',
        '      serviceAccount: web\n      containers',
      ),
    },
    expect: [],
  },
  {
    name: 'no text',
    kind: 'unknown',
    given: { manifests: deploymentWith('', 'serviceAccount: [web]') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
