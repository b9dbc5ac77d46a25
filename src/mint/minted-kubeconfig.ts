import type { ClientConfig } from '../kubeconfig/index.js'
import { stringify } from 'yaml'
import type { MintedCredential } from './issue-credential.js'

/** The kubeconfig of a minted identity: self-contained, as the cluster is reached by who minted it. */
export function mintedKubeconfig(
  config: ClientConfig,
  authority: string | undefined,
  names: { readonly cluster: string; readonly user: string; readonly namespace: string },
  credential: MintedCredential,
): string {
  const base64 = (text: string): string => Buffer.from(text).toString('base64')
  const context = `${names.user}@${names.cluster}`
  return stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': context,
      clusters: [
        {
          name: names.cluster,
          cluster: {
            server: config.server,
            ...(authority === undefined ? {} : { 'certificate-authority-data': base64(authority) }),
            ...(config.insecureSkipTlsVerify ? { 'insecure-skip-tls-verify': true } : {}),
            ...(config.tlsServerName === undefined ? {} : { 'tls-server-name': config.tlsServerName }),
            ...(config.proxyUrl === undefined ? {} : { 'proxy-url': config.proxyUrl }),
          },
        },
      ],
      users: [
        {
          name: names.user,
          user:
            credential.kind === 'token'
              ? { token: credential.token }
              : {
                  'client-certificate-data': base64(credential.cert),
                  'client-key-data': base64(credential.key),
                },
        },
      ],
      contexts: [
        {
          name: context,
          context: {
            cluster: names.cluster,
            user: names.user,
            ...(names.namespace === '' ? {} : { namespace: names.namespace }),
          },
        },
      ],
    },
    // go-yaml takes `n` and `on` for switches: texts like these are quoted.
    { lineWidth: 0, version: '1.1' },
  )
}
