import { asList, asString, field, unknown } from '../../model/index.js'
import { pathInObject } from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { firstEksNode } from './eks-cluster.js'
import { nodeOf } from './example-eks-node.js'

const KEYS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']

export const cloudIrsaMissing = defineCheck({
  id: 'cloud-irsa-missing',
  title: 'A workload on EKS works with a long-lived key of AWS',
  severity: 'low',
  because: 'the key never ends, and whoever reads it once uses it from anywhere; what it may do decides',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'EKS gives a pod credentials of a role that last for hours, for the account that it runs under. A key in its environment is in dumps, child processes and the hands of everybody who may read the Secret.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html',
  ],
  evaluate({ object, template, containers, index }, report) {
    for (const { name, spec, podPath } of containers) {
      const at = asList(spec.env).findIndex((variable) =>
        KEYS.includes(asString(field(variable, 'name')) ?? ''),
      )
      if (at < 0) continue
      const origin = {
        kind: 'object',
        object,
        path: pathInObject(template, [...podPath, 'env', at]),
      } as const
      if (firstEksNode(index) === undefined) {
        if (index.ofKind('', 'Node').length === 0) {
          const detail = `container \`${name}\` has a key of AWS, and no Node was read that says whether this is EKS`
          report.unknown(unknown('no-source', detail, origin))
        }
        continue
      }
      const message = `container \`${name}\` has a key of AWS in its environment`
      report.fail(
        { origin, message },
        {
          message,
          fix: advice(
            'Give its service account a role (EKS Pod Identity, or IAM roles for service accounts), take the key away and delete it in AWS.',
            {
              breaks: 'programs whose library knows keys alone',
            },
          ),
        },
      )
    }
  },
  examples: {
    bad: { manifests: `${keyed('AWS_ACCESS_KEY_ID')}---\n${nodeOf()}` },
    good: { manifests: `${keyed('AWS_REGION')}---\n${nodeOf()}` },
  },
})

function keyed(name: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  containers:
    - name: app
      image: registry.example/app:1.0
      env:
        - name: ${name}
          valueFrom:
            secretKeyRef:
              name: aws
              key: id
`
}
