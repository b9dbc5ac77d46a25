interface ExampleSubject {
  readonly kind: string
  readonly name: string
  readonly namespace?: string
  readonly apiGroup?: string
}

/** A ClusterRoleBinding to a ClusterRole, as YAML; the first subject stands on line 10. */
export function bindingOf(name: string, role: string, ...subjects: readonly ExampleSubject[]): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: ${name}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: ${role}
subjects:
${subjects.map((subject) => `  - ${JSON.stringify(subject)}\n`).join('')}`
}

/** A RoleBinding in a namespace to a role of either kind, as YAML; the first subject stands on line 11. */
export function roleBindingOf(
  namespace: string,
  name: string,
  role: { readonly kind: string; readonly name: string },
  ...subjects: readonly ExampleSubject[]
): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: ${name}
  namespace: ${namespace}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ${role.kind}
  name: ${role.name}
subjects:
${subjects.map((subject) => `  - ${JSON.stringify(subject)}\n`).join('')}`
}

/** A ClusterRole as YAML; the first rule stands on line 6. */
export function clusterRole(name: string, rules: readonly object[]): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: ${name}
rules:${rules.length === 0 ? ' []\n' : `\n${rules.map((rule) => `  - ${JSON.stringify(rule)}\n`).join('')}`}`
}
