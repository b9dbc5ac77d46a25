import { asString, unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { firstEksNode } from './eks-cluster.js'
import { nodeOf } from './example-eks-node.js'

const VERSION = ['status', 'nodeInfo', 'kubeletVersion']

export const cloudEksAccessEntriesUnknown = defineCheck({
  id: 'cloud-eks-access-entries-unknown',
  title: 'Who gets into the cluster is decided where nothing here can look',
  severity: 'info',
  because: 'advice: what the objects of the cluster say about access is not all of it',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Node'],
  why: 'Access entries of EKS are kept by AWS, not in the cluster. An entry with the policy AmazonEKSClusterAdminPolicy is cluster-admin, and no object shows it.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html'],
  evaluate({ object, index }, report) {
    const version = valueAt(object.content, VERSION)
    if (version !== undefined && version !== null && asString(version) === undefined) {
      return report.unknown(
        unknown('unparsable', '`kubeletVersion` is not a text', { kind: 'object', object, path: VERSION }),
      )
    }
    // Asked once for the cluster, at its first node.
    if (firstEksNode(index) !== object) return
    report.fail(
      { origin: { kind: 'object', object, path: VERSION }, key: 'access entries', message: 'a node of EKS' },
      {
        message: 'the access entries of this EKS cluster are not among what was read',
        fix: advice(
          'Look through them: aws eks list-access-entries --cluster-name NAME, and list-associated-access-policies for each.',
        ),
      },
    )
  },
  examples: {
    bad: { manifests: nodeOf() },
    good: { manifests: nodeOf('v1.36.2') },
  },
})
