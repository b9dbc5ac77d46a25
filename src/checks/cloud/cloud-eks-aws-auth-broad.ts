import { isAwsAuth, readAwsAuth, type AwsMapping } from '../../kube/index.js'
import { unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { awsAuth, NODES } from './example-aws-auth.js'

/** Groups that hold what only nodes may. */
const OF_NODES = ['system:nodes', 'system:bootstrappers']

/** Why an entry gives more than its line says; system:masters has a check of its own. */
function faultOf({ arn, username, groups }: AwsMapping): string | undefined {
  if (arn.includes('*'))
    return `${arn} has a wildcard, which no identity matches today: somebody believes that many do`
  const nodes = groups.find((group) => OF_NODES.includes(group))
  if (nodes !== undefined && !username.startsWith('system:node:')) {
    return `${arn} is in ${nodes} and is no node: it reads what any node may`
  }
  if (username.startsWith('system:') && !username.startsWith('system:node:')) {
    return `${arn} becomes ${username}, a name of the cluster itself`
  }
  return undefined
}

export const cloudEksAwsAuthBroad = defineCheck({
  id: 'cloud-eks-aws-auth-broad',
  title: 'aws-auth lets in more than the identities that it names',
  severity: 'medium',
  because: 'who gets in is decided by an account of AWS as a whole, or as somebody whom the cluster trusts',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['ConfigMap'],
  why: 'mapAccounts lets every identity of an account in as a user of the cluster, and names and groups that begin with system: have rights that nobody granted in this file.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html',
    'https://github.com/kubernetes-sigs/aws-iam-authenticator',
  ],
  evaluate({ object }, report) {
    if (!isAwsAuth(object)) return
    const { mappings, accounts, unreadable } = readAwsAuth(object)
    for (const { path, detail } of unreadable) {
      report.unknown(unknown('unparsable', detail, { kind: 'object', object, path }))
    }
    const say = (key: string, named: string, message: string, fix: string): void =>
      report.fail(
        { origin: { kind: 'object', object, path: ['data', key] }, key: `${key} ${named}`, message },
        { message, fix: advice(fix, { breaks: 'who works in the cluster through it' }) },
      )
    for (const account of accounts) {
      say(
        'mapAccounts',
        account,
        `every identity of account ${account} is a user of the cluster`,
        'Name the roles that need access, as access entries, and remove the account.',
      )
    }
    for (const mapping of mappings) {
      const message = faultOf(mapping)
      if (message !== undefined)
        say(mapping.key, mapping.arn, message, 'Name one role with a user name and groups of its own.')
    }
  },
  examples: {
    bad: awsAuth(NODES, '  mapAccounts: |\n    - "111122223333"\n'),
    good: awsAuth(NODES),
  },
})
