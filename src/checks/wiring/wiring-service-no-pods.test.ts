import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentWith, serviceWith, WEB_SERVICE } from './example-wiring.js'
import { wiringServiceNoPods } from './wiring-service-no-pods.js'

const of = (...texts: string[]) => ({ complete: true, manifests: texts.join('---\n') })

checkTests(wiringServiceNoPods, [
  {
    name: 'a mistyped label',
    kind: 'failing',
    given: of(deploymentWith(), serviceWith('{ selector: { app: wbe } }')),
    expect: [{ result: 'fail', severity: 'low', path: 'spec.selector', fix: 'advice' }],
  },
  {
    name: 'the labels of the pods',
    kind: 'passing',
    given: of(deploymentWith(), serviceWith(WEB_SERVICE)),
    expect: [],
  },
  {
    name: 'no selector',
    kind: 'odd',
    given: of(serviceWith('{ type: ExternalName, externalName: a.example }')),
    expect: [],
  },
  {
    name: 'pods were not read',
    kind: 'unknown',
    given: { manifests: serviceWith(WEB_SERVICE) },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'no mapping',
    kind: 'unknown',
    given: of(serviceWith('{ selector: [web] }')),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
