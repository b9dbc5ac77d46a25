import { requestLogBuilder, type RequestLog } from '../../kube/index.js'

interface ExampleRequest {
  readonly user: string
  readonly groups?: readonly string[]
  readonly verb: string
  /** `pods`, `pods/log`, `deployments.apps`; a path where it begins with a slash. */
  readonly resource: string
  readonly namespace?: string
  readonly as?: string
  readonly code?: number
  readonly decision?: string
  readonly stage?: string
}

/** An audit log of fourteen days with these requests, the first and the last of them at its ends. */
export function auditLogOf(...requests: ExampleRequest[]): RequestLog {
  const builder = requestLogBuilder()
  const events = [
    ...requests.map(eventOf),
    { ...eventOf(NOTHING), requestReceivedTimestamp: '2026-10-15T00:00:00.000000Z' },
  ]
  for (const event of events) {
    const fault = builder.add(event)
    if (fault !== undefined) throw new Error(fault)
  }
  return builder.log()
}

const NOTHING: ExampleRequest = { user: 'x', verb: 'get', resource: 'pods', decision: 'forbid' }

/** One event as the API server writes it. */
export function eventOf(request: ExampleRequest): Record<string, unknown> {
  const { user, groups = [], verb, resource, namespace = '', as } = request
  const [, name = '', subresource, apiGroup] = /^([^/.]+)(?:\/([^.]+))?(?:\.(.+))?$/.exec(resource) ?? []
  return {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'Metadata',
    stage: request.stage ?? 'ResponseComplete',
    requestURI: resource.startsWith('/') ? `${resource}?timeout=30s` : '/api',
    verb,
    user: { username: user, groups },
    ...(as === undefined ? {} : { impersonatedUser: { username: as, groups: [] } }),
    ...(resource.startsWith('/') ? {} : { objectRef: { resource: name, subresource, apiGroup, namespace } }),
    responseStatus: { code: request.code ?? 200 },
    requestReceivedTimestamp: '2026-10-01T00:00:00.000000Z',
    annotations: { 'authorization.k8s.io/decision': request.decision ?? 'allow' },
  }
}
