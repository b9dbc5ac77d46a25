import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentWith, serviceWith, WEB_SERVICE } from './example-wiring.js'
import { wiringServiceTargetPort } from './wiring-service-target-port.js'

const of = (ports: string, service = WEB_SERVICE) => ({
  manifests: `${deploymentWith(`ports: ${ports}`)}---\n${serviceWith(service)}`,
})
const NUMBER = '{ selector: { app: web }, ports: [{ port: 80, targetPort: 8081 }] }'

checkTests(wiringServiceTargetPort, [
  {
    name: 'another name',
    kind: 'failing',
    given: of('[{ name: web, containerPort: 8080 }]'),
    expect: [{ result: 'fail', severity: 'low', path: 'port http', fix: 'advice' }],
  },
  {
    name: 'a number that no container declares',
    kind: 'odd',
    given: of('[{ containerPort: 8080 }]', NUMBER),
    expect: [{ result: 'fail', severity: 'info' }],
  },
  {
    name: 'its name, and a number where none is declared',
    kind: 'passing',
    given: of('[]', NUMBER),
    expect: [],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: of('[]', '{ ports: http }'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
