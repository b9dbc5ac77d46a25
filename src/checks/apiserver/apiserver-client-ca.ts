import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverClientCa = defineCheck({
  id: 'apiserver-client-ca',
  title: 'The API server takes no client certificates',
  severity: 'high',
  because: 'nodes and administrators have to sign in by something weaker, or not at all',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'Kubelets, the control plane and the last way in of an administrator are client certificates. Without an authority for them tokens in files, or nothing, take their place.',
  references: [
    cis('1.2.25'),
    kubernetesDocs('reference/access-authn-authz/authentication/#x509-client-certificates'),
  ],
  evaluate(apiserver, report) {
    judgeFlag(apiserver, report, 'client-ca-file', apiserver.string('client-ca-file'), (path) =>
      path === ''
        ? {
            message: '`--client-ca-file` is not given',
            fix: advice(
              'Give the authority that signs certificates of nodes and users with `--client-ca-file` (kubeadm: /etc/kubernetes/pki/ca.crt).',
            ),
          }
        : undefined,
    )
  },
  examples: {
    bad: apiserverWith(['--authorization-mode=Node,RBAC']),
    good: apiserverWith(['--client-ca-file=/etc/kubernetes/pki/ca.crt']),
  },
})
