import { endpointOf } from '../../docker/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { dockerDocs } from '../references.js'
import { clientWith } from './example-client.js'
import { isTcp } from './tcp-endpoint.js'

export const clientTlsUnverified = defineCheck({
  id: 'client-tls-unverified',
  title: 'Docker encrypts, and does not look who answers',
  severity: 'high',
  because:
    'whoever stands between takes the place of the daemon: they read secrets and give images of their own; low while nothing uses it',
  reach: 'unauthenticated',
  appliesTo: 'docker-client',
  why: '`DOCKER_TLS` (and `--tls`) alone encrypts without verifying the server: any certificate is taken. Only `DOCKER_TLS_VERIFY` (and `--tlsverify`) looks at it. On the daemon it is the other way round.',
  references: [
    dockerDocs('engine/security/protect-access/'),
    'https://github.com/docker/cli/blob/v28.3.3/cli/flags/options.go',
  ],
  evaluate({ client }, report) {
    const tls = client.variable('DOCKER_TLS')
    const verify = client.variable('DOCKER_TLS_VERIFY')
    const endpoint = endpointOf(client)
    if (!tls.known) {
      if (client.isOwn(tls.origin ?? NOWHERE) && !(verify.known && verify.value !== '')) report.unknown(tls)
    } else if (tls.value !== '' && client.isOwn(tls.origin)) {
      if (!verify.known) report.unknown(verify)
      else if (verify.value === '') {
        const used = endpoint.known && endpoint.value.kind === 'variable' && isTcp(endpoint.value.host)
        report.fail(
          { origin: tls.origin, message: '`DOCKER_TLS` is set, and `DOCKER_TLS_VERIFY` is not' },
          {
            ...(used
              ? {}
              : { severity: 'low' as const, because: 'no `DOCKER_HOST` over TCP was seen to go with it' }),
            message: `docker of ${client.user} takes any certificate for its daemon`,
            fix: advice(
              'Set `DOCKER_TLS_VERIFY=1` in place of `DOCKER_TLS`, with `ca.pem` of the daemon in `DOCKER_CERT_PATH` (or ~/.docker).',
              { breaks: 'daemons whose certificate does not name the address that is used' },
            ),
          },
        )
      }
    }
    for (const each of client.contexts) {
      if (!each.skipVerify || each.endpoint === undefined || !isTcp(each.endpoint)) continue
      report.fail(
        { origin: each.origin, message: `\`SkipTLSVerify\` of context \`${each.name}\` is true` },
        {
          message: `context \`${each.name}\` of ${client.user} takes any certificate for \`${each.endpoint}\``,
          fix: advice(
            `\`docker context update ${each.name} --docker host=${each.endpoint},ca=...,cert=...,key=...\` without \`skip-tls-verify\`.`,
            { breaks: 'the context, where the certificate does not name that address' },
          ),
        },
      )
    }
  },
  examples: {
    bad: clientWith({ '.profile': 'export DOCKER_HOST=tcp://10.0.0.5:2376\nexport DOCKER_TLS=1\n' }),
    good: clientWith({ '.profile': 'export DOCKER_HOST=tcp://10.0.0.5:2376\nexport DOCKER_TLS_VERIFY=1\n' }),
  },
})

const NOWHERE = { kind: 'default', component: 'docker', detail: '' } as const
