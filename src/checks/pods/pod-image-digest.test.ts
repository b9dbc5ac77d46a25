import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podImageDigest } from './pod-image-digest.js'

const image = (name: string, container = '', pod = ''): { manifests: string } => ({
  manifests: (podWith(container, pod).manifests ?? '').replace(
    'registry.example/app:1.0',
    JSON.stringify(name),
  ),
})

checkTests(podImageDigest, [
  {
    name: 'a tag alone',
    kind: 'failing',
    given: image('app:1.4'),
    expect: [{ result: 'fail', severity: 'info', path: 'spec.containers[name=app].image' }],
  },
  { name: 'a digest', kind: 'passing', given: image(`app:1.4@sha256:${'a'.repeat(64)}`), expect: [] },
  { name: 'latest, which another check names', kind: 'odd', given: image('app:latest'), expect: [] },
  {
    name: 'a placeholder',
    kind: 'unknown',
    given: image('$(IMAGE)'),
    expect: [{ result: 'unknown', reason: 'unresolved-variable' }],
  },
])
