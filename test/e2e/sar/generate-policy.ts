import type { Draw } from './draw.js'
import { GROUPS, NAMESPACES, PATHS, RESOURCES, USERS } from './names.js'

/** The policy file of ABAC: one line of JSON a policy. */
export function generatePolicy(draw: Draw): string {
  const lines = Array.from({ length: 14 }, () => {
    const who = draw.chance(0.6) ? { user: draw.pick(USERS) } : { group: draw.pick(GROUPS) }
    const both = draw.chance(0.2) ? { group: draw.pick(GROUPS) } : {}
    const spec = { ...who, ...both, ...(draw.chance(0.5) ? { readonly: true } : {}), ...what(draw) }
    return JSON.stringify({ apiVersion: 'abac.authorization.kubernetes.io/v1beta1', kind: 'Policy', spec })
  })
  return `${lines.join('\n')}\n`
}

function what(draw: Draw): object {
  if (draw.chance(0.25)) return { nonResourcePath: draw.pick([...PATHS, '/apis/*', '*', '/healthz*']) }
  const group = draw.pick(Object.keys(RESOURCES))
  const plain = (RESOURCES[group] ?? []).filter((name) => !name.includes('/'))
  return {
    namespace: draw.chance(0.3) ? '*' : draw.pick(NAMESPACES),
    resource: draw.chance(0.2) ? '*' : draw.pick(plain),
    apiGroup: draw.chance(0.2) ? '*' : group,
  }
}

/** The chain: the four authorizers in any order; conditions and the failure policy of the webhook differ too. */
export function generateChain(draw: Draw, kubeconfig: string): string {
  const conditions = [
    // The cluster's own parts must find their way even where the webhook would refuse.
    {
      expression:
        "!request.user.startsWith('system:') || request.user.startsWith('system:serviceaccount:ns-')",
    },
    ...draw.some(
      [
        { expression: "!('group-4' in request.groups)" },
        { expression: "!has(request.resourceAttributes) || request.resourceAttributes.namespace != 'ns-3'" },
        // For a path there are no attributes of a resource: an error, and the failure policy decides.
        { expression: "request.resourceAttributes.verb != 'deletecollection'" },
        { expression: "!request.user.endsWith('7') || request.groups.exists(g, g.startsWith('group-'))" },
      ],
      1,
      3,
    ),
  ]
  const webhook = {
    authorizedTTL: '1m',
    unauthorizedTTL: '1m',
    timeout: '5s',
    subjectAccessReviewVersion: 'v1',
    matchConditionSubjectAccessReviewVersion: 'v1',
    failurePolicy: draw.pick(['NoOpinion', 'Deny']),
    connectionInfo: { type: 'KubeConfigFile', kubeConfigFile: kubeconfig },
    matchConditions: conditions,
  }
  const authorizers = draw.shuffled<object>([
    { type: 'Node', name: 'node' },
    { type: 'RBAC', name: 'rbac' },
    { type: 'ABAC', name: 'abac' },
    { type: 'Webhook', name: 'scripted', webhook },
  ])
  const config = { apiVersion: 'apiserver.config.k8s.io/v1', kind: 'AuthorizationConfiguration', authorizers }
  return `${JSON.stringify(config, null, 2)}\n`
}
