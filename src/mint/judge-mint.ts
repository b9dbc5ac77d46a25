import {
  createAuthorizer,
  findEscalations,
  subjectUser,
  type CompactRule,
  type Escalation,
} from '../access/index.js'
import type { ApiClient } from '../client/index.js'
import { asString, field, type Estate, type JsonObject, type KubeObject } from '../model/index.js'
import type { MintSubject } from './mint-request.js'
import { subjectText } from './mint-labels.js'

/** What the identity will be able to do: what is planned, and what the cluster gives it already. */
export interface MintJudgement {
  /** Rights by namespace, '' for the whole cluster. */
  readonly rights: readonly { readonly namespace: string; readonly rules: readonly CompactRule[] }[]
  readonly escalations: readonly Escalation[]
  /** What could not be seen, and so is not in the answer. */
  readonly unknown: readonly string[]
}

const LISTS = [
  '/apis/rbac.authorization.k8s.io/v1/clusterroles',
  '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
  '/apis/rbac.authorization.k8s.io/v1/roles',
  '/apis/rbac.authorization.k8s.io/v1/rolebindings',
] as const

/** The cluster's roles and bindings; a list that is not allowed is said. */
export async function readRbac(
  client: ApiClient,
): Promise<{ readonly objects: readonly JsonObject[]; readonly unknown: readonly string[] }> {
  const objects: JsonObject[] = []
  const unknown: string[] = []
  for (const path of LISTS) {
    try {
      for await (const { items, kind, apiVersion } of client.list(path))
        for (const item of items) objects.push({ apiVersion, kind: kind.replace(/List$/, ''), ...item })
    } catch (error) {
      const name = path.split('/').at(-1) ?? ''
      unknown.push(
        `${name} could not be read (${(error as Error).message}): what they give is not in this list`,
      )
    }
  }
  return { objects, unknown }
}

/** Asks the engine about the cluster as it will be. */
export function judgeMint(
  subject: MintSubject,
  cluster: readonly JsonObject[],
  planned: readonly JsonObject[],
  unknown: readonly string[],
): MintJudgement {
  const objects = [...cluster, ...planned].map(toObject)
  const estate: Estate = {
    objects,
    hosts: [],
    sources: [],
    problems: [],
    texts: { read: () => undefined },
  }
  const access = createAuthorizer(estate)
  const user = subjectUser(subjectText(subject), subject.kind === 'person' ? subject.groups : [])
  const names = new Set([subjectText(subject), ...user.groups])
  const namespaces = [
    '',
    ...new Set(objects.filter(({ ref }) => ref.kind === 'RoleBinding').map(({ ref }) => ref.namespace)),
  ]
  const whole = access.rulesFor(user, '')
  const known = new Set(whole.rules.map(ruleKey))
  const rights = namespaces.map((namespace) => {
    const rules = namespace === '' ? whole.rules : access.rulesFor(user, namespace).rules
    // What holds in the whole cluster is said once.
    return { namespace, rules: namespace === '' ? rules : rules.filter((rule) => !known.has(ruleKey(rule))) }
  })
  return {
    rights: rights.filter(({ rules }) => rules.length > 0),
    escalations: findEscalations(access.rbac ?? fail(), access.index).filter((each) =>
      names.has(holderName(each)),
    ),
    unknown: [...unknown, ...whole.incomplete],
  }
}

function fail(): never {
  throw new Error('the usual chain has RBAC')
}

/** Groups and users by their name, accounts by the user that they are. */
function holderName({ subject: { kind, namespace, name } }: Escalation): string {
  return kind === 'ServiceAccount' ? `system:serviceaccount:${namespace}:${name}` : name
}

function ruleKey({ apiGroup, resource, resourceName, nonResourceURL, verbs }: CompactRule): string {
  return JSON.stringify([apiGroup, resource, resourceName, nonResourceURL, verbs])
}

function toObject(content: JsonObject): KubeObject {
  const [group = '', version] = (asString(content.apiVersion) ?? '').split('/')
  const text = (key: string): string => asString(field(content.metadata, key)) ?? ''
  return {
    ref: {
      group: version === undefined ? '' : group,
      version: version ?? group,
      kind: asString(content.kind) ?? '',
      namespace: text('namespace'),
      name: text('name'),
    },
    content,
    source: 'cluster',
    slice: { file: 'cluster', format: 'json', offset: 0, length: 0, line: 1, column: 1 },
  }
}
