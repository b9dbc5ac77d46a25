import type { EstateInput, InlineFile } from '../../model/index.js'

type Files = Readonly<Record<string, InlineFile>>

/** A host with one user, alice, and the given files of hers (names below her home) and of the host (absolute). */
export function clientWith(own: Files, system: Files = {}): EstateInput {
  const home = Object.fromEntries(Object.entries(own).map(([name, file]) => [`/home/alice/${name}`, file]))
  return {
    hosts: {
      'desk-1': {
        files: { '/etc/passwd': 'alice:x:1000:1000::/home/alice:/bin/bash\n', ...home, ...system },
      },
    },
  }
}

/** Files of a context: its description, and a private key where it has one. */
export function context(
  name: string,
  host: string,
  more: { readonly skip?: boolean; readonly keyMode?: number } = {},
): Files {
  const id = name.padEnd(64, '0')
  const endpoint = { Host: host, SkipTLSVerify: more.skip === true }
  return {
    [`.docker/contexts/meta/${id}/meta.json`]: JSON.stringify({
      Name: name,
      Metadata: {},
      Endpoints: { docker: endpoint },
    }),
    ...(more.keyMode === undefined
      ? {}
      : {
          [`.docker/contexts/tls/${id}/docker/key.pem`]: { text: '', mode: more.keyMode },
          [`.docker/contexts/tls/${id}/docker/ca.pem`]: { text: '', mode: 0o600 },
        }),
  }
}
