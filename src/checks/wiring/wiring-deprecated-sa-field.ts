import { unknown } from '../../model/index.js'
import { deploymentWith } from './example-wiring.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'

export const wiringDeprecatedSaField = defineCheck({
  id: 'wiring-deprecated-sa-field',
  title: 'A workload names its account in a field that is deprecated',
  severity: 'info',
  because: 'it works, and tools that read the newer field miss it',
  reach: 'user',
  appliesTo: 'workload',
  byDefault: 'manifests',
  why: '`serviceAccount` is another name for `serviceAccountName` that is kept for old manifests. Policies and people look at the newer one.',
  references: ['https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/'],
  evaluate({ object, template }, report) {
    const { serviceAccount, serviceAccountName } = template.spec
    const path = [...template.specPath, 'serviceAccount']
    // The API server fills in both: only where the newer one is absent was the old one written.
    if (
      serviceAccount === undefined ||
      serviceAccount === null ||
      serviceAccount === '' ||
      serviceAccountName !== undefined
    )
      return
    if (typeof serviceAccount !== 'string') {
      return report.unknown(
        unknown('unparsable', '`serviceAccount` is no text', { kind: 'object', object, path }),
      )
    }
    report.fail(fieldEvidence(object, path, '`serviceAccount` is deprecated', 'serviceAccount'), {
      message: `\`serviceAccount: ${serviceAccount}\` is the deprecated name of \`serviceAccountName\``,
      fix: advice('Write `serviceAccountName` instead.', { breaks: 'nothing' }),
    })
  },
  examples: {
    bad: { manifests: deploymentWith('', 'serviceAccount: web') },
    good: { manifests: deploymentWith('', 'serviceAccountName: web') },
  },
})
