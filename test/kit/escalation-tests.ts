import { TECHNIQUES, type Need } from '../../src/access/index.js'
import type { AnyCheck } from '../../src/checks/index.js'
import { exampleOf } from '../../src/checks/rbac/escalation-check.js'
import { checkTests, type CheckRow } from './check-tests.js'

const CLUSTER_ADMIN = `---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: own }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
subjects: [{ kind: Group, apiGroup: rbac.authorization.k8s.io, name: system:masters }]
`
/** The rows of a check of escalation, made from what its technique needs. */
export function escalationTests(check: AnyCheck, id: string): void {
  const technique = TECHNIQUES.find((each) => each.id === id)
  if (technique === undefined) throw new Error(`no technique is called ${id}`)
  const { severity, only, ways } = technique
  const given = (needs: readonly Need[]) => ({ manifests: exampleOf(technique, needs) })
  const inNamespace = severity.namespace !== undefined && only === undefined
  const fails = {
    result: 'fail',
    severity: severity.cluster,
    fix: 'advice',
    path: 'subjects[name=runner]',
  } as const
  const rows: CheckRow[] = [
    ...ways.map((way, index): CheckRow => ({
      name: `way ${index + 1}`,
      kind: 'failing',
      given: given(way),
      expect: [fails],
    })),
    ...ways.flatMap((way, index) =>
      way.map((missing, part): CheckRow => ({
        name: `way ${index + 1} without ${missing.resources.join(' or ')}`,
        kind: 'passing',
        given: given(way.filter((_need, at) => at !== part)),
        // What is left may be another way.
        expect: ways.some(
          (other) =>
            other !== way && other.every((need) => way.some((own, at) => at !== part && sameNeed(own, need))),
        )
          ? [fails]
          : [],
      })),
    ),
    {
      name: 'a wildcard for the verb',
      kind: 'odd',
      given: given((ways[0] ?? []).map((need) => ({ ...need, verbs: ['*'], verbPrefix: false }))),
      // With every verb on everything it is cluster-admin, which other checks report.
      expect: (ways[0] ?? []).some(({ resources }) => resources.includes('*')) ? [] : [fails],
    },
    {
      name: 'in a namespace of its own',
      kind: 'odd',
      given: { manifests: inOneNamespace(given(ways[0] ?? []).manifests) },
      expect:
        inNamespace && severity.namespace !== undefined ? [{ ...fails, severity: severity.namespace }] : [],
    },
    {
      name: 'the binding that every cluster has',
      kind: 'passing',
      given: { manifests: CLUSTER_ADMIN },
      expect: [],
    },
    {
      name: 'subjects of the wrong type',
      kind: 'unknown',
      given: {
        manifests: CLUSTER_ADMIN.replace('name: own', 'name: odd').replace(/subjects: .*/, 'subjects: 7'),
      },
      expect: [{ result: 'unknown', reason: 'unparsable' }],
    },
  ]
  checkTests(check, rows)
}

function sameNeed(a: Need, b: Need): boolean {
  return a.group === b.group && a.verbs[0] === b.verbs[0] && a.resources[0] === b.resources[0]
}

function inOneNamespace(manifests: string): string {
  return manifests
    .replace('kind: ClusterRoleBinding\nmetadata:\n', 'kind: RoleBinding\nmetadata:\n  namespace: ci\n')
    .replace(
      'kind: RoleBinding\nmetadata:\n  namespace: kube-system\n',
      'kind: RoleBinding\nmetadata:\n  namespace: ci\n',
    )
}
