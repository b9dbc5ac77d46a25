import { checkTests } from '../../../test/kit/check-tests.js'
import { awsAuth, NODES } from './example-aws-auth.js'
import { cloudEksAwsAuthBroad } from './cloud-eks-aws-auth-broad.js'

const role = (username: string, groups: string, arn = 'arn:aws:iam::1:role/ops'): string =>
  `- rolearn: ${arn}\n  username: "${username}"\n  groups: [${groups}]`

checkTests(cloudEksAwsAuthBroad, [
  {
    name: 'a whole account',
    kind: 'failing',
    given: awsAuth(NODES, '  mapAccounts: |\n    - "123"\n'),
    expect: [{ result: 'fail', severity: 'medium', path: 'mapAccounts 123', fix: 'advice' }],
  },
  {
    name: 'rights of nodes',
    kind: 'failing',
    given: awsAuth(role('ops', 'system:nodes')),
    expect: [{ result: 'fail', message: /no node/ }],
  },
  {
    name: 'nodes and a group of its own',
    kind: 'passing',
    given: awsAuth(`${NODES}\n${role('ops', 'ops')}`),
    expect: [],
  },
  {
    name: 'a name of the cluster',
    kind: 'odd',
    given: awsAuth(role('system:kube-scheduler', 'a')),
    expect: [{ result: 'fail', message: /system:kube-scheduler/ }],
  },
  {
    name: 'a wildcard',
    kind: 'odd',
    given: awsAuth(role('ops', 'a', 'arn:aws:iam::1:role/*')),
    expect: [{ result: 'fail', message: /wildcard/ }],
  },
  {
    name: 'system:masters, which another check names',
    kind: 'odd',
    given: awsAuth(role('ops', 'system:masters')),
    expect: [],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: awsAuth('rolearn: a'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
