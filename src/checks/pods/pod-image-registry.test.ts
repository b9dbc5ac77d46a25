import { checkTests } from '../../../test/kit/check-tests.js'
import type { Example } from '../define-check.js'
import { podWith } from './example-pod.js'
import { podImageRegistry } from './pod-image-registry.js'

const image = (name: string, container = '', pod = ''): { manifests: string } => ({
  manifests: (podWith(container, pod).manifests ?? '').replace(
    'registry.example/app:1.0',
    JSON.stringify(name),
  ),
})

const trusting = (trustedRegistries: string[], name: string): Example => ({
  ...image(name),
  settings: { trustedRegistries },
})

checkTests(podImageRegistry, [
  {
    name: 'Docker Hub, which is not named',
    kind: 'failing',
    given: trusting(['registry.example'], 'nginx:1.29'),
    expect: [{ result: 'fail', severity: 'medium', message: /docker\.io\/library\/nginx/, fix: 'advice' }],
  },
  {
    name: 'a registry of the list',
    kind: 'passing',
    given: trusting(['registry.example'], 'registry.example/a:1'),
    expect: [],
  },
  {
    name: 'a repository of the list',
    kind: 'passing',
    given: trusting(['registry.example/team/*'], 'registry.example/team/a:1'),
    expect: [],
  },
  {
    name: 'a name that only begins alike',
    kind: 'odd',
    given: trusting(['registry.example/team'], 'registry.example/teammate/a:1'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'an empty list trusts nobody',
    kind: 'odd',
    given: trusting([], 'app:1'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: image('app:1'),
    expect: [{ result: 'unknown', reason: 'not-given' }],
  },
])
