import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podKnownBad } from './pod-known-bad.js'

const running = (image: string): { manifests: string } => ({
  manifests: (podWith('').manifests ?? '').replace('registry.example/app:1.0', JSON.stringify(image)),
})

checkTests(podKnownBad, [
  {
    name: 'Tiller',
    kind: 'failing',
    given: running('gcr.io/kubernetes-helm/tiller:v2.16.1'),
    expect: [{ result: 'fail', severity: 'high', path: 'spec.containers[name=app].image', fix: 'advice' }],
  },
  {
    name: 'a dashboard without the fix',
    kind: 'failing',
    given: running('k8s.gcr.io/kubernetes-dashboard-amd64:v1.10.0'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'with it',
    kind: 'passing',
    given: running('k8s.gcr.io/kubernetes-dashboard-amd64:v1.10.1'),
    expect: [],
  },
  { name: 'another program', kind: 'passing', given: running('nginx:1.29'), expect: [] },
  {
    name: 'a mirror',
    kind: 'odd',
    given: running('mirror.example:5000/weaveworks/scope:1.13.2'),
    expect: [{ result: 'fail', message: /Weave Scope/ }],
  },
  { name: 'a name that only ends alike', kind: 'odd', given: running('example/nottiller:1'), expect: [] },
  {
    name: 'a placeholder',
    kind: 'unknown',
    given: running('{{ .Values.image }}'),
    expect: [{ result: 'unknown', reason: 'unresolved-variable' }],
  },
])
