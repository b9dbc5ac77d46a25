/**
 * The verbs of requests. Others (escalate, bind, use, approve, sign) are asked for while a request is handled.
 * Source: kubernetes v1.36.2 apiserver pkg/endpoints/request/requestinfo.go, NewRequestInfo.
 */
export const REQUEST_VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
] as const
const VERBS: ReadonlySet<string> = new Set(REQUEST_VERBS)

/** Sub-resources that only admission and strategies ask about: no request names them. */
const ASKED_INSIDE = new Set([
  'endpoints/restricted',
  'resourceclaims/binding',
  'resourceclaims/driver',
  'routes/custom-host',
])

/**
 * Whether the API server's audit log would show that a right on a resource is used. Not what kubelets ask about their
 * own callers (`nodes/metrics`), nor what is asked about while another request is handled.
 * Source: kubernetes v1.36.2 plugin/pkg/admission/gc/gc_admission.go (`finalizers`); pkg/kubelet/server/auth.go.
 */
export function isShownInLog(verb: string, resource: string): boolean {
  if (isImpersonation(verb)) return true
  if (verb !== '*' && !VERBS.has(verb)) return false
  const [base, subresource] = resource.split('/', 2)
  if (subresource === undefined) return true
  if (subresource === 'finalizers' || ASKED_INSIDE.has(resource)) return false
  return base !== 'nodes' || subresource === 'status'
}

/** Impersonation in all its forms: events name who acted as whom. */
export function isImpersonation(verb: string): boolean {
  return verb.startsWith('impersonate')
}
