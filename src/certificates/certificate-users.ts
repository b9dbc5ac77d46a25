import { posix } from 'node:path'
import type { Host } from '../model/index.js'
import type { CertificateUser } from './certificate-entry.js'
import { flagsOf } from './certificate-roles.js'

/** A user with the setting's name as a flag has it, whichever form it was found in. */
export interface NamedUser extends CertificateUser {
  readonly component: string
  /** `client-ca-file` */
  readonly setting: string
}

/** Settings of documents that are flags elsewhere. */
const AS_FLAGS: Readonly<Record<string, string>> = {
  clientCAFile: 'client-ca-file',
  tlsCertFile: 'tls-cert-file',
}

/** `key: /path` and `"key": "/path"`. */
const PAIR = /["']?([A-Za-z][\w-]{1,60})["']?\s{0,20}:\s{0,20}["']?(\/[^\s"',}]{1,1000})/g
const DOCUMENT = /\.(?:ya?ml|json|conf|config)$|\/config$|kubeconfig/
const MANIFESTS = /\/(?:manifests|pod-manifests|static-pods)\//

const known = new WeakMap<Host, ReadonlyMap<string, readonly NamedUser[]>>()

/** Who names each path of a host: components by flags, documents by keys. */
export function usersByPath(host: Host): ReadonlyMap<string, readonly NamedUser[]> {
  let byPath = known.get(host)
  if (byPath === undefined) {
    byPath = readUsers(host)
    known.set(host, byPath)
  }
  return byPath
}

function readUsers(host: Host): ReadonlyMap<string, readonly NamedUser[]> {
  const byPath = new Map<string, NamedUser[]>()
  const put = (path: string, user: NamedUser): void => {
    const clean = posix.normalize(path)
    const list = byPath.get(clean) ?? []
    if (list.some(({ by, as }) => by === user.by && as === user.as)) return
    byPath.set(clean, [...list, user])
  }
  const flags = flagsOf(host)
  for (const { component, name, value } of flags)
    put(value, { by: component, as: `--${name}`, component, setting: name })
  for (const { path, text } of host.files.values()) {
    if (text === undefined || !DOCUMENT.test(path) || MANIFESTS.test(path)) continue
    const component = ownerOf(path, flags)
    for (const [, key = '', value = ''] of text.matchAll(PAIR)) {
      const setting = Object.hasOwn(AS_FLAGS, key) ? (AS_FLAGS[key] ?? key) : key
      put(value, { by: component === path ? path : `${component} (${path})`, as: key, component, setting })
    }
  }
  addDefaults(host, put)
  return byPath
}

/** Whose a configuration document is: who names it, or where it lies. */
function ownerOf(path: string, flags: ReturnType<typeof flagsOf>): string {
  const named = flags.find(
    ({ value, name }) => value === path && (name === 'config' || name === 'config-file'),
  )
  if (named !== undefined) return named.component
  if (/^\/var\/lib\/kubelet\/config\.(?:yaml|json)$/.test(path)) return 'kubelet'
  return path === '/etc/docker/daemon.json' ? 'dockerd' : path
}

/** Places that need no setting. */
function addDefaults(host: Host, put: (path: string, user: NamedUser) => void): void {
  for (const path of host.files.keys()) {
    // Source: kubernetes v1.36.2 pkg/kubelet/certificate/kubelet.go and cmd/kubelet/app/server.go, InitializeTLS.
    if (/\/kubelet\/pki\/kubelet-server-current\.pem$/.test(path))
      put(path, {
        by: 'kubelet',
        as: 'serving certificate, rotated',
        component: 'kubelet',
        setting: 'tls-cert-file',
      })
    else if (/\/kubelet\/pki\/kubelet\.crt$/.test(path))
      put(path, {
        by: 'kubelet',
        as: 'serving certificate, made by itself',
        component: 'kubelet',
        setting: 'self-signed',
      })
    // Source: docker/cli cli/flags/options.go: ca.pem, cert.pem and key.pem of DOCKER_CERT_PATH or ~/.docker.
    const docker = /\/\.docker\/(ca|cert)\.pem$/.exec(path)
    if (docker !== null) {
      const setting = docker[1] === 'ca' ? 'docker-ca' : 'docker-cert'
      put(path, { by: 'docker client', as: posix.dirname(path), component: 'docker', setting })
    }
  }
}
