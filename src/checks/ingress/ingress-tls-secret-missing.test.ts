import { checkTests } from '../../../test/kit/check-tests.js'
import { ingressWith } from './example-ingress.js'
import { ingressTlsSecretMissing } from './ingress-tls-secret-missing.js'

const INGRESS = ingressWith('tls: [{ secretName: web-tls }]')
const secret = (data: string, namespace = 'shop') => `apiVersion: v1
kind: Secret
metadata: { name: web-tls, namespace: ${namespace} }
type: kubernetes.io/tls
data: ${data}
`
const whole = (...texts: string[]) => ({ complete: true, manifests: texts.join('---\n') })

checkTests(ingressTlsSecretMissing, [
  {
    name: 'nowhere',
    kind: 'failing',
    given: whole(INGRESS),
    expect: [{ result: 'fail', severity: 'medium', line: 7, fix: 'advice' }],
  },
  {
    name: 'in another namespace',
    kind: 'failing',
    given: whole(INGRESS, secret('{ tls.crt: LS0t, tls.key: LS0t }', 'other')),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'without its key',
    kind: 'odd',
    given: whole(INGRESS, secret('{ tls.crt: LS0t }')),
    expect: [{ result: 'fail', message: /no tls\.key/ }],
  },
  {
    name: 'there',
    kind: 'passing',
    given: whole(INGRESS, secret('{ tls.crt: LS0t, tls.key: LS0t }')),
    expect: [],
  },
  {
    name: 'the default certificate',
    kind: 'odd',
    given: whole(ingressWith('tls: [{ hosts: [a.example] }]')),
    expect: [],
  },
  {
    name: 'only the Ingress',
    kind: 'unknown',
    given: { manifests: INGRESS },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
