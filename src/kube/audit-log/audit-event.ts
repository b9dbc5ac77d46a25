import { asList, asString, field, isObject, valueAt, type JsonObject } from '../../model/index.js'
import type { UsedRequest } from './request-log.js'

/** What one event says of rights; without requests where it says nothing of them. */
export interface ReadAuditEvent {
  /** Seconds since 1970. */
  readonly time: number
  /** In whose name the request was decided. */
  readonly user: string
  readonly groups: readonly string[]
  /** Who acted as that user. */
  readonly impersonator?: string
  /** More than one where the API server asks for more rights than the request names. */
  readonly requests: readonly UsedRequest[]
}

/** Before these, nothing was decided. Source: k8s.io/apiserver v0.36.3 pkg/apis/audit/types.go, Stage. */
const DECIDED = new Set(['ResponseStarted', 'ResponseComplete', 'Panic'])
/** No name of the API is longer. */
const LONGEST = 1024

/**
 * Reads an Event of audit.k8s.io/v1. Objects of requests and responses are not looked at; a fault never quotes the event.
 * Source: k8s.io/apiserver v0.36.3 pkg/apis/audit/v1/types.go, Event.
 */
export function readAuditEvent(event: unknown): ReadAuditEvent | { readonly fault: string } {
  if (
    !isObject(event) ||
    field(event, 'kind') !== 'Event' ||
    field(event, 'apiVersion') !== 'audit.k8s.io/v1'
  )
    return { fault: 'not an Event of audit.k8s.io/v1' }
  const time = timeOf(event)
  if (time === undefined)
    return { fault: 'neither `requestReceivedTimestamp` nor `stageTimestamp` is a time' }
  const decided = DECIDED.has(asString(field(event, 'stage')) ?? '')
  const allowed = valueAt(event, ['annotations', 'authorization.k8s.io/decision']) === 'allow'
  if (!decided || !allowed) return { time, user: '', groups: [], requests: [] }
  const impersonated = field(event, 'impersonatedUser')
  const self = asString(valueAt(event, ['user', 'username']))
  const who = isObject(impersonated) ? impersonated : field(event, 'user')
  const user = asString(field(who, 'username'))
  const requests = requestsOf(event)
  if (user === undefined || self === undefined) return { fault: '`user.username` is not a text' }
  if (requests === undefined) return { fault: '`verb`, `objectRef` or `requestURI` is not what it has to be' }
  const groups = asList(field(who, 'groups')).filter((group) => typeof group === 'string')
  const names = [user, self, ...groups, ...requests.flatMap((request) => Object.values(request) as string[])]
  if (names.some((name) => name.length > LONGEST))
    return { fault: `a name is longer than ${LONGEST} characters` }
  return { time, user, groups, requests, ...(isObject(impersonated) ? { impersonator: self } : {}) }
}

function timeOf(event: JsonObject): number | undefined {
  for (const key of ['requestReceivedTimestamp', 'stageTimestamp']) {
    const text = field(event, key)
    const time = typeof text === 'string' && /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN
    if (!Number.isNaN(time)) return time / 1000
  }
  return undefined
}

function requestsOf(event: JsonObject): UsedRequest[] | undefined {
  const verb = asString(field(event, 'verb'))
  const object = field(event, 'objectRef')
  if (verb === undefined) return undefined
  if (object === undefined || object === null) {
    const uri = asString(field(event, 'requestURI'))
    // A longer path is no path of a rule; what it begins with may be.
    const path = uri?.split(/[?#]/, 1)[0]?.slice(0, LONGEST)
    if (path === undefined || path === '') return undefined
    return [{ verb, path, apiGroup: '', resource: '', subresource: '', namespace: '' }]
  }
  const [apiGroup, resource, subresource, namespace] = [
    'apiGroup',
    'resource',
    'subresource',
    'namespace',
  ].map((key) => field(object, key) ?? '')
  if (
    typeof apiGroup !== 'string' ||
    typeof resource !== 'string' ||
    resource === '' ||
    typeof subresource !== 'string' ||
    typeof namespace !== 'string'
  )
    return undefined
  const request = { verb, path: '', apiGroup, resource, subresource, namespace }
  return alsoCreates(event, request) ? [request, { ...request, verb: 'create' }] : [request]
}

const STREAMS = new Set(['exec', 'attach', 'portforward'])

/**
 * Whether the request needs the right to create too: a change that makes the object, as server-side apply does, and a
 * stream of a pod over a WebSocket, which is a GET.
 * Source: k8s.io/apiserver v0.36.3 pkg/endpoints/handlers/patch.go and update.go, withAuthorization; the feature gate
 * AuthorizePodWebsocketUpgradeCreatePermission.
 */
function alsoCreates(event: JsonObject, { verb, apiGroup, resource, subresource }: UsedRequest): boolean {
  if (verb === 'patch' || verb === 'update') return valueAt(event, ['responseStatus', 'code']) === 201
  return verb === 'get' && apiGroup === '' && resource === 'pods' && STREAMS.has(subresource)
}
