import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { controllerManagerWith } from './example-controller-manager.js'
import { judgeFlag } from '../judge-flag.js'
import { withPrecondition } from '../precondition.js'

/** kubeadm's place for the cluster CA; elsewhere somebody who knows it has to name the file. */
const KUBEADM_CA = '/etc/kubernetes/pki/ca.crt'

export const controllerManagerRootCa = defineCheck({
  id: 'controller-manager-root-ca',
  title: 'Pods are not given the CA of the API server',
  severity: 'medium',
  because: 'a client in a pod that cannot check the API server sends its token to whoever answers',
  reach: 'pod',
  appliesTo: 'controller-manager',
  why: 'The CA of --root-ca-file is published to every namespace (kube-root-ca.crt) and put into pods and token Secrets, so that clients verify the API server.',
  references: [
    cis('1.3.5'),
    kubernetesDocs('reference/command-line-tools-reference/kube-controller-manager/'),
  ],
  evaluate(manager, report) {
    judgeFlag(manager, report, 'root-ca-file', manager.string('root-ca-file'), (value) =>
      value === ''
        ? {
            message: 'no CA is published to pods',
            fix: withPrecondition(
              manager.change('root-ca-file', KUBEADM_CA),
              `${KUBEADM_CA} is the CA of the API server, and the controller manager can read it`,
              manager.machine?.files.has(KUBEADM_CA) === true && manager.distribution === 'kubeadm'
                ? true
                : 'unknown',
            ),
          }
        : undefined,
    )
  },
  examples: {
    bad: controllerManagerWith(['--v=2']),
    good: controllerManagerWith(['--root-ca-file=/etc/kubernetes/pki/ca.crt']),
  },
})
