import type { Host } from '../model/index.js'

export type CertificateRole = 'server' | 'client'

/** Flags that name a certificate, and what it is used as. Peers of etcd are both. */
const FLAGS: Readonly<Record<string, readonly CertificateRole[]>> = {
  'tls-cert-file': ['server'],
  'cert-file': ['server'],
  'peer-cert-file': ['server', 'client'],
  tlscert: ['server'],
  'kubelet-client-certificate': ['client'],
  'etcd-certfile': ['client'],
  'proxy-client-cert-file': ['client'],
}

const roles = new WeakMap<Host, ReadonlyMap<string, ReadonlySet<CertificateRole>>>()

/** What certificates are used as, by path: from the flags and kubeconfigs that name them. */
export function rolesOf(host: Host): ReadonlyMap<string, ReadonlySet<CertificateRole>> {
  let byPath = roles.get(host)
  if (byPath === undefined) {
    byPath = readRoles(host)
    roles.set(host, byPath)
  }
  return byPath
}

function readRoles(host: Host): ReadonlyMap<string, ReadonlySet<CertificateRole>> {
  const byPath = new Map<string, Set<CertificateRole>>()
  const put = (path: string, list: readonly CertificateRole[]): void => {
    byPath.set(path, new Set([...(byPath.get(path) ?? []), ...list]))
  }
  for (const { name, value } of flagsOf(host)) {
    const list = Object.hasOwn(FLAGS, name) ? FLAGS[name] : undefined
    if (list !== undefined) put(value, list)
  }
  for (const { text } of host.files.values()) {
    const named =
      text === undefined
        ? null
        : /["']?client-certificate["']?\s{0,20}:\s{0,20}["']?(\/[^\s"',}]{1,1000})/.exec(text)
    if (named?.[1] !== undefined) put(named[1], ['client'])
  }
  return byPath
}

/** Flags with a path as their value, of every component of a host. */
export function flagsOf({
  commands,
}: Host): { readonly component: string; readonly name: string; readonly value: string }[] {
  return commands.flatMap(({ component, args }) =>
    args.flatMap(({ value: word }, index) => {
      const match = /^--?([a-z][\w-]{1,100})(?:=(.*))?$/s.exec(word)
      const value = match?.[2] ?? args[index + 1]?.value
      if (match === null || value?.startsWith('/') !== true) return []
      return [{ component, name: (match[1] ?? '').replaceAll('_', '-'), value }]
    }),
  )
}
