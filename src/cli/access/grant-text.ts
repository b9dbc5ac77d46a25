import type { Grant, NearestMiss } from '../../access/index.js'
import { defaultRbacOf } from '../../kube/index.js'
import type { Estate, JsonPath, KubeObject } from '../../model/index.js'
import { visible } from '../../text/index.js'

/** Where a part of an object stands: `rbac.yaml:12`. */
export interface GrantPlaces {
  line(object: KubeObject, path: JsonPath): number | undefined
  place(object: KubeObject, path: JsonPath): string
}

/** Finds lines in the texts of an estate; of objects without a text the line where they begin. */
export async function grantPlaces(estate: Estate): Promise<GrantPlaces> {
  const { locate } = await import('../../text/index.js')
  const line = (object: KubeObject, path: JsonPath): number | undefined => {
    if (isBuiltIn(object)) return undefined
    const text = estate.texts.read(object.slice)
    if (text === undefined) return object.slice.line
    return locate(text, object.slice, [...(object.slice.path ?? []), ...path])?.line ?? object.slice.line
  }
  return {
    line,
    place: (object, path) => {
      const at = line(object, path)
      return at === undefined ? object.slice.file.replace(/^\(|\)$/g, '') : `${object.slice.file}:${at}`
    },
  }
}

function isBuiltIn({ slice }: KubeObject): boolean {
  return slice.file.startsWith('(made by ')
}

/** A grant as lines of text, without indentation; what Kubernetes or kubeadm gives by itself is marked. */
export function grantLines(
  grant: Grant,
  places: GrantPlaces,
  describeRule: (object: KubeObject, index: number) => string,
): string[] {
  const [first = '', ...rest] = plainLines(grant, places, describeRule).map(visible)
  return [`${first}${isDefaultGrant(grant) ? ' [default]' : ''}`, ...rest]
}

function plainLines(
  grant: Grant,
  places: GrantPlaces,
  describeRule: (object: KubeObject, index: number) => string,
): string[] {
  switch (grant.kind) {
    case 'rbac': {
      const { binding, role, ruleIn, rule, subject } = grant
      const through = ruleIn === role ? '' : `, taken in from ${named(ruleIn)}`
      return [
        `${named(binding)} names it (${places.place(binding, ['subjects', subject])})`,
        `${named(role)}${through}, rule ${rule + 1}: ${describeRule(ruleIn, rule)} (${places.place(ruleIn, ['rules', rule])})`,
      ]
    }
    case 'abac':
      return [`policy line ${grant.file}:${grant.line}`]
    case 'node':
      return [
        `Node authorizer: ${grant.rule}${grant.path.length === 0 ? '' : ` through ${grant.path.map((ref) => `${ref.kind} ${ref.namespace === '' ? '' : `${ref.namespace}/`}${ref.name}`).join(', ')}`}`,
      ]
    case 'webhook':
      return [`the webhook ${grant.name}`]
    case 'policy':
      return [`rule ${grant.rule} (${grant.file}:${grant.line})`]
    case 'built-in':
      return [grant.name]
  }
}

/** `RoleBinding shop/deployers`. */
export function named({ ref }: KubeObject): string {
  return visible(`${ref.kind} ${ref.namespace === '' ? '' : `${ref.namespace}/`}${ref.name}`)
}

/** A grant as JSON: objects by name, with file and line. */
export function grantJson(grant: Grant, places: GrantPlaces): Record<string, unknown> {
  const own = isDefaultGrant(grant)
  if (grant.kind !== 'rbac') return { ...grant, default: own }
  const at = (object: KubeObject, path: JsonPath) => ({
    kind: object.ref.kind,
    ...(object.ref.namespace === '' ? {} : { namespace: object.ref.namespace }),
    name: object.ref.name,
    file: object.slice.file,
    ...lineOf(places.line(object, path)),
  })
  return {
    kind: 'rbac',
    binding: { ...at(grant.binding, ['subjects', grant.subject]), subject: grant.subject },
    role: at(grant.role, []),
    rule: { ...at(grant.ruleIn, ['rules', grant.rule]), index: grant.rule },
    default: own,
  }
}

function lineOf(line: number | undefined): { line?: number } {
  return line === undefined ? {} : { line }
}

/** A near miss with the place of the rule or binding that almost allows. */
export function missLine(miss: NearestMiss, places: GrantPlaces): string {
  const place =
    miss.grant === undefined
      ? places.place(miss.binding, ['roleRef'])
      : places.place(miss.grant.ruleIn, ['rules', miss.grant.rule])
  return visible(`${miss.text} (${place})`)
}

/** Whether a grant comes from a binding that Kubernetes or kubeadm makes, unchanged. */
export function isDefaultGrant(grant: Grant): boolean {
  return grant.kind === 'built-in' || (grant.kind === 'rbac' && isDefaultObject(grant.binding))
}

/** Whether Kubernetes or kubeadm makes an object, and nobody changed it. */
export function isDefaultObject(object: KubeObject): boolean {
  return isBuiltIn(object) || defaultRbacOf(object)?.state === 'unchanged'
}
