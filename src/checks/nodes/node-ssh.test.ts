import { checkTests } from '../../../test/kit/check-tests.js'
import { nodeSsh } from './node-ssh.js'

const made = (kind: string, group: string, spec: string): { manifests: string } => ({
  manifests: `apiVersion: ${group}.cluster.x-k8s.io/v1beta1\nkind: ${kind}\nmetadata: {name: a}\nspec: {${spec}}\n`,
})
const KEY = 'users: [{name: ops, sshAuthorizedKeys: [ssh-ed25519 AAAA]}]'

checkTests(nodeSsh, [
  {
    name: 'a user with a key',
    kind: 'failing',
    given: made('KubeadmControlPlane', 'controlplane', `kubeadmConfigSpec: {${KEY}}`),
    expect: [
      {
        result: 'fail',
        severity: 'info',
        path: 'spec.kubeadmConfigSpec.users[name=ops].sshAuthorizedKeys',
        fix: 'advice',
      },
    ],
  },
  {
    name: 'a key of the cloud',
    kind: 'failing',
    given: made('AWSMachineTemplate', 'infrastructure', 'template: {spec: {sshKeyName: ops}}'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'no key',
    kind: 'passing',
    given: made('KubeadmConfig', 'bootstrap', 'users: [{name: ops}]'),
    expect: [],
  },
  {
    name: 'the empty name, which is none',
    kind: 'odd',
    given: made('AWSMachineTemplate', 'infrastructure', 'template: {spec: {sshKeyName: ""}}'),
    expect: [],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: made('KubeadmConfig', 'bootstrap', 'users: {ops: key}'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
