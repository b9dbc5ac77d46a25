import { isAwsAuth, readAwsAuth } from '../../kube/index.js'
import { unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { awsAuth, NODES } from './example-aws-auth.js'

export const cloudEksAwsAuthMasters = defineCheck({
  id: 'cloud-eks-aws-auth-masters',
  title: 'An AWS identity is mapped to system:masters',
  severity: 'high',
  because: 'whoever may take the role is cluster-admin, and no change of RBAC takes that away',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['ConfigMap'],
  why: 'The group system:masters passes every authorizer. Rights over the AWS role, which are given elsewhere, become rights over the whole cluster.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
  ],
  evaluate({ object }, report) {
    if (!isAwsAuth(object)) return
    const { mappings, unreadable } = readAwsAuth(object)
    for (const { path, detail } of unreadable) {
      report.unknown(unknown('unparsable', detail, { kind: 'object', object, path }))
    }
    for (const { key, arn, groups } of mappings) {
      if (!groups.includes('system:masters')) continue
      const message = `${arn} is in system:masters`
      report.fail(
        { origin: { kind: 'object', object, path: ['data', key] }, key: `${key} ${arn}`, message },
        {
          message,
          fix: advice(
            'Give the identity an access entry with the access policy that it needs, or a group of its own with RBAC, then take system:masters away.',
            {
              breaks:
                'people and pipelines that work as this identity; keep a second way in while you change it',
            },
          ),
        },
      )
    }
  },
  examples: {
    bad: awsAuth(
      '- rolearn: arn:aws:iam::111122223333:role/ops\n  username: ops\n  groups: [system:masters]',
    ),
    good: awsAuth(NODES),
  },
})
