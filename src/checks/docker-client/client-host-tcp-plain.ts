import { endpointOf } from '../../docker/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { dockerDocs } from '../references.js'
import { clientWith, context } from './example-client.js'
import { isLoopback, isTcp } from './tcp-endpoint.js'

export const clientHostTcpPlain = defineCheck({
  id: 'client-host-tcp-plain',
  title: 'Docker is asked over the network in clear text',
  severity: 'high',
  because:
    'the daemon at the other end asks nobody who they are, and whoever stands between changes what is asked; medium on a loopback address',
  reach: 'unauthenticated',
  appliesTo: 'docker-client',
  why: 'A client that reaches a daemon over `tcp://` without TLS shows that this daemon gives root to whoever reaches its port. Images, environment and commands go over the network for all to read.',
  references: [dockerDocs('engine/security/protect-access/'), dockerDocs('reference/cli/docker/')],
  evaluate({ client }, report) {
    const endpoint = endpointOf(client)
    if (!endpoint.known)
      return client.isOwn(endpoint.origin ?? NOWHERE) ? report.unknown(endpoint) : undefined
    const used = endpoint.value
    if (used.kind === 'variable' && client.isOwn(used.origin) && used.tls === 'none' && isTcp(used.host)) {
      const local = isLoopback(used.host)
      report.fail(
        { origin: used.origin, message: `\`DOCKER_HOST\` is \`${used.host}\`, and no variable asks for TLS` },
        {
          ...(local ? LOCAL : {}),
          message: `docker of ${client.user} talks to \`${used.host}\` without TLS`,
          fix: advice(
            'Give the daemon a certificate and ask for one of its clients, or use SSH: `docker context create NAME --docker host=ssh://USER@HOST`, and take `DOCKER_HOST` out. With certificates: `DOCKER_TLS_VERIFY=1`, `DOCKER_CERT_PATH`, and port 2376.',
            { breaks: 'the client, until the daemon speaks TLS' },
          ),
        },
      )
    }
    for (const each of client.contexts) {
      if (each.endpoint === undefined || !isTcp(each.endpoint) || each.skipVerify || each.tls.length > 0)
        continue
      report.fail(
        {
          origin: each.origin,
          message: `context \`${each.name}\` is \`${each.endpoint}\`, and keeps no certificate`,
        },
        {
          ...(isLoopback(each.endpoint) ? LOCAL : {}),
          message: `context \`${each.name}\` of ${client.user} talks to \`${each.endpoint}\` without TLS`,
          fix: advice(
            `Make the context again over SSH (\`docker context update ${each.name} --docker host=ssh://USER@HOST\`) or with certificates (\`--docker host=tcp://HOST:2376,ca=...,cert=...,key=...\`).`,
            { breaks: 'the context, until the daemon speaks TLS' },
          ),
        },
      )
    }
  },
  examples: {
    bad: clientWith({ '.profile': 'export DOCKER_HOST=tcp://10.0.0.5:2375\n' }),
    good: clientWith(context('build', 'ssh://ops@10.0.0.5')),
  },
})

const NOWHERE = { kind: 'default', component: 'docker', detail: '' } as const
const LOCAL = {
  severity: 'medium',
  because: 'the daemon is on this host: every local user and every container on its network is root there',
  reach: 'host',
} as const
