import { checkTests } from '../../../test/kit/check-tests.js'
import { awsAuth, NODES } from './example-aws-auth.js'
import { cloudEksAwsAuthMasters } from './cloud-eks-aws-auth-masters.js'

const OPS = '- rolearn: arn:aws:iam::1:role/ops\n  username: ops\n  groups: [system:masters]'

checkTests(cloudEksAwsAuthMasters, [
  {
    name: 'a role',
    kind: 'failing',
    given: awsAuth(`${NODES}\n${OPS}`),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        message: 'arn:aws:iam::1:role/ops is in system:masters',
        path: 'mapRoles arn:aws:iam::1:role/ops',
        fix: 'advice',
      },
    ],
  },
  {
    name: 'a user',
    kind: 'failing',
    given: awsAuth(
      NODES,
      '  mapUsers: |\n    - userarn: arn:aws:iam::1:user/bob\n      username: bob\n      groups: [system:masters]\n',
    ),
    expect: [{ result: 'fail', message: /bob/ }],
  },
  { name: 'nodes alone', kind: 'passing', given: awsAuth(NODES), expect: [] },
  {
    name: 'a ConfigMap of that name elsewhere',
    kind: 'odd',
    given: { manifests: awsAuth(OPS).manifests.replace('namespace: kube-system', 'namespace: shop') },
    expect: [],
  },
  {
    name: 'no YAML',
    kind: 'unknown',
    given: awsAuth('- rolearn: ['),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
