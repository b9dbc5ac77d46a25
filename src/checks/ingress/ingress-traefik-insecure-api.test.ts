import { checkTests } from '../../../test/kit/check-tests.js'
import { controllerWith } from './example-ingress.js'
import { ingressTraefikInsecureApi } from './ingress-traefik-insecure-api.js'

const of = (...args: string[]) => ({ manifests: controllerWith('docker.io/library/traefik:v3.5.0', args) })

checkTests(ingressTraefikInsecureApi, [
  {
    name: 'without a value',
    kind: 'failing',
    given: of('--api.insecure'),
    expect: [{ result: 'fail', severity: 'high', path: 'api.insecure', fix: 'advice' }],
  },
  {
    name: 'as k3s installs it',
    kind: 'passing',
    given: of('--api.dashboard=true', '--ping=true', '--entryPoints.web.address=:8000/tcp'),
    expect: [],
  },
  {
    name: 'switched off by the last word',
    kind: 'odd',
    given: of('--api.insecure=true', '--api.insecure=false'),
    expect: [],
  },
  {
    name: 'another program',
    kind: 'odd',
    given: { manifests: controllerWith('registry.example/shop:1', ['--api.insecure']) },
    expect: [],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: { manifests: of().manifests.replace(/args: .*/, 'args: --api.insecure') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
