// Makes data/default-rbac/MINOR.json, the roles and bindings that Kubernetes makes by itself:
//   node scripts/default-rbac/generate.mjs 1.36.2 [...]
// Needs Go and the Go module proxy; the results are committed, so that nothing else needs them.
// Source: plugin/pkg/auth/authorizer/rbac/bootstrappolicy/testdata of each version. Its own test (policy_test.go)
// holds these files equal to what the API server creates, with default feature gates and with all of them on.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

const POLICY = 'plugin/pkg/auth/authorizer/rbac/bootstrappolicy'
const LISTS = [
  'cluster-roles',
  'cluster-role-bindings',
  'controller-roles',
  'controller-role-bindings',
  'namespace-roles',
  'namespace-role-bindings',
]
const target = join(import.meta.dirname, '../../data/default-rbac')
const versions = process.argv.slice(2)
if (versions.length === 0) throw new Error('name at least one version, for instance 1.36.2')
mkdirSync(target, { recursive: true })

for (const version of versions) {
  const module = JSON.parse(
    execFileSync('go', ['mod', 'download', '-json', `k8s.io/kubernetes@v${version}`], {
      cwd: target,
      encoding: 'utf8',
    }),
  )
  const read = (name) =>
    parse(readFileSync(join(module.Dir, POLICY, 'testdata', `${name}.yaml`), 'utf8')).items
  const objects = unique(LISTS.flatMap(read).map(sorted))
  const known = new Set(objects.map((object) => JSON.stringify(object)))
  // Before 1.33 upstream keeps no list with all feature gates.
  const hasGated = existsSync(join(module.Dir, POLICY, 'testdata', 'cluster-roles-featuregates.yaml'))
  const gated = (hasGated ? read('cluster-roles-featuregates') : [])
    .map(sorted)
    .filter((object) => !known.has(JSON.stringify(object)))
  const date = JSON.parse(readFileSync(module.Info, 'utf8')).Time.slice(0, 10)
  const source = `k8s.io/kubernetes v${version} ${POLICY}/testdata`
  // One object a line: a difference between versions can be read.
  const lines = (list) => list.map((object) => `  ${JSON.stringify(object)}`).join(',\n')
  const text = `{
 "kubernetes": ${JSON.stringify(version)},
 "released": ${JSON.stringify(date)},
 "source": ${JSON.stringify(source)},
 "objects": [
${lines(objects)}
 ],
 "withAllFeatureGates": [
${lines(gated)}
 ]
}
`
  writeFileSync(join(target, `${version.split('.').slice(0, 2).join('.')}.json`), text)
  console.log(`${version}: ${objects.length} objects, ${gated.length} more or other with all feature gates`)
}

/** Each object once, by kind, namespace and name; in that order. */
function unique(objects) {
  const byKey = new Map(objects.map((object) => [keyOf(object), object]))
  return [...byKey.keys()].sort().map((key) => byKey.get(key))
}

function keyOf({ kind, metadata }) {
  return `${kind}/${metadata.namespace ?? ''}/${metadata.name}`
}

/** Keys in order and nothing that is null; lists keep their order. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.keys(value)
      .filter((key) => value[key] !== null && key !== 'creationTimestamp')
      .sort()
      .map((key) => [key, sorted(value[key])]),
  )
}
