import { defineCheck, type ComponentSubject } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { withPrecondition } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverRequestheader = defineCheck({
  id: 'apiserver-requestheader',
  title: 'Any certificate of an authority may speak for any user',
  severity: 'medium',
  because:
    'whoever has a certificate of that authority is any user, system:masters too; high when the authority also signs client certificates of users and nodes',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'A caller with a certificate of the request header authority names the user in a header and is believed. Without a list of allowed names every certificate that the authority ever signed may do that.',
  references: [kubernetesDocs('tasks/extend-kubernetes/configure-aggregation-layer/')],
  evaluate(apiserver, report) {
    const ca = apiserver.string('requestheader-client-ca-file')
    if (!ca.known) return report.unknown(ca)
    if (ca.value === '') return
    const name = 'requestheader-allowed-names'
    judgeFlag(apiserver, report, name, apiserver.strings(name), (names) => {
      if (names.length > 0) return undefined
      const shared = isClientAuthority(apiserver, ca.value)
      return {
        message: shared
          ? 'every client certificate of the cluster may name any user in a header'
          : `every certificate of \`${ca.value}\` may name any user in a header`,
        ...(shared
          ? {
              severity: 'high' as const,
              because:
                'the authority also signs the client certificates of users and nodes: each of them is any user',
            }
          : {}),
        fix: withPrecondition(
          {
            ...apiserver.change(name, 'front-proxy-client'),
            breaks:
              'proxies in front of the API server, and aggregated API servers, whose certificate has another name',
          },
          'the proxy client certificate (--proxy-client-cert-file) is named front-proxy-client, and no other proxy signs in this way',
        ),
      }
    })
  },
  examples: {
    bad: apiserverWith(['--requestheader-client-ca-file=/etc/kubernetes/pki/front-proxy-ca.crt']),
    good: apiserverWith([
      '--requestheader-client-ca-file=/etc/kubernetes/pki/front-proxy-ca.crt',
      '--requestheader-allowed-names=front-proxy-client',
    ]),
  },
})

/** Whether the authority is that of --client-ca-file too: the same file, or the same text. */
function isClientAuthority(apiserver: ComponentSubject, path: string): boolean {
  const client = apiserver.string('client-ca-file')
  if (!client.known || client.value === '') return false
  if (client.value === path) return true
  const [one, other] = [path, client.value].map((each) => apiserver.file?.(each)?.text)
  return one !== undefined && one === other
}
