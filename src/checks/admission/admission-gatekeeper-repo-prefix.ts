import { unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { objectOf } from './example-webhook.js'

export const admissionGatekeeperRepoPrefix = defineCheck({
  id: 'admission-gatekeeper-repo-prefix',
  title: 'A Gatekeeper constraint allows more registries than it names',
  severity: 'medium',
  because: 'the names are beginnings: whoever can register a name that begins so can serve images',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['K8sAllowedRepos.constraints.gatekeeper.sh'],
  why: 'The template compares the image with the beginning of each entry. `registry.example.com` also allows `registry.example.com.attacker.net/x`, and `docker.io/acme` allows `docker.io/acme-evil/x`.',
  references: ['https://open-policy-agent.github.io/gatekeeper-library/website/validation/allowedrepos'],
  evaluate({ object }, report) {
    const path = ['spec', 'parameters', 'repos']
    const given = valueAt(object.content, path)
    if (given === undefined || given === null) return
    if (!Array.isArray(given)) {
      return report.unknown(unknown('unparsable', '`repos` is not a list', { kind: 'object', object, path }))
    }
    for (const [at, repository] of given.entries()) {
      // With a tag or a digest an entry is one image.
      if (
        typeof repository !== 'string' ||
        repository === '' ||
        /\/$|@sha256:|:[\w][\w.-]*$/.test(withoutPort(repository))
      )
        continue
      report.fail(
        {
          origin: { kind: 'object', object, path: [...path, at] },
          key: `repos ${repository}`,
          message: `\`${repository}\` has no / at its end`,
        },
        {
          message: `\`${repository}\` allows every image whose name begins so`,
          fix: isHost(repository)
            ? {
                text: `Write \`${repository}/\`.`,
                edits:
                  object.source === 'manifest'
                    ? [
                        {
                          file: object.slice.file,
                          object: object.ref,
                          op: 'set',
                          path: [...path, at],
                          value: `${repository}/`,
                        },
                      ]
                    : [],
                commands: [],
                risk: 'none',
                needs: [],
                breaks: 'images of other registries whose names begin alike',
              }
            : advice(
                `Write \`${repository}/\` for the images below it; for one image add its tag or digest.`,
                {
                  breaks: 'images whose names only begin alike',
                },
              ),
        },
      )
    }
  },
  examples: {
    bad: { manifests: constraint(['registry.example.com']) },
    good: { manifests: constraint(['registry.example.com/']) },
  },
})

function constraint(repos: string[]): string {
  return objectOf('constraints.gatekeeper.sh/v1beta1', 'K8sAllowedRepos', 'repos', {
    spec: { parameters: { repos } },
  })
}

/** `host:5000` ends in a port, not in a tag. */
function withoutPort(repository: string): string {
  return repository.includes('/') ? repository : repository.replace(/:\d+$/, '')
}

function isHost(repository: string): boolean {
  return !repository.includes('/') && /[.:]/.test(repository)
}
