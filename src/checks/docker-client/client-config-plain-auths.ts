import { asObject, asString, field, type JsonValue } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { dockerDocs } from '../references.js'
import { clientWith } from './example-client.js'

export const clientConfigPlainAuths = defineCheck({
  id: 'client-config-plain-auths',
  title: 'Passwords for registries stand in a file, only encoded',
  severity: 'medium',
  because: 'it goes with every copy of the home folder; who reads it fetches, and often pushes, images',
  reach: 'host',
  appliesTo: 'docker-client',
  why: 'Without a credential helper `docker login` writes the password into config.json as base64. Backups, images that are built in the home folder, and every program of the user read it.',
  references: [dockerDocs('reference/cli/docker/login/#credential-stores')],
  evaluate({ client }, report) {
    const { config } = client
    if (config === undefined) return
    if (!config.known) return report.unknown(config)
    const { origin } = config
    const store = asString(config.value['credsStore']) ?? ''
    const helpers = asObject(config.value['credHelpers'])
    for (const [registry, entry] of Object.entries(asObject(config.value['auths']))) {
      const key = keptIn(entry)
      if (key === undefined) continue
      const helped = store !== '' || Object.hasOwn(helpers, registry)
      report.fail(
        {
          origin: origin.kind === 'file' ? { ...origin, path: ['auths', registry, key] } : origin,
          key: `auths ${registry}`,
          message: `\`${key}\` for \`${registry}\` stands in the file`,
        },
        {
          ...(helped
            ? { because: 'a credential helper is set now, and the password of before is still there' }
            : {}),
          message: `config.json of ${client.user} holds the password for \`${registry}\``,
          fix: advice(
            helped
              ? `\`docker logout ${registry}\` and \`docker login ${registry}\`: the helper that is set takes the new password. Replace the old one.`
              : `Set \`"credsStore"\` to a helper of this host (\`secretservice\`, \`pass\`), then \`docker logout ${registry}\` and \`docker login ${registry}\`, with a token of few rights in place of the password.`,
            { breaks: 'scripts that read the password from the file; helpers that need a desktop session' },
          ),
        },
      )
    }
  },
  examples: {
    bad: clientWith({
      '.docker/config.json': '{ "auths": { "registry.example": { "auth": "YWxpY2U6ZXhhbXBsZQ==" } } }',
    }),
    good: clientWith({
      '.docker/config.json': '{ "auths": { "registry.example": {} }, "credsStore": "pass" }',
    }),
  },
})

/** Source: docker/cli v28.3.3 cli/config/types/authconfig.go. An entry that is empty says only that a helper has it. */
function keptIn(entry: JsonValue | undefined): string | undefined {
  return ['auth', 'password', 'identitytoken', 'registrytoken'].find(
    (key) => (asString(field(entry, key)) ?? '') !== '',
  )
}
