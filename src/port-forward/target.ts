import {
  asList,
  asObject,
  asString,
  asStrings,
  field,
  isObject,
  RampartError,
  valueAt,
  type JsonObject,
} from '../model/index.js'
import { nearestWords } from '../text/index.js'

/** What was named on the command line. */
export interface Target {
  /** Plural, as in paths. */
  readonly resource: string
  /** As in messages: `deployment/web`. */
  readonly label: string
  readonly name: string
}

interface Known {
  readonly names: readonly string[]
  readonly path: string
}

/** Kinds that have pods. Source: kubectl v0.36.2 pkg/polymorphichelpers, SelectorsForObject. */
const KNOWN: Readonly<Record<string, Known>> = {
  pods: { names: ['pod', 'po'], path: '/api/v1' },
  services: { names: ['service', 'svc'], path: '/api/v1' },
  replicationcontrollers: { names: ['replicationcontroller', 'rc'], path: '/api/v1' },
  deployments: { names: ['deployment', 'deploy'], path: '/apis/apps/v1' },
  statefulsets: { names: ['statefulset', 'sts'], path: '/apis/apps/v1' },
  replicasets: { names: ['replicaset', 'rs'], path: '/apis/apps/v1' },
  daemonsets: { names: ['daemonset', 'ds'], path: '/apis/apps/v1' },
  jobs: { names: ['job'], path: '/apis/batch/v1' },
}

/** A name as the API server takes it; anything else would change the path. */
const NAME = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/

/** `web-0`, `pod/web-0`, `svc/web`, `deployments.apps/web`. */
export function parseTarget(text: string): Target {
  const parts = text.split('/')
  const [type = '', name = ''] = parts.length === 1 ? ['pod', text] : parts
  if (parts.length > 2 || !NAME.test(name)) {
    throw new RampartError(
      'usage',
      `\`${text}\` is no TYPE/NAME, as pod/web-0, service/web or deployment/web`,
    )
  }
  const [word = '', ...group] = type.toLowerCase().split('.')
  const found = Object.entries(KNOWN).find(([plural, { names }]) => plural === word || names.includes(word))
  if (found === undefined || (group.length > 0 && !inGroup(found[1].path, group.join('.')))) {
    throw new RampartError('usage', `\`${type}\` is no kind that has pods${didYouMean(word)}`)
  }
  const [resource, { names }] = found
  return { resource, name, label: `${names[0] ?? resource}/${name}` }
}

function inGroup(path: string, group: string): boolean {
  const [, , own = '', version = ''] = path.split('/')
  return path.startsWith('/apis/') && (group === own || group === `${version}.${own}`)
}

function didYouMean(word: string): string {
  const words = Object.entries(KNOWN).flatMap(([plural, { names }]) => [plural, ...names])
  const near = nearestWords(word, words)
  const kinds = Object.values(KNOWN).map(({ names }) => names[0])
  return near.length > 0 ? `; did you mean ${near.join(' or ')}?` : `; it is one of ${kinds.join(', ')}`
}

/** Where the object is on the server. */
export function targetPath({ resource, name }: Target, namespace: string): string {
  return `${KNOWN[resource]?.path ?? ''}/namespaces/${namespace}/${resource}/${name}`
}

export function podsPath(namespace: string, name?: string): string {
  return `/api/v1/namespaces/${namespace}/pods${name === undefined ? '' : `/${name}`}`
}

/** Which pods are behind an object, as query of a list of pods. */
export function podQuery(
  target: Target,
  object: JsonObject,
): { readonly labelSelector: string } | { readonly fieldSelector: string } {
  if (target.resource === 'pods') return { fieldSelector: `metadata.name=${target.name}` }
  const selector = valueAt(object, ['spec', 'selector'])
  const plain = target.resource === 'services' || target.resource === 'replicationcontrollers'
  const text = plain ? plainSelector(selector) : labelSelector(selector)
  if (text === '') {
    throw new RampartError('usage', `${target.label} has no selector: nothing says which pods are behind it`)
  }
  return { labelSelector: text }
}

function plainSelector(selector: unknown): string {
  return Object.entries(asObject(selector))
    .map(([key, value]) => `${key}=${asString(value) ?? ''}`)
    .join(',')
}

/** Source: apimachinery pkg/apis/meta/v1/helpers.go, LabelSelectorAsSelector. */
function labelSelector(selector: unknown): string {
  if (!isObject(selector)) return ''
  const expressions = asList(selector.matchExpressions).map((expression) => {
    const key = asString(field(expression, 'key')) ?? ''
    const values = asStrings(field(expression, 'values')).join(',')
    switch (field(expression, 'operator')) {
      case 'In':
        return `${key} in (${values})`
      case 'NotIn':
        return `${key} notin (${values})`
      case 'DoesNotExist':
        return `!${key}`
      default:
        return key
    }
  })
  return [plainSelector(selector.matchLabels), ...expressions].filter((part) => part !== '').join(',')
}
