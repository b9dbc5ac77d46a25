import { checkTests } from '../../../test/kit/check-tests.js'
import { dashboardArchived } from './dashboard-archived.js'
import { consoleWith } from './example-console.js'

checkTests(dashboardArchived, [
  {
    name: 'Kubernetes Dashboard',
    kind: 'failing',
    given: { manifests: consoleWith({ image: 'kubernetesui/dashboard:v2.7.0' }, 'NodePort') },
    expect: [
      { result: 'fail', severity: 'medium', line: 14, message: /2026-01-21.*NodePort/, fix: 'advice' },
    ],
  },
  {
    name: 'Weave Scope, of which another check says worse',
    kind: 'odd',
    given: { manifests: consoleWith({ image: 'mirror.example.com:5000/weaveworks/scope:1.13.2' }) },
    expect: [],
  },
  {
    name: 'Grafana',
    kind: 'passing',
    given: { manifests: consoleWith({ image: 'grafana/grafana:12.0.0' }) },
    expect: [],
  },
  {
    name: 'a name that only looks like it',
    kind: 'odd',
    given: { manifests: consoleWith({ image: 'registry.example.com/shop/dashboard:1' }) },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: consoleWith({ image: ['kubernetesui/dashboard'] as unknown as string }) },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
