import { checkTests } from '../../../test/kit/check-tests.js'
import { awsAuth, NODES } from './example-aws-auth.js'
import { cloudEksAwsAuthUnparsable } from './cloud-eks-aws-auth-unparsable.js'

checkTests(cloudEksAwsAuthUnparsable, [
  {
    name: 'no YAML',
    kind: 'failing',
    given: awsAuth('- rolearn: ['),
    expect: [{ result: 'fail', severity: 'medium', path: 'data.mapRoles', fix: 'advice' }],
  },
  {
    name: 'an entry without a role',
    kind: 'odd',
    given: awsAuth('- username: a'),
    expect: [{ result: 'fail' }],
  },
  { name: 'as EKS writes it', kind: 'passing', given: awsAuth(NODES), expect: [] },
  {
    name: 'data that are no mapping',
    kind: 'unknown',
    given: {
      manifests:
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: aws-auth, namespace: kube-system}\ndata: [a]\n',
    },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
