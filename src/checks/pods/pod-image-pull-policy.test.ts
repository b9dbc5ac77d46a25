import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podImagePullPolicy } from './pod-image-pull-policy.js'

const image = (name: string, container = '', pod = ''): { manifests: string } => ({
  manifests: (podWith(container, pod).manifests ?? '').replace(
    'registry.example/app:1.0',
    JSON.stringify(name),
  ),
})

const SECRETS = 'imagePullSecrets: [{name: registry}]'
const NODE =
  '---\napiVersion: v1\nkind: Node\nmetadata: {name: a}\nstatus: {nodeInfo: {kubeletVersion: v1.35.1}}\n'
const ACCOUNT =
  '---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: default, namespace: shop}\nimagePullSecrets: [{name: r}]\n'

checkTests(podImagePullPolicy, [
  {
    name: 'only if it is not there',
    kind: 'failing',
    given: image('app:1', '', SECRETS),
    expect: [
      { result: 'fail', severity: 'info', path: 'spec.containers[name=app].imagePullPolicy', fix: 'patch' },
    ],
  },
  { name: 'always', kind: 'passing', given: image('app:1', 'imagePullPolicy: Always', SECRETS), expect: [] },
  { name: 'a public image', kind: 'passing', given: image('app:1'), expect: [] },
  { name: 'latest is always pulled', kind: 'odd', given: image('app:latest', '', SECRETS), expect: [] },
  {
    name: 'kubelets that ask again',
    kind: 'odd',
    given: { manifests: `${image('app:1', '', SECRETS).manifests}${NODE}` },
    expect: [],
  },
  {
    name: 'the credential of its account',
    kind: 'odd',
    given: { manifests: `${image('app:1').manifests}${ACCOUNT}` },
    expect: [{ result: 'fail' }],
  },
  {
    name: 'a policy that is no text',
    kind: 'unknown',
    given: image('app:1', 'imagePullPolicy: true', SECRETS),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
