import { isAwsAuth, readAwsAuth } from '../../kube/index.js'
import { unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { awsAuth, NODES } from './example-aws-auth.js'

export const cloudEksAwsAuthUnparsable = defineCheck({
  id: 'cloud-eks-aws-auth-unparsable',
  title: 'aws-auth holds what EKS cannot read',
  severity: 'medium',
  because: 'the last change may have locked out nodes and people, or left in force what it was to take away',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['ConfigMap'],
  why: 'The authenticator takes the entries of a key all together. Where one does not parse, the change has not the effect that its author believes in, and new nodes may not join.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html'],
  evaluate({ object }, report) {
    if (!isAwsAuth(object)) return
    const data = valueAt(object.content, ['data'])
    if (data !== undefined && data !== null && (typeof data !== 'object' || Array.isArray(data))) {
      return report.unknown(
        unknown('unparsable', '`data` is no mapping', { kind: 'object', object, path: ['data'] }),
      )
    }
    for (const { path, detail } of readAwsAuth(object).unreadable) {
      report.fail(
        { origin: { kind: 'object', object, path }, message: detail },
        {
          message: detail,
          fix: advice(
            'Mend the text, or move its entries to access entries of the cluster, which the API of AWS checks.',
            {
              breaks: 'entries that did not count until now begin to',
            },
          ),
        },
      )
    }
  },
  examples: {
    bad: awsAuth('- rolearn: [arn:aws:iam::111122223333:role/nodes'),
    good: awsAuth(NODES),
  },
})
