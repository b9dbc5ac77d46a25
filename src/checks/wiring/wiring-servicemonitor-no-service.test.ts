import { checkTests } from '../../../test/kit/check-tests.js'
import { serviceWith, WEB_SERVICE } from './example-wiring.js'
import { wiringServicemonitorNoService } from './wiring-servicemonitor-no-service.js'

const monitor = (selector: string, more = '') => `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: web, namespace: shop }
spec: { selector: ${selector}${more} }
`
const LABELLED = serviceWith(WEB_SERVICE).replace('namespace: shop', 'namespace: shop, labels: { app: web }')
const of = (...texts: string[]) => ({ complete: true, manifests: texts.join('---\n') })
const WEB = '{ matchLabels: { app: web } }'

checkTests(wiringServicemonitorNoService, [
  {
    name: 'no Service has the labels',
    kind: 'failing',
    given: of(monitor(WEB), serviceWith(WEB_SERVICE)),
    expect: [{ result: 'fail', severity: 'info', path: 'spec.selector', fix: 'advice' }],
  },
  {
    name: 'it is in another namespace',
    kind: 'odd',
    given: of(monitor(WEB, ', namespaceSelector: { matchNames: [other] }'), LABELLED),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'every namespace',
    kind: 'passing',
    given: of(monitor(WEB, ', namespaceSelector: { any: true }'), LABELLED),
    expect: [],
  },
  {
    name: 'only the monitor',
    kind: 'unknown',
    given: { manifests: monitor(WEB) },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'no mapping',
    kind: 'unknown',
    given: of(monitor('web')),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
