import { checkTests } from '../../../test/kit/check-tests.js'
import { controllerWith } from './example-ingress.js'
import { ingressNginxVersion } from './ingress-nginx-version.js'

const WEBHOOK = ['--validating-webhook=:8443']
const at = (tag: string, args = WEBHOOK) =>
  controllerWith(`registry.k8s.io/ingress-nginx/controller${tag}`, args)
const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web-only, namespace: ingress-nginx }
spec: { podSelector: { matchLabels: { app: ingress-nginx } }, ingress: [{ ports: [{ port: 443 }] }] }
`

checkTests(ingressNginxVersion, [
  {
    name: 'pods reach the webhook',
    kind: 'failing',
    given: { manifests: at(':v1.11.2') },
    expect: [{ result: 'fail', severity: 'critical', path: 'version', line: 11, fix: 'advice' }],
  },
  {
    name: '1.12.0',
    kind: 'failing',
    given: { manifests: at(':v1.12.0@sha256:00') },
    expect: [{ result: 'fail', severity: 'critical' }],
  },
  {
    name: 'a policy keeps pods away',
    kind: 'odd',
    given: { manifests: `${at(':v1.9.4')}---\n${POLICY}` },
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'no webhook',
    kind: 'odd',
    given: { manifests: at(':v1.10.0', []) },
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'an older release of a line',
    kind: 'failing',
    given: { manifests: at(':v1.13.2') },
    expect: [{ result: 'fail', severity: 'high', message: /lacks the fixes/ }],
  },
  {
    name: 'a fixed one of an old line',
    kind: 'odd',
    given: { manifests: at(':v1.11.5') },
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'the last of each line, and another controller',
    kind: 'passing',
    given: {
      manifests: `${at(':v1.14.5')}---\n${controllerWith('nginx/nginx-ingress:3.1.0').replace('name: ingress-nginx-controller', 'name: f5')}`,
    },
    expect: [],
  },
  {
    name: 'a fork with years',
    kind: 'unknown',
    given: { manifests: at(':v2026.03.1') },
    expect: [{ result: 'unknown', reason: 'version-unknown' }],
  },
  {
    name: 'a digest alone',
    kind: 'unknown',
    given: { manifests: at('@sha256:00') },
    expect: [{ result: 'unknown', reason: 'version-unknown' }],
  },
])
