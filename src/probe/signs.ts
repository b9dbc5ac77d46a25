import type { Answer } from './http-get.js'

/**
 * Signs that an answer comes from the server that was looked for. Any web server may answer 200 to every path: without
 * a sign nothing is said about it.
 */

/** A Status, a version, or the headers that every answer of the generic API server has (k8s.io/apiserver filters). */
export function isApiServer(answer: Answer): boolean {
  return (
    answer.kind === 'http' &&
    (answer.headers.has('audit-id') ||
      answer.headers.has('x-kubernetes-pf-flowschema-uid') ||
      /"gitVersion"\s*:|"kind"\s*:\s*"(?:Status|APIVersions|APIGroupList)"/.test(answer.body))
  )
}

/** What /version, /health and /metrics of etcd hold. */
export function isEtcd(answer: Answer): boolean {
  return answer.kind === 'http' && /"etcdserver"\s*:|"health"\s*:|\betcd_/.test(answer.body)
}

/** What the Docker API says of itself in every answer (moby daemon/server/middleware/version.go), or its pong. */
export function isDocker(answer: Answer): boolean {
  if (answer.kind !== 'http') return false
  const { headers, body } = answer
  const named = /docker|libpod/i.test(headers.get('server') ?? '')
  return named || headers.has('api-version') || headers.has('docker-experimental') || body.trim() === 'OK'
}
