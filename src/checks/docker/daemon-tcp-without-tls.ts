import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'
import { closeSocket, exposureOf, socketEvidence, tcpSockets } from './tcp-exposure.js'

export const daemonTcpWithoutTls = defineCheck({
  id: 'daemon-tcp-without-tls',
  title: 'The Docker API is open on a TCP port without TLS',
  severity: 'critical',
  because: 'whoever reaches the port starts a privileged container and is root on the host',
  reach: 'unauthenticated',
  appliesTo: 'dockerd',
  why: 'The API of dockerd knows no users. On a plain TCP port it asks nobody who they are, and scanners look for port 2375 all the time; pages in a browser can reach a loopback port, too.',
  references: [
    dockerDocs('engine/security/protect-access/'),
    dockerDocs('reference/cli/dockerd/'),
    cisDocker('2.7'),
  ],
  evaluate(docker, report) {
    for (const socket of tcpSockets(docker)) {
      const tls = docker.boolean('tls')
      if (!tls.known) report.unknown(tls)
      else if (!tls.value) {
        report.fail(socketEvidence(socket), {
          ...exposureOf(socket.scope),
          message: `everyone who reaches \`${socket.shown}\` controls this host`,
          fix: closeSocket(docker, socket),
        })
      }
    }
    if (docker.listeners.unseen !== undefined) report.unknown(docker.listeners.unseen)
  },
  examples: {
    bad: dockerdWith(`{ "hosts": ["unix:///var/run/docker.sock", "tcp://0.0.0.0:2375"] }`),
    good: dockerdWith(''),
  },
})
