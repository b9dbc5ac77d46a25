import { asString, field, valueAt } from '../model/index.js'
import type { ObjectIndex } from './object-index.js'

/** A cloud whose machines answer at the link-local metadata address. */
export interface Cloud {
  readonly name: string
  /** Its nodes are set up so that pods need more than a plain request. */
  readonly guarded?: string
}

/** By the scheme of `providerID`, which each cloud's controller writes. Source: kubernetes.io, Cloud Controller Manager. */
const CLOUDS: ReadonlyMap<string, string> = new Map([
  ['aws', 'AWS'],
  ['gce', 'Google Cloud'],
  ['azure', 'Azure'],
  ['digitalocean', 'DigitalOcean'],
  ['openstack', 'OpenStack'],
  ['hcloud', 'Hetzner Cloud'],
  ['oci', 'Oracle Cloud'],
  ['ibm', 'IBM Cloud'],
  ['alicloud', 'Alibaba Cloud'],
  ['linode', 'Linode'],
  ['scaleway', 'Scaleway'],
])

/** The cloud that the nodes are in; undefined when none of them is, `not-known` when no Node was read. */
export function cloudOf(index: ObjectIndex): Cloud | undefined | 'not-known' {
  const nodes = index.ofKind('', 'Node')
  if (nodes.length === 0) return 'not-known'
  for (const { content } of nodes) {
    const name = CLOUDS.get((asString(valueAt(content, ['spec', 'providerID'])) ?? '').split(':', 1)[0] ?? '')
    if (name === undefined) continue
    const labels = nodes.map((node) => valueAt(node.content, ['metadata', 'labels']))
    const every = (key: string, value: string): boolean => labels.every((each) => field(each, key) === value)
    // Source: cloud.google.com, Workload Identity ("iam.gke.io/gke-metadata-server-enabled").
    if (every('iam.gke.io/gke-metadata-server-enabled', 'true'))
      return { name, guarded: 'the GKE metadata server stands before it' }
    // Source: docs.aws.amazon.com, EKS Auto Mode: instances require IMDSv2 with a hop limit of 1.
    if (every('eks.amazonaws.com/compute-type', 'auto'))
      return { name, guarded: 'EKS Auto Mode requires tokens and one hop' }
    return { name }
  }
  return undefined
}
