import { defineCheck } from '../define-check.js'
import { withPrecondition } from '../precondition.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'
import { settingEvidence } from '../judge-setting.js'
import { exposureOf, socketEvidence, tcpSockets } from './tcp-exposure.js'

export const daemonTlsVerifyOff = defineCheck({
  id: 'daemon-tls-verify-off',
  title: 'The Docker API does not ask its clients for a certificate',
  severity: 'critical',
  because:
    'TLS alone hides the traffic and lets everyone in; low where nothing but the default says that clients are verified',
  reach: 'unauthenticated',
  appliesTo: 'dockerd',
  why: 'An explicit `tlsverify: false` turns TLS on and asks no client for a certificate: whoever reaches the port is root. `tls: true` alone verifies clients today, which no reader of the file expects.',
  references: [
    dockerDocs('engine/security/protect-access/'),
    dockerDocs('reference/cli/dockerd/'),
    cisDocker('2.7'),
  ],
  evaluate(docker, report) {
    const verify = docker.boolean('tlsverify')
    const tls = docker.boolean('tls')
    if (!verify.known) return report.unknown(verify)
    if (!tls.known) return report.unknown(tls)
    if (!tls.value) return
    const evidence = settingEvidence(docker, 'tlsverify', verify.origin)
    const isSaid = docker.config.settings.some(
      ({ setting, source }) => setting === 'tlsverify' && source.kind !== 'default',
    )
    if (verify.value && !isSaid) {
      const message =
        '`tls` is on and `tlsverify` is not named: clients are verified only by a rule that is easily missed'
      report.fail(evidence, {
        severity: 'low',
        because: 'clients are verified today',
        reach: 'host',
        message,
        fix: docker.change('tlsverify', true),
      })
    }
    if (verify.value) return
    const sockets = tcpSockets(docker)
    const widest = sockets.find(({ scope }) => scope !== 'loopback') ?? sockets[0]
    if (widest === undefined && docker.listeners.unseen !== undefined)
      return report.unknown(docker.listeners.unseen)
    const fix = withPrecondition(
      docker.change('tlsverify', true),
      'every client has a certificate of the CA in `tlscacert`',
    )
    if (widest === undefined) {
      const because = 'no TCP socket is open now; the next one is open to everyone'
      return report.fail(evidence, {
        severity: 'low',
        because,
        reach: 'host',
        message: 'clients would not be verified',
        fix,
      })
    }
    const message = `\`${widest.shown}\` takes commands from clients without a certificate`
    report.fail([evidence, socketEvidence(widest)], { ...exposureOf(widest.scope), message, fix })
  },
  examples: {
    bad: dockerdWith(
      `{ "hosts": ["tcp://0.0.0.0:2376"], "tlsverify": false, "tlscert": "/etc/docker/cert.pem", "tlskey": "/etc/docker/key.pem" }`,
    ),
    good: dockerdWith(''),
  },
})
