import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'
import { settingEvidence } from '../judge-setting.js'
import { exposureOf, socketEvidence, tcpSockets } from './tcp-exposure.js'

export const daemonVerifyWithoutCa = defineCheck({
  id: 'daemon-verify-without-ca',
  title: 'Client certificates are checked against every public certificate authority',
  severity: 'critical',
  because: 'a certificate that anyone can get from a public authority opens the API',
  reach: 'unauthenticated',
  appliesTo: 'dockerd',
  why: 'Without a CA file dockerd has no list of its own, and Go then trusts the roots of the system: any publicly issued client certificate is let in. `--tlscacert` beside `"tls": true` in daemon.json is ignored, because file flags count only when a flag turns TLS on.',
  references: [dockerDocs('engine/security/protect-access/'), dockerDocs('reference/cli/dockerd/')],
  evaluate(docker, report) {
    const tls = docker.boolean('tls')
    const verify = docker.boolean('tlsverify')
    const ca = docker.string('tlscacert')
    for (const fact of [tls, verify, ca]) if (!fact.known) return report.unknown(fact)
    if (!tls.known || !verify.known || !ca.known || !tls.value || !verify.value || ca.value !== '') return
    const sockets = tcpSockets(docker)
    const widest = sockets.find(({ scope }) => scope !== 'loopback') ?? sockets[0]
    const message = '`tlsverify` is on without a CA file: certificates of all public authorities pass'
    const ignored = docker.config.settings.find(({ setting }) => setting === 'tlscacert')?.overridden[0]
    const text =
      ignored === undefined
        ? 'Set `tlscacert` to the CA that signs your client certificates, beside `tlscert` and `tlskey`; then restart docker.'
        : 'Move `tlscacert` from the command line to daemon.json, beside `tls`: as a flag it is ignored there; then restart docker.'
    const exposure =
      widest === undefined
        ? { severity: 'medium' as const, because: 'no TCP socket was seen', reach: 'host' as const }
        : widest.scope === 'loopback'
          ? exposureOf(widest.scope)
          : {}
    const evidence = [
      settingEvidence(docker, 'tlscacert', tls.origin),
      ...(widest === undefined ? [] : [socketEvidence(widest)]),
    ]
    report.fail(evidence, { ...exposure, message, fix: advice(text) })
  },
  examples: {
    bad: dockerdWith(
      `{ "hosts": ["tcp://0.0.0.0:2376"], "tlsverify": true, "tlscert": "/etc/docker/cert.pem", "tlskey": "/etc/docker/key.pem" }`,
    ),
    good: dockerdWith(
      `{ "hosts": ["tcp://10.0.0.5:2376"], "tlsverify": true, "tlscacert": "/etc/docker/ca.pem", "tlscert": "/etc/docker/cert.pem", "tlskey": "/etc/docker/key.pem" }`,
    ),
  },
})
