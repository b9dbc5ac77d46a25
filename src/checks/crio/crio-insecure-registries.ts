import { unknown } from '../../model/index.js'
import { insecureRegistries } from '../../runtimes/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { crioWith } from './example-crio.js'

export const crioInsecureRegistries = defineCheck({
  id: 'crio-insecure-registries',
  title: 'The node fetches images from a registry that it does not verify',
  severity: 'high',
  because: 'whoever stands between gives the node images of their own; low on a loopback address',
  reach: 'unauthenticated',
  appliesTo: 'crio',
  why: 'With `insecure` neither the certificate is checked nor TLS asked for: what anybody on the way answers runs, and the password for the registry is theirs.',
  references: ['https://github.com/containers/image/blob/main/docs/containers-registries.conf.5.md'],
  evaluate({ crio }, report) {
    const { found, gaps, seen } = insecureRegistries(crio.host)
    for (const gap of gaps) report.unknown(gap)
    if (!seen) {
      report.unknown(
        unknown('no-source', `\`/etc/containers/registries.conf\` of ${crio.host.name} was not read`),
      )
    }
    for (const { location, origin } of found) {
      const loopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?(?:\/|$)/.test(location)
      report.fail(
        { origin, message: `\`${location}\` is \`insecure\`` },
        {
          ...(loopback
            ? {
                severity: 'low' as const,
                because: 'it is a loopback address: only this host can answer',
                reach: 'host' as const,
              }
            : {}),
          message: `images come from \`${location}\` without verifying it`,
          fix: advice(
            `Take out \`insecure\` for \`${location}\`${origin.kind === 'file' ? ` (${origin.file}:${origin.line ?? 1})` : ''}, and put the authority of its certificate into /etc/containers/certs.d/${location.split('/', 1)[0] ?? ''}/ca.crt; then \`systemctl restart crio\`.`,
            { breaks: 'images of that registry until its certificate is right' },
          ),
        },
      )
    }
  },
  examples: {
    bad: crioWith('', {
      '/etc/containers/registries.conf': '[[registry]]\nlocation = "registry.example"\ninsecure = true\n',
    }),
    good: crioWith('', { '/etc/containers/registries.conf': 'unqualified-search-registries = []\n' }),
  },
})
