import { asList, asString, field, isObject, type JsonObject, type KubeObject } from '../model/index.js'

/** What an API server says of itself, kept as an object: its version, and which deprecated APIs were asked of it. */
export const FACTS_API = { group: 'facts.rampart', version: 'v1' } as const
export const FACTS_KIND = 'ApiServerFacts'

/** A version of an API that ends and that somebody asked for since the API server started. */
export interface DeprecatedRequest {
  readonly group: string
  readonly version: string
  readonly resource: string
  readonly subresource: string
  /** `1.25`; empty where the server names none. */
  readonly removedIn: string
}

/** What was read of an API server. */
export interface ApiServerFacts {
  /** `v1.36.2` */
  readonly gitVersion?: string
  /** undefined: it was not read, and why is in `unread`. */
  readonly deprecated?: readonly DeprecatedRequest[]
  readonly unread?: string
}

/** The facts of the API servers that were asked. */
export function apiServerFacts(objects: readonly KubeObject[]): ApiServerFacts[] {
  return objects
    .filter(({ ref }) => ref.kind === FACTS_KIND && ref.group === FACTS_API.group)
    .map(({ content }) => {
      const gitVersion = asString(content.gitVersion)
      const unread = asString(content.unread)
      return {
        ...(gitVersion === undefined ? {} : { gitVersion }),
        ...(Array.isArray(content.deprecated) ? { deprecated: requestsOf(content.deprecated) } : {}),
        ...(unread === undefined ? {} : { unread }),
      }
    })
}

function requestsOf(value: unknown): DeprecatedRequest[] {
  return asList(value)
    .filter(isObject)
    .map((each) => {
      const text = (key: string): string => asString(field(each, key)) ?? ''
      return {
        group: text('group'),
        version: text('version'),
        resource: text('resource'),
        subresource: text('subresource'),
        removedIn: text('removedIn'),
      }
    })
}

const METRIC = 'apiserver_requested_deprecated_apis'

/**
 * One line of /metrics, where it tells of a deprecated API: `apiserver_requested_deprecated_apis{group="policy",...} 1`.
 * Source: kubernetes v1.36.3 staging/src/k8s.io/apiserver/pkg/endpoints/metrics/metrics.go, deprecatedRequestGauge.
 */
export function deprecatedRequestOf(line: string): JsonObject | undefined {
  if (!line.startsWith(`${METRIC}{`)) return undefined
  const labels = new Map(
    [...line.slice(0, 2000).matchAll(/(\w{1,40})="((?:[^"\\]|\\.){0,200})"/g)].map(
      ([, key = '', value = '']) => [key, value],
    ),
  )
  const value = /\}\s{1,10}(\S{1,40})\s*$/.exec(line)?.[1]
  if (value === undefined || Number(value) === 0) return undefined
  return {
    group: labels.get('group') ?? '',
    version: labels.get('version') ?? '',
    resource: labels.get('resource') ?? '',
    subresource: labels.get('subresource') ?? '',
    removedIn: labels.get('removed_release') ?? '',
  }
}
