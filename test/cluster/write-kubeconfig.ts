import { readFileSync, writeFileSync } from 'node:fs'
import type { KeyPairFiles } from '../kit/authority.js'

/** Writes a kubeconfig of one context, which holds the certificates themselves, so that it can be moved. */
export function writeKubeconfig(
  file: string,
  cluster: { readonly server: string; readonly ca: string },
  user: string,
  client: KeyPairFiles,
): string {
  const data = (name: string): string => readFileSync(name).toString('base64')
  const context = `${user}@test`
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: 'test', cluster: { server: cluster.server, 'certificate-authority-data': data(cluster.ca) } },
    ],
    users: [
      {
        name: user,
        user: { 'client-certificate-data': data(client.cert), 'client-key-data': data(client.key) },
      },
    ],
    contexts: [{ name: context, context: { cluster: 'test', user } }],
    'current-context': context,
  }
  writeFileSync(file, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 })
  return file
}
