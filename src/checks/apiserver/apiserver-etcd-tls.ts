import { unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { judgeFlag, flagEvidence } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'
import { etcdServersOf, isSocket } from './etcd-servers.js'

export const apiserverEtcdTls = defineCheck({
  id: 'apiserver-etcd-tls',
  title: 'The API server speaks to etcd without a certificate',
  severity: 'high',
  because:
    'etcd holds every Secret and every right; then it has to take whoever reaches it, or the connection can be read',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'What the API server writes to etcd is the whole cluster. Over plain HTTP it can be read and changed on the way, and without a client certificate etcd cannot tell the API server from anybody else.',
  references: [
    cis('1.2.23'),
    kubernetesDocs('tasks/administer-cluster/configure-upgrade-etcd/#securing-etcd-clusters'),
  ],
  evaluate(apiserver, report) {
    const servers = etcdServersOf(apiserver)
    if (!servers.known) return report.unknown(servers)
    if (servers.value.length === 0) {
      return report.unknown(unknown('no-source', '`--etcd-servers` is not given', servers.origin))
    }
    const remote = servers.value.filter(({ url }) => !isSocket(url))
    if (remote.length === 0)
      return report.notApplicable('etcd, or what stands for it, is reached through a local socket')
    for (const { url, flag, origin } of remote.filter(({ url: each }) => /^http:/i.test(each))) {
      report.fail(flagEvidence(apiserver, flag, origin), {
        message: `\`${url}\` is asked over plain HTTP`,
        fix: FIX,
      })
    }
    if (!remote.some(({ url }) => /^https:/i.test(url))) return
    for (const name of ['etcd-certfile', 'etcd-keyfile']) {
      judgeFlag(apiserver, report, name, apiserver.string(name), (path) =>
        path === '' ? { message: `\`--${name}\` is not given`, fix: FIX } : undefined,
      )
    }
  },
  examples: {
    bad: apiserverWith(['--etcd-servers=http://127.0.0.1:2379']),
    good: apiserverWith([
      '--etcd-servers=https://127.0.0.1:2379',
      '--etcd-certfile=/etc/kubernetes/pki/apiserver-etcd-client.crt',
      '--etcd-keyfile=/etc/kubernetes/pki/apiserver-etcd-client.key',
    ]),
  },
})

const FIX = advice(
  'Let etcd serve TLS and ask for client certificates, issue one for the API server, and give `--etcd-servers` with https, `--etcd-certfile`, `--etcd-keyfile` and `--etcd-cafile` together.',
  { breaks: 'the API server, while etcd and it do not agree: change etcd first, one member after another' },
)
