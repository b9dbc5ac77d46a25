import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podImageTag } from './pod-image-tag.js'

const image = (name: string, container = '', pod = ''): { manifests: string } => ({
  manifests: (podWith(container, pod).manifests ?? '').replace(
    'registry.example/app:1.0',
    JSON.stringify(name),
  ),
})

checkTests(podImageTag, [
  {
    name: 'no tag',
    kind: 'failing',
    given: image('host.example:5000/app'),
    expect: [{ result: 'fail', severity: 'low', path: 'spec.containers[name=app].image', fix: 'advice' }],
  },
  {
    name: 'latest',
    kind: 'failing',
    given: image('app:latest'),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  { name: 'a release', kind: 'passing', given: image('app:1.4.2'), expect: [] },
  {
    name: 'latest with a digest',
    kind: 'odd',
    given: image(`app:latest@sha256:${'a'.repeat(64)}`),
    expect: [],
  },
  {
    name: 'a placeholder',
    kind: 'unknown',
    given: image('app:{{ .Values.tag }}'),
    expect: [{ result: 'unknown', reason: 'unresolved-variable' }],
  },
  {
    name: 'no text',
    kind: 'unknown',
    given: { manifests: (podWith('').manifests ?? '').replace('registry.example/app:1.0', '5') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
