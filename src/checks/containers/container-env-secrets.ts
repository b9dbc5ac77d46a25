import { asStrings, unknown } from '../../model/index.js'
import { REDACTED_TOKEN } from '../../docker/index.js'
import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { judgeContainer } from './judge-container.js'
import { remake } from './remake.js'

/** Names of variables that hold a secret itself; `..._FILE` and the like name where one is. */
const SECRET_NAME =
  /(?:^|_)(?:PASS|PASSWORD|PASSWD|PASSPHRASE|PWD|SECRET|TOKEN|APIKEY|API_KEY|ACCESS_KEY|SECRET_KEY|PRIVATE_KEY|ENCRYPTION_KEY|CREDENTIALS?)(?:_\d+)?$/i

/** The shell's own: the folder it is in. */
const NOT_SECRET = /^(?:PWD|OLDPWD)$/

export const containerEnvSecrets = defineCheck({
  id: 'container-env-secrets',
  title: 'A secret stands in the environment of a container',
  severity: 'medium',
  because:
    'everybody who may ask the daemon reads it, it is inherited by every process, and it gets into logs and dumps',
  reach: 'host',
  appliesTo: 'container',
  why: 'Values of variables are shown by `docker inspect`, kept in a file of the daemon, and printed by programs that fail. A file that is mounted for one program is none of that.',
  references: [cisDocker('4.10'), dockerDocs('compose/how-tos/use-secrets/')],
  evaluate(subject, report) {
    const { container } = subject
    if (
      container.managedBy === undefined &&
      container.at(['Config']) !== undefined &&
      container.at(['Config', 'Env']) === undefined
    ) {
      return report.unknown(
        unknown(
          'no-source',
          `the variables of container \`${container.name}\` were not seen`,
          container.origin([]),
        ),
      )
    }
    judgeContainer(subject, report, ['Config', 'Env'], (value) =>
      asStrings(value).flatMap((variable, index) => {
        const equals = variable.indexOf('=')
        const name = variable.slice(0, Math.max(equals, 0))
        const hidden = variable.slice(equals + 1)
        // Plain settings, paths among them, were kept when the container was read: what is hidden is none.
        const secret =
          hidden === REDACTED_TOKEN ||
          (hidden === '[redacted]' && SECRET_NAME.test(name) && !NOT_SECRET.test(name))
        if (!secret) return []
        return {
          severity: 'medium' as const,
          at: ['Config', 'Env', index],
          key: `Config.Env ${name}`,
          seen:
            hidden === REDACTED_TOKEN
              ? `\`${name}\` has the form of a token or key`
              : `\`${name}\` is named like a secret and has a value`,
          message: `variable \`${name}\` of container \`${container.name}\` holds a secret`,
          fix: remake(subject, {
            run: `with the secret in a file that is mounted read-only (many images read \`${name}_FILE\`), in place of \`-e ${name}\``,
            compose: `move \`${name}\` to \`secrets\`, which gives a file under /run/secrets; then replace the secret, since the old one was readable`,
            breaks: 'programs that read the variable alone',
          }),
        }
      }),
    )
  },
  examples: {
    bad: containerWith({ Config: { Env: ['DB_PASSWORD=correct-horse'] } }),
    good: containerWith({ Config: { Env: ['DB_PASSWORD_FILE=/run/secrets/db'] } }),
  },
})
