// The texts that `npm run new-check` begins with. TODO marks what the author has to say; a test refuses it.

/** By area: what its checks are about, and the parameter's name. */
const SUBJECTS = {
  kubelet: ['kubelet', 'kubelet'],
  docker: ['dockerd', 'dockerd'],
  apiserver: ['apiserver', 'apiserver'],
  'controller-manager': ['controller-manager', 'manager'],
  scheduler: ['scheduler', 'scheduler'],
  etcd: ['etcd', 'etcd'],
  'kube-proxy': ['kube-proxy', 'proxy'],
}

/** The new check: it never fails, so that its failing row is red. */
export function checkSource(id, constant, area) {
  const [appliesTo, name] = SUBJECTS[area] ?? ['workload', 'workload']
  return `import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'

export const ${constant} = defineCheck({
  id: '${id}',
  title: 'TODO: what is wrong, one sentence, present tense',
  severity: 'medium',
  because: 'TODO: why this severity, and what moves it',
  reach: 'user',
  appliesTo: '${appliesTo}',
  why: 'TODO: what somebody can do with it',
  references: [kubernetesDocs('TODO')],
  evaluate(${name}, report) {
    // TODO: ask ${name}; report.unknown(fact) where a fact is not known, report.fail(evidence, { fix }) where it is wrong.
    void ${name}
    void report
  },
  examples: {
    bad: { manifests: '# TODO: the smallest estate that fails' },
    good: { manifests: '# TODO: the same, put right' },
  },
})
`
}

/** Its test: a row of each kind, each red until it is written. */
export function testSource(id, constant) {
  const rows = [
    [
      'failing',
      'the fault in its plainest form',
      `[{ result: 'fail', severity: 'medium', path: 'TODO', line: 1, fix: 'patch' }]`,
    ],
    [
      'passing',
      'the same, put right',
      `[{ result: 'fail', message: 'TODO: expect nothing once given is written' }]`,
    ],
    ['odd', 'a default, an old field, two places at once', `[{ result: 'fail', message: 'TODO' }]`],
    [
      'unknown',
      'what it needs was not read, or has the wrong type',
      `[{ result: 'unknown', reason: 'unparsable' }]`,
    ],
  ]
  const table = rows
    .map(
      ([kind, name, expected]) => `  {
    name: 'TODO: ${name}',
    kind: '${kind}',
    given: { manifests: '' },
    expect: ${expected},
  },
`,
    )
    .join('')
  return `import { checkTests } from '../../../test/kit/check-tests.js'
import { ${constant} } from './${id}.js'

checkTests(${constant}, [
${table}])
`
}
