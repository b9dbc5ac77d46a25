import { podSecurityDefaults } from '../../effective/index.js'
import { POD_SECURITY_PREFIX, readPodSecurityLabels } from '../../kube/index.js'
import { field, isObject, unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs, nsa } from '../references.js'
import { namespaceWith } from './example-namespace.js'
import { bestLevel, enforceLevel } from './pod-security-fix.js'
import { listRefused, refusedAt } from './refused-workloads.js'
import { isSystemNamespace } from './system-namespaces.js'

export const namespaceNoPodSecurity = defineCheck({
  id: 'namespace-no-pod-security',
  title: 'A namespace enforces no Pod Security level',
  severity: 'medium',
  because:
    'whoever may create pods there may create privileged ones; high where workloads break baseline already',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Namespace'],
  why: 'Pod Security admission is on in every cluster and refuses nothing until a namespace is labelled. Without it the right to create pods is the right to take the node.',
  references: [
    cis('5.2.1'),
    cis('5.2.2'),
    nsa('pod security'),
    kubernetesDocs('concepts/security/pod-security-admission/'),
  ],
  evaluate({ object, estate, index }, report) {
    const { name } = object.ref
    if (isSystemNamespace(name)) return
    const labels = valueAt(object.content, ['metadata', 'labels'])
    if (labels !== undefined && labels !== null && !isObject(labels)) {
      const origin = { kind: 'object', object, path: ['metadata', 'labels'] } as const
      return report.unknown(unknown('unparsable', '`metadata.labels` is not a mapping', origin))
    }
    // A label that is there, whatever it says, is judged by others.
    if (field(labels, `${POD_SECURITY_PREFIX}enforce`) !== undefined) return
    const defaults = podSecurityDefaults(estate)
    const { enforce } = readPodSecurityLabels(labels, defaults.policies)
    const exempt = defaults.exempt.includes(name)
    if (enforce.level !== 'privileged' && !exempt) return
    const breaking = refusedAt(index, name, 'baseline').filter(({ component }) => component === undefined)
    const bare = exempt
      ? `the API server exempts it (${defaults.file ?? ''})`
      : 'no label says what pods may be'
    report.fail(
      [
        {
          origin: { kind: 'object', object, path: ['metadata', 'labels'] },
          key: `${POD_SECURITY_PREFIX}enforce`,
          message: bare,
        },
      ],
      {
        ...(breaking.length === 0 ? {} : BROKEN),
        message:
          breaking.length === 0
            ? `nothing keeps pods of ${name} from being privileged`
            : `nothing keeps pods of ${name} from being privileged, and these break baseline: ${listRefused(breaking)}`,
        fix: enforceLevel(object, index, bestLevel(index, name)),
      },
    )
  },
  examples: {
    bad: { manifests: namespaceWith({ team: 'web' }) },
    good: { manifests: namespaceWith({ [`${POD_SECURITY_PREFIX}enforce`]: 'restricted' }) },
  },
})

const BROKEN = {
  severity: 'high',
  because: 'workloads there break baseline: some of them may take their node',
} as const
