import { checkTests } from '../../../test/kit/check-tests.js'
import { namespaceWith } from './example-namespace.js'
import { namespacePodSecurityLatest } from './namespace-pod-security-latest.js'

const enforced = (level: unknown, version?: unknown): { manifests: string } => ({
  manifests: namespaceWith({
    'pod-security.kubernetes.io/enforce': level,
    ...(version === undefined ? {} : { 'pod-security.kubernetes.io/enforce-version': version }),
  }),
})

checkTests(namespacePodSecurityLatest, [
  {
    name: 'no version',
    kind: 'failing',
    given: enforced('baseline'),
    expect: [{ result: 'fail', severity: 'info', line: 5, fix: 'advice' }],
  },
  {
    name: 'the word latest',
    kind: 'failing',
    given: enforced('restricted', 'latest'),
    expect: [{ result: 'fail' }],
  },
  { name: 'a version', kind: 'passing', given: enforced('baseline', 'v1.36'), expect: [] },
  { name: 'nothing is enforced', kind: 'odd', given: enforced('privileged'), expect: [] },
  { name: 'a level that is none', kind: 'odd', given: enforced('Restricted'), expect: [] },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: enforced('baseline', 1.36),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
