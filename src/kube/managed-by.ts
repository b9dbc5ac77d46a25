import { asList, asObject, asString, field, valueAt, type JsonObject } from '../model/index.js'

/**
 * Who writes an object again, so that a change of the object itself does not last: the controller that made it, or a tool
 * that keeps it as a chart or repository has it. In words; undefined where nobody is named.
 */
export function managerOf(object: JsonObject): string | undefined {
  const owner = asList(valueAt(object, ['metadata', 'ownerReferences'])).find(
    (reference) => field(reference, 'controller') === true,
  )
  if (owner !== undefined)
    return `${asString(field(owner, 'kind')) ?? 'its owner'} ${asString(field(owner, 'name')) ?? ''}`.trim()
  const labels = asObject(valueAt(object, ['metadata', 'labels']))
  const annotations = asObject(valueAt(object, ['metadata', 'annotations']))
  for (const { key, value, words } of MARKS) {
    const said = asString(labels[key]) ?? asString(annotations[key])
    if (said === undefined || (value !== undefined && !value.test(said))) continue
    return words(said)
  }
  return undefined
}

interface Mark {
  /** A label or annotation. */
  readonly key: string
  readonly value?: RegExp
  readonly words: (value: string) => string
}

/** The most exact first: a chart may be deployed by Argo CD, whose mark then counts. */
const MARKS: readonly Mark[] = [
  // Source: argo-cd docs, user-guide/resource_tracking.md: `APP:GROUP/KIND:NAMESPACE/NAME`.
  {
    key: 'argocd.argoproj.io/tracking-id',
    words: (id) => `Argo CD application ${id.split(':', 1)[0] ?? ''}`,
  },
  { key: 'argocd.argoproj.io/instance', words: (name) => `Argo CD application ${name}` },
  // Source: fluxcd kustomize-controller and helm-controller, labels of what they apply.
  { key: 'kustomize.toolkit.fluxcd.io/name', words: (name) => `Flux Kustomization ${name}` },
  { key: 'helm.toolkit.fluxcd.io/name', words: (name) => `Flux HelmRelease ${name}` },
  // Source: helm pkg/action/validate.go, setMetadataVisitor.
  { key: 'meta.helm.sh/release-name', words: (name) => `Helm release ${name}` },
  {
    key: 'app.kubernetes.io/managed-by',
    value: /^(?:Helm|Tiller|kapp|pulumi|crossplane)$/i,
    words: (tool) => tool,
  },
  { key: 'kapp.k14s.io/app', words: () => 'kapp' },
  { key: 'olm.owner', words: (name) => `the Operator Lifecycle Manager (${name})` },
  // Source: kubernetes cluster/addons/addon-manager/README.md; EnsureExists is made once and then left alone.
  { key: 'addonmanager.kubernetes.io/mode', value: /^Reconcile$/, words: () => 'the add-on manager' },
  // Source: kubernetes v1.36.3 pkg/registry/rbac/rest/storage_rbac.go: default roles are put right at each start.
  {
    key: 'rbac.authorization.kubernetes.io/autoupdate',
    value: /^true$/,
    words: () => 'the API server, which puts its default roles right at each start',
  },
]
