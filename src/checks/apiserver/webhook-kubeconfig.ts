import { currentCluster } from '../../kubeconfig/index.js'
import { unknown, type Origin } from '../../model/index.js'
import type { ComponentSubject, Report } from '../define-check.js'
import { advice } from '../precondition.js'
import { fileBehind } from './flag-file.js'

export interface WebhookConnection {
  /** The kubeconfig, as the API server is given it. */
  readonly path: string
  readonly origin: Origin
  /** What the webhook does for the API server: `who a token belongs to`. */
  readonly answers: string
  readonly key: string
}

/** Reports a webhook that is asked in a way that anybody in between can answer. */
export function judgeWebhookConnection(
  apiserver: ComponentSubject,
  report: Report,
  { path, origin, answers, key }: WebhookConnection,
): void {
  const file = fileBehind(apiserver, path, origin)
  if (!file.known) return report.unknown(file)
  const cluster = currentCluster(file.value.text)
  if (cluster === undefined) {
    return report.unknown(
      unknown('unparsable', `\`${path}\` is not a kubeconfig with a current cluster`, origin),
    )
  }
  const plain = /^http:/i.test(cluster.server)
  if (!plain && !cluster.insecureSkipTlsVerify) return
  const how = plain ? 'over plain HTTP' : 'without checking its certificate'
  const local = /^https?:\/\/(?:127\.|localhost(?:[:/]|$)|\[::1\])/i.test(cluster.server)
  report.fail(
    {
      origin: { kind: 'file', host: apiserver.host, file: file.value.path, line: 1 },
      key,
      message: `\`${cluster.server}\` is asked ${how}`,
    },
    {
      ...(local ? LOCAL : {}),
      message: `the webhook that says ${answers} is asked ${how}`,
      fix: advice(
        `In \`${file.value.path}\` give an address with https and the authority of its certificate (certificate-authority), and take insecure-skip-tls-verify out; then restart kube-apiserver.`,
        {
          breaks: 'nothing, as long as the webhook serves a certificate of that authority for that name',
          needs: 'the webhook serves TLS',
        },
      ),
    },
  )
}

const LOCAL = {
  severity: 'low',
  because: 'the webhook runs on the same host: only its own users could stand in between',
} as const

/** A webhook that is asked over plain HTTP, and the same put right; for examples and tests. */
export const WEBHOOK_OVER_HTTP = webhookKubeconfig('http://auth.example:8080')
export const WEBHOOK_OVER_TLS = webhookKubeconfig('https://auth.example')

export function webhookKubeconfig(server: string, more = ''): string {
  return `apiVersion: v1
kind: Config
clusters:
- name: hook
  cluster: {server: '${server}'${more}}
users:
- name: api-server
contexts:
- name: hook
  context: {cluster: hook, user: api-server}
current-context: hook
`
}
