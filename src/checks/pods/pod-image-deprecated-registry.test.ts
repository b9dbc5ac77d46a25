import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podImageDeprecatedRegistry } from './pod-image-deprecated-registry.js'

const image = (name: string, container = '', pod = ''): { manifests: string } => ({
  manifests: (podWith(container, pod).manifests ?? '').replace(
    'registry.example/app:1.0',
    JSON.stringify(name),
  ),
})

checkTests(podImageDeprecatedRegistry, [
  {
    name: 'the old registry of Kubernetes',
    kind: 'failing',
    given: image('k8s.gcr.io/metrics-server/metrics-server:v0.5.0'),
    expect: [{ result: 'fail', severity: 'medium', message: /2023-04-03/, fix: 'advice' }],
  },
  { name: 'the new one', kind: 'passing', given: image('registry.k8s.io/pause:3.10'), expect: [] },
  {
    name: 'a catalogue of Docker Hub',
    kind: 'odd',
    given: image('bitnamilegacy/redis:7'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'a name that only looks like it',
    kind: 'odd',
    given: image('k8s.gcr.io.example.com/pause:1'),
    expect: [],
  },
  {
    name: 'a placeholder',
    kind: 'unknown',
    given: image('<%= registry %>/app:1'),
    expect: [{ result: 'unknown', reason: 'unresolved-variable' }],
  },
])
