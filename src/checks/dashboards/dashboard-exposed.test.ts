import { expect, it } from 'vitest'
import { checkTests, runCheck } from '../../../test/kit/check-tests.js'
import { dashboardExposed } from './dashboard-exposed.js'
import { consoleWith, DASHBOARD as image } from './example-console.js'

const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: consoles, namespace: tools }
spec:
  rules:
    - host: console.example.com
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: console, port: { number: 443 } } } }
`

checkTests(dashboardExposed, [
  {
    name: 'a NodePort',
    kind: 'failing',
    given: { manifests: consoleWith({ image }, 'NodePort') },
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: 'NodePort tools/console',
        line: 22,
        message: /Kubernetes Dashboard/,
        fix: 'patch',
      },
    ],
  },
  {
    name: 'an Ingress',
    kind: 'failing',
    given: { manifests: `${consoleWith({ image: 'ollama/ollama' })}---\n${INGRESS}` },
    expect: [
      {
        result: 'fail',
        path: 'Ingress tools/consoles',
        line: 36,
        message: /asks for no login/,
        fix: 'advice',
      },
    ],
  },
  {
    name: 'only inside, in a whole cluster',
    kind: 'passing',
    given: { complete: true, manifests: consoleWith({ image }) },
    expect: [],
  },
  {
    name: 'a NodePort to other pods',
    kind: 'odd',
    given: {
      complete: true,
      manifests: consoleWith({ image }, 'NodePort').replace(
        'selector: { app: console }\n  ports',
        'selector: { app: web }\n  ports',
      ),
    },
    expect: [],
  },
  {
    name: 'not a console',
    kind: 'passing',
    given: { manifests: consoleWith({ image: 'registry.example.com/web' }, 'LoadBalancer') },
    expect: [],
  },
  {
    name: 'no way was read, and the input is not a whole cluster',
    kind: 'unknown',
    given: { manifests: consoleWith({ image }) },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: consoleWith({ image: 7 as unknown as string }, 'NodePort') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])

it('takes out what a ClusterIP Service may not have', async () => {
  const manifests = `${consoleWith({ image }, 'NodePort').replace('targetPort: 8443', 'nodePort: 30443')}  externalTrafficPolicy: Local\n`
  const [finding] = await runCheck(dashboardExposed, { manifests })
  expect(finding?.fix?.edits.map((edit) => [edit.op, edit.path.join('.')])).toEqual([
    ['set', 'spec.type'],
    ['remove', 'spec.externalTrafficPolicy'],
    ['remove', 'spec.ports.0.nodePort'],
  ])
})
