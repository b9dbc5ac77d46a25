import { asNumber, asString, unknown, valueAt, type JsonPath } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'

/** Where each kind that makes machines of Amazon keeps the settings of their metadata service, and the hops it takes when unset. */
const PLACES: Readonly<
  Record<string, { readonly path: JsonPath; readonly hops: number; readonly tokens: string }>
> = {
  // Source: karpenter-provider-aws v1 pkg/apis/v1/ec2nodeclass.go, MetadataOptions.
  EC2NodeClass: { path: ['spec', 'metadataOptions'], hops: 1, tokens: 'required' },
  AWSNodeTemplate: { path: ['spec', 'metadataOptions'], hops: 2, tokens: 'required' },
  // Source: cluster-api-provider-aws v2 api/v1beta2/types.go, InstanceMetadataOptions.
  AWSMachineTemplate: {
    path: ['spec', 'template', 'spec', 'instanceMetadataOptions'],
    hops: 1,
    tokens: 'optional',
  },
}

export const nodeMetadataHop = defineCheck({
  id: 'node-metadata-hop',
  title: 'Pods may reach the metadata service of their machine',
  severity: 'info',
  because:
    'advice: what the role of the machine may do decides, and a network policy may still stand between',
  reach: 'pod',
  appliesTo: 'object',
  kinds: [
    'EC2NodeClass.karpenter.k8s.aws',
    'AWSNodeTemplate.karpenter.k8s.aws',
    'AWSMachineTemplate.infrastructure.cluster.x-k8s.io',
  ],
  why: 'The metadata service gives whoever reaches it the credentials of the machine’s role. A limit of one hop lets the machine reach it and no pod; without tokens one tricked web server is enough.',
  references: ['https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html'],
  evaluate({ object }, report) {
    const place = Object.hasOwn(PLACES, object.ref.kind) ? PLACES[object.ref.kind] : undefined
    if (place === undefined) return
    const { path } = place
    const at = (name: string): { kind: 'object'; object: typeof object; path: JsonPath } => ({
      kind: 'object',
      object,
      path: [...path, name],
    })
    const hops = valueAt(object.content, [...path, 'httpPutResponseHopLimit'])
    const tokens = valueAt(object.content, [...path, 'httpTokens'])
    if ((hops ?? null) !== null && asNumber(hops) === undefined) {
      report.unknown(
        unknown('unparsable', '`httpPutResponseHopLimit` is not a number', at('httpPutResponseHopLimit')),
      )
    }
    if (valueAt(object.content, [...path, 'httpEndpoint']) === 'disabled') return
    const limit = (hops ?? null) === null ? place.hops : asNumber(hops)
    if (limit !== undefined && limit > 1) {
      report.fail(
        { origin: at('httpPutResponseHopLimit'), message: `a limit of ${limit} hops` },
        {
          message: `answers of the metadata service go ${limit} hops, into pods`,
          fix: advice('Set `httpPutResponseHopLimit: 1` for new machines.', {
            breaks: 'pods that use the role of their machine: give them one of their own first',
          }),
        },
      )
    }
    if ((asString(tokens) ?? place.tokens) === 'optional') {
      report.fail(
        { origin: at('httpTokens'), message: 'no token is asked for' },
        {
          message: 'the metadata service answers requests without a token',
          fix: advice('Set `httpTokens: required` for new machines.', {
            breaks: 'old programs that know only the first version of the service',
          }),
        },
      )
    }
  },
  examples: {
    bad: nodeClass('httpPutResponseHopLimit: 2'),
    good: nodeClass('httpPutResponseHopLimit: 1'),
  },
})

function nodeClass(options: string): { manifests: string } {
  return {
    manifests: `apiVersion: karpenter.k8s.aws/v1
kind: EC2NodeClass
metadata:
  name: default
spec:
  metadataOptions:
    ${options}
`,
  }
}
