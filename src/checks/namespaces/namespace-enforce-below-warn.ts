import { POD_SECURITY_PREFIX, readPodSecurityLabels, strictness } from '../../kube/index.js'
import { unknown, valueAt } from '../../model/index.js'
import { podSecurityDefaults } from '../../effective/index.js'
import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { namespaceWith } from './example-namespace.js'
import { enforceLevel } from './pod-security-fix.js'

const ENFORCE = `${POD_SECURITY_PREFIX}enforce`
const WARN = `${POD_SECURITY_PREFIX}warn`

export const namespaceEnforceBelowWarn = defineCheck({
  id: 'namespace-enforce-below-warn',
  title: 'A namespace warns of a stricter Pod Security level than it enforces',
  severity: 'info',
  because: 'warnings are the way to a stricter level; here is where it stops',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Namespace'],
  why: 'Warnings go to whoever runs kubectl and refuse nothing. They are made for the time before a level is enforced; where nothing breaks it any more, it can be.',
  references: [kubernetesDocs('tasks/configure-pod-container/enforce-standards-namespace-labels/')],
  evaluate({ object, estate, index }, report) {
    const labels = valueAt(object.content, ['metadata', 'labels'])
    const origin = { kind: 'object', object, path: ['metadata', 'labels', WARN] } as const
    for (const label of [ENFORCE, WARN]) {
      const value = valueAt(labels, [label])
      if (value !== undefined && value !== null && typeof value !== 'string') {
        return report.unknown(unknown('unparsable', `label ${label} is not a text`, origin))
      }
    }
    const explicit = valueAt(labels, [WARN])
    const { enforce, warn } = readPodSecurityLabels(labels, podSecurityDefaults(estate).policies)
    // Without a level to enforce there is a graver finding about the same namespace.
    if (explicit === undefined || enforce.level === 'privileged') return
    if (strictness(warn.level) <= strictness(enforce.level)) return
    report.fail(
      { origin, message: `${WARN} is ${warn.level}, ${ENFORCE} is ${enforce.level}` },
      {
        message: `it warns of ${warn.level} and enforces ${enforce.level}`,
        fix: enforceLevel(object, index, warn.level),
      },
    )
  },
  examples: {
    bad: { manifests: namespaceWith({ [ENFORCE]: 'baseline', [WARN]: 'restricted' }) },
    good: { manifests: namespaceWith({ [ENFORCE]: 'restricted', [WARN]: 'restricted' }) },
  },
})
