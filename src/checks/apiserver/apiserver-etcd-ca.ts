import { unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'
import { etcdServersOf, isSocket } from './etcd-servers.js'

export const apiserverEtcdCa = defineCheck({
  id: 'apiserver-etcd-ca',
  title: 'The API server does not check who etcd is',
  severity: 'high',
  because:
    'whoever answers in its place hands out a cluster of their own making; it needs a place on the path',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'Without an authority of its own the API server believes any certificate that a public authority signed for that name. Who redirects the connection then is the database: every Secret is sent to them, every right comes from them.',
  references: [
    cis('1.2.26'),
    kubernetesDocs('tasks/administer-cluster/configure-upgrade-etcd/#securing-etcd-clusters'),
  ],
  evaluate(apiserver, report) {
    const servers = etcdServersOf(apiserver)
    if (!servers.known) return report.unknown(servers)
    if (servers.value.length === 0) {
      return report.unknown(unknown('no-source', '`--etcd-servers` is not given', servers.origin))
    }
    if (servers.value.every(({ url }) => isSocket(url))) {
      return report.notApplicable('etcd, or what stands for it, is reached through a local socket')
    }
    judgeFlag(apiserver, report, 'etcd-cafile', apiserver.string('etcd-cafile'), (path) =>
      path === ''
        ? {
            message: '`--etcd-cafile` is not given',
            fix: advice(
              'Give the authority that signed the serving certificates of etcd with `--etcd-cafile` (kubeadm: /etc/kubernetes/pki/etcd/ca.crt).',
              {
                breaks:
                  'the API server, if the certificates of etcd are of another authority: compare them first',
              },
            ),
          }
        : undefined,
    )
  },
  examples: {
    bad: apiserverWith(['--etcd-servers=https://127.0.0.1:2379']),
    good: apiserverWith([
      '--etcd-servers=https://127.0.0.1:2379',
      '--etcd-cafile=/etc/kubernetes/pki/etcd/ca.crt',
    ]),
  },
})
