import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverKubeletClientCert = defineCheck({
  id: 'apiserver-kubelet-client-cert',
  title: 'The API server has no credential for the kubelets',
  severity: 'high',
  because: 'kubelets then have to answer without a credential, or logs and exec do not work',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'The API server asks kubelets for logs, exec and port-forward. Without a client certificate those requests are anonymous, and a kubelet that serves them serves everybody who reaches its port.',
  references: [cis('1.2.4'), kubernetesDocs('reference/access-authn-authz/kubelet-authn-authz/')],
  evaluate(apiserver, report) {
    for (const name of ['kubelet-client-certificate', 'kubelet-client-key']) {
      judgeFlag(apiserver, report, name, apiserver.string(name), (path) =>
        path === ''
          ? {
              message: `\`--${name}\` is not given`,
              fix: advice(
                'Issue a client certificate that the kubelets trust (kubeadm: apiserver-kubelet-client.crt, in a group that RBAC lets reach nodes/proxy), and give both `--kubelet-client-certificate` and `--kubelet-client-key`.',
                {
                  needs:
                    'the identity of the certificate may use nodes/proxy, nodes/log, nodes/metrics and nodes/stats',
                },
              ),
            }
          : undefined,
      )
    }
  },
  examples: {
    bad: apiserverWith(['--kubelet-client-certificate=/etc/kubernetes/pki/apiserver-kubelet-client.crt']),
    good: apiserverWith([
      '--kubelet-client-certificate=/etc/kubernetes/pki/apiserver-kubelet-client.crt',
      '--kubelet-client-key=/etc/kubernetes/pki/apiserver-kubelet-client.key',
    ]),
  },
})
