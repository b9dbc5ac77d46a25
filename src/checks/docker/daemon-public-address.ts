import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'
import { unknown } from '../../model/index.js'
import { socketEvidence, tcpSockets } from './tcp-exposure.js'

export const daemonPublicAddress = defineCheck({
  id: 'daemon-public-address',
  title: 'The Docker API listens on a public address or on all addresses',
  severity: 'critical',
  because:
    'high where clients are verified: then one leaked key or one flaw of TLS is all that is between the network and root',
  reach: 'unauthenticated',
  appliesTo: 'dockerd',
  why: 'A control port belongs on an address of the management network. On every address it is also on those that are added later.',
  references: [dockerDocs('engine/security/protect-access/'), dockerDocs('reference/cli/dockerd/')],
  evaluate(docker, report) {
    const verify = docker.boolean('tlsverify')
    const tls = docker.boolean('tls')
    for (const socket of tcpSockets(docker)) {
      if (socket.scope === 'name') {
        const detail = `which address \`${socket.shown}\` is only the host's own name service knows`
        report.unknown(unknown('no-source', detail, socket.listener.origin))
      }
      if (socket.scope !== 'public' && socket.scope !== 'all') continue
      const isVerified = tls.known && tls.value && verify.known && verify.value
      if (!tls.known) report.unknown(tls)
      const where = socket.scope === 'all' ? 'every address of the host' : 'a public address'
      const fix = advice(
        'Bind the API to an address of the management network or to the local socket alone, and let remote clients use SSH.',
        { breaks: 'clients that use the address' },
      )
      const message = `\`${socket.shown}\` is open on ${where}`
      const severity = isVerified
        ? ({ severity: 'high', because: 'clients need a certificate' } as const)
        : { because: 'nothing asks clients who they are' }
      if (tls.known) report.fail(socketEvidence(socket), { message, fix, ...severity })
    }
    if (docker.listeners.unseen !== undefined) report.unknown(docker.listeners.unseen)
  },
  examples: {
    bad: dockerdWith('', '-H fd:// -H tcp://203.0.113.7:2375'),
    good: dockerdWith(''),
  },
})
