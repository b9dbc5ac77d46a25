import { isLevel, POD_SECURITY_PREFIX } from '../../kube/index.js'
import { field, unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { namespaceWith } from './example-namespace.js'

const LEVEL = `${POD_SECURITY_PREFIX}enforce`
const VERSION = `${POD_SECURITY_PREFIX}enforce-version`

export const namespacePodSecurityLatest = defineCheck({
  id: 'namespace-pod-security-latest',
  title: 'A namespace enforces Pod Security of whatever version the cluster has',
  severity: 'info',
  because: 'it is no weaker; an upgrade may refuse pods that ran the day before',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Namespace'],
  why: 'New versions add controls (1.34 refuses probes of other hosts). With a version in the label the level changes when you change it, not when the control plane is upgraded.',
  references: [kubernetesDocs('tasks/configure-pod-container/enforce-standards-namespace-labels/')],
  evaluate({ object }, report) {
    const labels = valueAt(object.content, ['metadata', 'labels'])
    const level = field(labels, LEVEL)
    // A level that is none is told by another check.
    if (!isLevel(level) || level === 'privileged') return
    const version = field(labels, VERSION)
    if (version !== undefined && version !== 'latest') {
      if (typeof version === 'string') return
      const origin = { kind: 'object', object, path: ['metadata', 'labels', VERSION] } as const
      return report.unknown(unknown('unparsable', `label ${VERSION} is not a text`, origin))
    }
    const path = ['metadata', 'labels', version === undefined ? LEVEL : VERSION]
    report.fail(
      {
        origin: { kind: 'object', object, path },
        key: VERSION,
        message: version === undefined ? `no label ${VERSION}` : `${VERSION} is latest`,
      },
      {
        message: `it enforces ${level} of the newest version that the cluster knows`,
        fix: advice(
          `Label the namespace with ${VERSION}=v1.NN, NN being the minor version of the cluster, and raise it after each upgrade.`,
        ),
      },
    )
  },
  examples: {
    bad: { manifests: namespaceWith({ [LEVEL]: 'restricted' }) },
    good: { manifests: namespaceWith({ [LEVEL]: 'restricted', [VERSION]: 'v1.36' }) },
  },
})
