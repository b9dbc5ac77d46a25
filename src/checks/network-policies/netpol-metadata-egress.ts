import {
  cloudOf,
  readPolicy,
  rulesThatAllow,
  type Connection,
  type NetworkPolicy,
  type NetworkRule,
} from '../../kube/index.js'
import { unknown, type Edit, type Fix } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { nsa } from '../references.js'
import { documents, nodeWith, policyWith } from './example-network.js'
import { allowsAll, reportMalformed, ruleEvidence } from './open-rules.js'
import { POLICIES } from './policy-kinds.js'

const ADDRESS = '169.254.169.254'

export const netpolMetadataEgress = defineCheck({
  id: 'netpol-metadata-egress',
  title: 'A NetworkPolicy lets pods ask the metadata service of the cloud',
  severity: 'high',
  because: 'the service gives the credential of the node to whoever asks; medium where the nodes guard it',
  reach: 'pod',
  appliesTo: 'object',
  kinds: POLICIES,
  why: 'A request that an application is tricked into making, or code that runs in the pod, reads the credential of the node at 169.254.169.254 and acts as the node in the account of the cloud. The policy isolates egress and leaves this address open.',
  references: [
    nsa('network policies'),
    'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
    'https://cloud.google.com/kubernetes-engine/docs/how-to/protecting-cluster-metadata',
  ],
  evaluate({ object, index }, report) {
    const policy = readPolicy(object)
    reportMalformed(object, policy, report)
    // What allows everything is named by another check.
    if (allowsAll(policy, 'egress')) return
    const rules = rulesThatAllow(policy, 'egress', askMetadata(policy))
    const cloud = cloudOf(index)
    if (rules.length === 0 || cloud === undefined) return
    for (const rule of rules) {
      const evidence = ruleEvidence(policy, rule, `egress to ${ADDRESS}, port 80, is allowed`)
      if (cloud === 'not-known') {
        const detail = `pods may ask ${ADDRESS}; no Node was read that tells whether the cluster is in a cloud`
        report.unknown(unknown('no-source', detail, evidence.origin))
        continue
      }
      report.fail(evidence, {
        message: `its pods may ask the metadata service of ${cloud.name} at ${ADDRESS}`,
        fix: exceptMetadata(policy, rule),
        ...(cloud.guarded === undefined ? {} : { severity: 'medium', because: cloud.guarded }),
      })
    }
  },
  examples: {
    bad: {
      manifests: documents(
        nodeWith('aws:///eu-west-1a/i-0abc'),
        policyWith(
          'podSelector: {}\npolicyTypes: [Egress]\negress:\n  - to:\n      - ipBlock: { cidr: 0.0.0.0/0 }',
        ),
      ),
    },
    good: {
      manifests: documents(
        nodeWith('aws:///eu-west-1a/i-0abc'),
        policyWith(
          'podSelector: {}\npolicyTypes: [Egress]\negress:\n  - to:\n      - ipBlock: { cidr: 0.0.0.0/0, except: [169.254.169.254/32] }',
        ),
      ),
    },
  },
})

function askMetadata({ namespace }: NetworkPolicy): Connection {
  const from = { kind: 'pod', namespace, labels: {} } as const
  return { from, to: { kind: 'address', address: ADDRESS }, protocol: 'TCP', port: 80 }
}

/** An exception in each block that holds the address; a rule for everyone has no block to except it from. */
function exceptMetadata(policy: NetworkPolicy, rule: NetworkRule): Fix {
  const { object } = policy
  const breaks =
    'pods that use the credential of their node: give their service accounts one of their own first'
  const text = `Except ${ADDRESS}/32 from what egress allows.`
  if (object.source !== 'manifest' || rule.peers === 'everyone') return advice(text, { breaks })
  const edits = rule.peers.flatMap((peer): Edit[] => {
    if (peer.kind !== 'addresses') return []
    const mayHold = rulesThatAllow(
      { ...policy, rules: { ingress: [], egress: [{ ...rule, peers: [peer] }] } },
      'egress',
      askMetadata(policy),
    )
    if (mayHold.length === 0) return []
    const at = { file: object.slice.file, object: object.ref, path: [...peer.path, 'ipBlock', 'except'] }
    const value = `${ADDRESS}/32`
    return peer.except.length > 0 ? [{ ...at, op: 'append', value }] : [{ ...at, op: 'set', value: [value] }]
  })
  return { text, edits, commands: [], risk: 'traffic', needs: [], breaks }
}
