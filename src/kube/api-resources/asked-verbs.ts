import type { ResolvedResource } from './resolve-resource.js'

/** Verbs of resources that kubectl knows. Source: kubernetes v1.36.2 kubectl pkg/cmd/auth/cani.go, resourceVerbs. */
const RESOURCE_VERBS: ReadonlySet<string> = new Set(
  'get list watch create update patch delete deletecollection use bind impersonate * approve sign escalate attest'.split(
    ' ',
  ),
)
/** Source: the same, nonResourceURLVerbs. */
const URL_VERBS: ReadonlySet<string> = new Set('get put post head options delete patch *'.split(' '))

/**
 * What `kubectl auth can-i` warns of besides the type: a resource without namespaces that is asked about in one, and
 * a verb that it does not know. Nothing for all namespaces, where it does not look.
 * Source: cani.go, Validate and isNamespaced.
 */
export function resourceQuestionWarnings(
  verb: string,
  { resource, group, definition }: ResolvedResource,
  allNamespaces: boolean,
): readonly string[] {
  if (allNamespaces || resource === '') return []
  const inGroup = group === '' ? '' : ` in group '${group}'`
  return [
    ...(definition?.namespaced === false
      ? [`resource '${resource}' is not namespace scoped${inGroup}\n`]
      : []),
    ...(RESOURCE_VERBS.has(verb) ? [] : [unknownVerb(verb)]),
  ]
}

/** What `kubectl auth can-i` warns of for a URL. Source: cani.go, Validate. */
export function urlQuestionWarnings(verb: string): readonly string[] {
  return URL_VERBS.has(verb) ? [] : [unknownVerb(verb)]
}

function unknownVerb(verb: string): string {
  return `verb '${verb}' is not a known verb\n`
}
