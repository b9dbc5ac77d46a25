import { checkTests } from '../../../test/kit/check-tests.js'
import { ingressWith, ruleFor } from './example-ingress.js'
import { ingressDefaultBackend } from './ingress-default-backend.js'

checkTests(ingressDefaultBackend, [
  {
    name: 'a default beside rules',
    kind: 'failing',
    given: {
      manifests: ingressWith(`rules: [${ruleFor('a.example')}]\ndefaultBackend: { service: { name: web } }`),
    },
    expect: [{ result: 'fail', severity: 'info', path: 'spec.defaultBackend', line: 8, fix: 'advice' }],
  },
  {
    name: 'rules alone',
    kind: 'passing',
    given: { manifests: ingressWith(`rules: [${ruleFor('a.example')}]`) },
    expect: [],
  },
  {
    name: 'the older field',
    kind: 'odd',
    given: { manifests: ingressWith('backend: { serviceName: web }') },
    expect: [{ result: 'fail', path: 'spec.backend' }],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: { manifests: ingressWith('rules: {}') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
