import { checkTests } from '../../../test/kit/check-tests.js'
import { gatewayWith, HTTPS } from './example-gateway.js'
import { gatewayClientCertificateFallback } from './gateway-client-certificate-fallback.js'

const frontend = (text: string, listeners = HTTPS) => ({
  manifests: `${gatewayWith(listeners)}  tls: { frontend: ${text} }\n`,
})
const FALLBACK = '{ validation: { mode: AllowInsecureFallback } }'
const VALID = '{ validation: { mode: AllowValidOnly } }'

checkTests(gatewayClientCertificateFallback, [
  {
    name: 'the default of all ports',
    kind: 'failing',
    given: frontend(`{ default: ${FALLBACK} }`),
    expect: [{ result: 'fail', severity: 'medium', path: 'the default', fix: 'advice' }],
  },
  {
    name: 'one port, beside a strict default',
    kind: 'failing',
    given: frontend(`{ default: ${VALID}, perPort: [{ port: 443, tls: ${FALLBACK} }] }`),
    expect: [{ result: 'fail', path: 'port 443' }],
  },
  {
    name: 'only valid certificates',
    kind: 'passing',
    given: frontend(`{ default: ${VALID} }`),
    expect: [],
  },
  {
    name: 'a mode that is not set is AllowValidOnly; no certificates are asked for',
    kind: 'passing',
    given: frontend('{ default: { validation: {} } }'),
    expect: [],
  },
  {
    name: 'the default is in force on no port',
    kind: 'odd',
    given: frontend(`{ default: ${FALLBACK}, perPort: [{ port: 443, tls: ${VALID} }] }`),
    expect: [],
  },
  {
    name: 'the default is in force on the other port',
    kind: 'odd',
    given: frontend(
      `{ default: ${FALLBACK}, perPort: [{ port: 443, tls: ${VALID} }] }`,
      `${HTTPS}\n- { name: other, port: 8443, protocol: HTTPS }`,
    ),
    expect: [{ result: 'fail', path: 'the default' }],
  },
  {
    name: 'perPort is no list',
    kind: 'unknown',
    given: frontend('{ perPort: x }'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
