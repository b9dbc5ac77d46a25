import {
  asList,
  asString,
  asStrings,
  field,
  isObject,
  valueAt,
  type JsonPath,
  type KubeObject,
} from '../model/index.js'
import { readYaml } from '../text/index.js'

/** One entry of the ConfigMap `aws-auth`: an identity of AWS and who it is in the cluster. */
export interface AwsMapping {
  readonly key: 'mapRoles' | 'mapUsers'
  readonly arn: string
  readonly username: string
  readonly groups: readonly string[]
}

export interface AwsAuth {
  readonly mappings: readonly AwsMapping[]
  /** Accounts of which every identity is let in. */
  readonly accounts: readonly string[]
  /** Keys whose text is no list of entries; the authenticator then takes none of it. */
  readonly unreadable: readonly { readonly path: JsonPath; readonly detail: string }[]
}

/** Whether an object is the ConfigMap in which EKS maps identities. */
export function isAwsAuth({ ref }: KubeObject): boolean {
  return ref.kind === 'ConfigMap' && ref.namespace === 'kube-system' && ref.name === 'aws-auth'
}

/**
 * Reads the texts of `aws-auth`. Source: kubernetes-sigs/aws-iam-authenticator v0.7 pkg/mapper/configmap, ParseMap.
 */
export function readAwsAuth({ content }: KubeObject): AwsAuth {
  const mappings: AwsMapping[] = []
  const accounts: string[] = []
  const unreadable: { path: JsonPath; detail: string }[] = []
  for (const key of ['mapRoles', 'mapUsers', 'mapAccounts'] as const) {
    const path = ['data', key]
    const text = valueAt(content, path)
    if (text === undefined || text === null || text === '') continue
    const list = typeof text === 'string' ? listIn(text) : undefined
    if (list === undefined) {
      unreadable.push({ path, detail: `\`${key}\` of aws-auth is no list in YAML` })
      continue
    }
    if (key === 'mapAccounts') accounts.push(...list.map(String))
    else mappings.push(...list.flatMap((entry) => mappingOf(key, entry)))
    const odd = key === 'mapAccounts' ? undefined : list.find((entry) => mappingOf(key, entry).length === 0)
    if (odd !== undefined)
      unreadable.push({ path, detail: `an entry of \`${key}\` of aws-auth names no identity` })
  }
  return { mappings, accounts, unreadable }
}

function listIn(text: string): unknown[] | undefined {
  const { value, problems } = readYaml(text)
  if (value === null && problems.length === 0) return []
  return Array.isArray(value) ? value : undefined
}

function mappingOf(key: 'mapRoles' | 'mapUsers', entry: unknown): AwsMapping[] {
  if (!isObject(entry)) return []
  // The authenticator takes names of fields in any case.
  const lower = Object.fromEntries(Object.entries(entry).map(([name, value]) => [name.toLowerCase(), value]))
  const arn = asString(field(lower, key === 'mapRoles' ? 'rolearn' : 'userarn'))
  if (arn === undefined || arn === '') return []
  const username = asString(field(lower, 'username')) ?? ''
  return [{ key, arn, username, groups: asStrings(asList(field(lower, 'groups'))) }]
}
