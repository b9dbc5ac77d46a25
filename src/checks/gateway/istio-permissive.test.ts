import { checkTests } from '../../../test/kit/check-tests.js'
import { istioPermissive } from './istio-permissive.js'

const peers = (spec: string, namespace = 'istio-system') => ({
  manifests: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: ${namespace} }
spec: ${spec}
`,
})

checkTests(istioPermissive, [
  {
    name: 'for the whole mesh',
    kind: 'failing',
    given: peers('{ mtls: { mode: PERMISSIVE } }'),
    expect: [{ result: 'fail', severity: 'info', path: 'mode', line: 4, fix: 'advice' }],
  },
  { name: 'not set', kind: 'odd', given: peers('{ mtls: {} }'), expect: [{ result: 'fail' }] },
  { name: 'strict', kind: 'passing', given: peers('{ mtls: { mode: STRICT } }'), expect: [] },
  {
    name: 'for one workload, and for one namespace',
    kind: 'odd',
    given: peers('{ selector: { matchLabels: { app: a } }, mtls: { mode: PERMISSIVE } }'),
    expect: [],
  },
  { name: 'one namespace', kind: 'odd', given: peers('{ mtls: { mode: PERMISSIVE } }', 'shop'), expect: [] },
  {
    name: 'no text',
    kind: 'unknown',
    given: peers('{ mtls: { mode: [] } }'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
