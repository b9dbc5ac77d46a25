import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { controllerManagerWith } from './example-controller-manager.js'
import { judgeFlag } from '../judge-flag.js'

/** Seconds of 365 days, the default. */
const YEAR = 365 * 86400

export const controllerManagerClusterSigningDuration = defineCheck({
  id: 'controller-manager-cluster-signing-duration',
  title: 'Certificates of the cluster are signed for longer than a year',
  severity: 'low',
  because: 'there is no list of revoked certificates: a stolen one is good until it ends',
  reach: 'host',
  appliesTo: 'controller-manager',
  why: 'A client certificate that leaked can only be waited out, or the CA replaced. Kubelets renew theirs by themselves, so that a short life costs nothing.',
  references: [kubernetesDocs('reference/command-line-tools-reference/kube-controller-manager/')],
  evaluate(manager, report) {
    const flag = 'cluster-signing-duration'
    judgeFlag(manager, report, flag, manager.seconds(flag), (seconds) =>
      seconds > YEAR
        ? {
            message: `certificates are signed for ${Math.round(seconds / 86400)} days`,
            fix: manager.change(flag, '8760h'),
          }
        : undefined,
    )
  },
  examples: {
    bad: controllerManagerWith(['--cluster-signing-duration=87600h']),
    good: controllerManagerWith(['--cluster-signing-duration=720h']),
  },
})
