import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { dockerDocs } from '../references.js'
import { clientWith, context } from './example-client.js'

export const clientContextsWithKeys = defineCheck({
  id: 'client-contexts-with-keys',
  title: 'Contexts keep copies of private keys in clear text',
  severity: 'medium',
  because:
    'each is root on another host; it goes with every copy of the home folder, and with `docker context export`',
  reach: 'host',
  appliesTo: 'docker-client',
  why: '`docker context create` copies certificate and key into ~/.docker/contexts/tls. They are forgotten there when the original is replaced, and backups hold them.',
  references: [dockerDocs('engine/manage-resources/contexts/')],
  evaluate({ client }, report) {
    for (const { name, tls, endpoint } of client.contexts) {
      const key = tls.find(({ path }) => path.endsWith('/key.pem'))
      if (key === undefined) continue
      report.fail(
        {
          origin: { kind: 'file', host: client.host.name, file: key.path },
          message: `context \`${name}\`${endpoint === undefined ? '' : ` (\`${endpoint}\`)`} keeps a private key`,
        },
        {
          message: `context \`${name}\` of ${client.user} keeps a private key in clear text`,
          fix: advice(
            `Reach the host over SSH, with a key that an agent holds (\`docker context update ${name} --docker host=ssh://USER@HOST\`), or give the context a certificate of short life; remove contexts that nobody uses (\`docker context rm ${name}\`).`,
            { breaks: 'scripts that use the context' },
          ),
        },
      )
    }
  },
  examples: {
    bad: clientWith(context('prod', 'tcp://10.0.0.5:2376', { keyMode: 0o600 })),
    good: clientWith(context('prod', 'ssh://ops@10.0.0.5')),
  },
})
