import { checkTests } from '../../../test/kit/check-tests.js'
import { rbacWildcardResource } from './rbac-wildcard-resource.js'
import { clusterRole } from './example-objects.js'

const EVERYTHING = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] }
const BAD = { verbs: ['get', 'list'], apiGroups: [''], resources: ['*'] }
const GOOD = { verbs: ['get', 'list'], apiGroups: [''], resources: ['configmaps'] }

checkTests(rbacWildcardResource, [
  {
    name: 'one rule of two',
    kind: 'failing',
    given: { manifests: clusterRole('deployer', [GOOD, BAD]) },
    expect: [{ result: 'fail', severity: 'medium', line: 7, fix: 'advice' }],
  },
  {
    name: 'verbs, resources and groups at once: the check of verbs reports it',
    kind: 'passing',
    given: { manifests: clusterRole('everything', [EVERYTHING]) },
    expect: [],
  },
  {
    name: 'all three, but for one name',
    kind: 'odd',
    given: { manifests: clusterRole('named', [{ ...EVERYTHING, resourceNames: ['x'] }]) },
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  { name: 'lists', kind: 'passing', given: { manifests: clusterRole('deployer', [GOOD]) }, expect: [] },
  {
    name: 'cluster-admin itself',
    kind: 'passing',
    given: {
      manifests: clusterRole('cluster-admin', [EVERYTHING, { verbs: ['*'], nonResourceURLs: ['*'] }]),
    },
    expect: [],
  },
  {
    name: 'a rule that was added to a default role',
    kind: 'odd',
    given: { manifests: clusterRole('system:basic-user', [{ ...EVERYTHING, verbs: ['get'] }]) },
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'an aggregated role repeats what its part says',
    kind: 'odd',
    given: {
      manifests: `${clusterRole('part', [BAD]).replace('name: part', 'name: part\n  labels: { team: a }')}---
${clusterRole('whole', [BAD])}aggregationRule:
  clusterRoleSelectors: [{ matchLabels: { team: a } }]
`,
    },
    expect: [{ result: 'fail', line: 7 }],
  },
  {
    name: 'a rule without verbs gives nothing',
    kind: 'odd',
    given: { manifests: clusterRole('empty', [{ ...EVERYTHING, verbs: [] }]) },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: clusterRole('odd', [{ verbs: '*', apiGroups: ['*'], resources: ['*'] }]) },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
