import { checkTests } from '../../../test/kit/check-tests.js'
import { namespaceWith } from './example-namespace.js'
import { namespacePodSecurityLabelInvalid } from './namespace-pod-security-label-invalid.js'

const labelled = (labels: object): { manifests: string } => ({
  manifests: namespaceWith(
    Object.fromEntries(
      Object.entries(labels).map(([key, value]) => [`pod-security.kubernetes.io/${key}`, value as unknown]),
    ),
  ),
})

checkTests(namespacePodSecurityLabelInvalid, [
  {
    name: 'a capital letter',
    kind: 'failing',
    given: labelled({ enforce: 'Baseline' }),
    expect: [{ result: 'fail', severity: 'medium', line: 5, message: /enforces restricted/, fix: 'patch' }],
  },
  {
    name: 'a level that nobody knows, for warnings',
    kind: 'failing',
    given: labelled({ enforce: 'baseline', warn: 'strict' }),
    expect: [{ result: 'fail', message: /warns of nothing/, fix: 'advice' }],
  },
  {
    name: 'a version without its v',
    kind: 'failing',
    given: labelled({ enforce: 'baseline', 'enforce-version': '1.36' }),
    expect: [{ result: 'fail', message: /latest version/, fix: 'advice' }],
  },
  {
    name: 'a label that nobody reads',
    kind: 'odd',
    given: labelled({ enforced: 'restricted' }),
    expect: [{ result: 'fail', message: /read by nobody/ }],
  },
  {
    name: 'all that there is',
    kind: 'passing',
    given: labelled({
      enforce: 'baseline',
      'enforce-version': 'v1.36',
      audit: 'restricted',
      'warn-version': 'latest',
    }),
    expect: [],
  },
  { name: 'other labels', kind: 'passing', given: { manifests: namespaceWith({ team: 'Web' }) }, expect: [] },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: labelled({ enforce: true }),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
