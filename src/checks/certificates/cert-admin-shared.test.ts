import { checkTests } from '../../../test/kit/check-tests.js'
import { certAdminShared } from './cert-admin-shared.js'
import { CERTIFICATES } from './example-certificates.js'
import { kubeconfigOf } from './example-hosts.js'

const withConf = (certificate: string) => ({
  files: { '/etc/kubernetes/admin.conf': kubeconfigOf(certificate) },
})

checkTests(certAdminShared, [
  {
    name: 'admin.conf copied to a second host',
    kind: 'failing',
    given: { hosts: { a: withConf(CERTIFICATES.admin), b: withConf(CERTIFICATES.admin) } },
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'a /etc/kubernetes/admin.conf#client-1',
        message: 'the key of kubernetes-admin is on a, b',
        fix: 'advice',
      },
    ],
  },
  {
    name: 'each host its own',
    kind: 'passing',
    given: { hosts: { a: withConf(CERTIFICATES.admin), b: withConf(CERTIFICATES.superAdmin) } },
    expect: [],
  },
  {
    name: 'twice on one host',
    kind: 'odd',
    given: {
      hosts: {
        a: {
          files: {
            '/etc/kubernetes/admin.conf': kubeconfigOf(CERTIFICATES.admin),
            '/root/.kube/config': kubeconfigOf(CERTIFICATES.admin),
          },
        },
        b: {},
      },
    },
    expect: [],
  },
  {
    name: 'a certificate without administrators',
    kind: 'odd',
    given: { hosts: { a: withConf(CERTIFICATES.person), b: withConf(CERTIFICATES.person) } },
    expect: [],
  },
  {
    name: 'one host alone',
    kind: 'unknown',
    given: { hosts: { a: {} } },
    expect: [{ result: 'notApplicable' }],
  },
])
