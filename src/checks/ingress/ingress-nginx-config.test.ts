import { checkTests } from '../../../test/kit/check-tests.js'
import { controllerWith, NGINX } from './example-ingress.js'
import { ingressNginxConfig } from './ingress-nginx-config.js'

const map = (data: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: ingress-nginx-controller, namespace: ingress-nginx }
data: ${data}
`
const of = (data: string, args: string[] = []) => ({
  manifests: `${controllerWith(NGINX, args)}---\n${map(data)}`,
})

checkTests(ingressNginxConfig, [
  {
    name: 'two keys and a flag',
    kind: 'failing',
    given: of('{ allow-snippet-annotations: "true", annotations-risk-level: Critical }', [
      '--enable-annotation-validation=false',
    ]),
    expect: [{ result: 'fail', severity: 'high', path: 'annotations-risk-level', fix: 'advice' }],
  },
  {
    name: 'the checks of paths are off',
    kind: 'failing',
    given: of('{ strict-validate-path-type: "false" }'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'as its chart writes it',
    kind: 'passing',
    given: of('{ use-forwarded-headers: "true" }'),
    expect: [],
  },
  {
    name: 'safe values, and no data',
    kind: 'odd',
    given: of('{ annotations-risk-level: High, allow-snippet-annotations: "false" }'),
    expect: [],
  },
  {
    name: 'its ConfigMap was not read',
    kind: 'unknown',
    given: { manifests: controllerWith(NGINX) },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
