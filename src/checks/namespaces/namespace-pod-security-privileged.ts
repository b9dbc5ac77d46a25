import { POD_SECURITY_PREFIX } from '../../kube/index.js'
import { unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { namespaceWith } from './example-namespace.js'
import { bestLevel, enforceLevel } from './pod-security-fix.js'
import { refusedAt } from './refused-workloads.js'
import { isSystemNamespace } from './system-namespaces.js'

const LABEL = `${POD_SECURITY_PREFIX}enforce`

export const namespacePodSecurityPrivileged = defineCheck({
  id: 'namespace-pod-security-privileged',
  title: 'A namespace is labelled to let privileged pods in',
  severity: 'medium',
  because:
    'whoever may create pods there may take a node; info where a component of the cluster that runs there needs it',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Namespace'],
  why: 'The level privileged refuses nothing. It is meant for namespaces of network and storage agents, into which nobody else may put pods.',
  references: [cis('5.2.2'), kubernetesDocs('concepts/security/pod-security-standards/')],
  evaluate({ object, index }, report) {
    const { name } = object.ref
    if (isSystemNamespace(name)) return
    const path = ['metadata', 'labels', LABEL]
    const level = valueAt(object.content, path)
    const origin = { kind: 'object', object, path } as const
    if (level !== undefined && level !== null && typeof level !== 'string') {
      return report.unknown(unknown('unparsable', `label ${LABEL} is not a text`, origin))
    }
    if (level !== 'privileged') return
    const breaking = refusedAt(index, name, 'baseline')
    const needed = breaking.find(({ component }) => component !== undefined)?.component
    if (needed !== undefined) {
      return report.fail(
        { origin, message: `${needed} runs here and needs it` },
        {
          severity: 'info',
          because: `${needed} does not run under another level`,
          message: `privileged pods are let in, as ${needed} needs it`,
          fix: advice(
            `Leave the label as it is, and let nobody but those who keep ${needed} create pods in ${name}.`,
          ),
        },
      )
    }
    report.fail(
      { origin, message: `${LABEL} is privileged` },
      {
        message:
          breaking.length === 0
            ? `privileged pods are let in, and none of the workloads that were read needs it`
            : `privileged pods are let in: ${breaking.length} workload(s) break baseline`,
        fix: enforceLevel(object, index, bestLevel(index, name)),
      },
    )
  },
  examples: {
    bad: { manifests: namespaceWith({ [LABEL]: 'privileged' }) },
    good: { manifests: namespaceWith({ [LABEL]: 'baseline' }) },
  },
})
