import path from 'node:path'
import type { Kubeconfig, KubeconfigCluster, KubeconfigUser } from '../kubeconfig.js'

/**
 * All paths absolute: relative ones count from the folder of the file that has the entry. A plug-in's command is a path
 * only with a separator in it; without one it is looked for in PATH.
 * Source: client-go v0.36.2 tools/clientcmd/loader.go, ResolveLocalPaths.
 */
export function resolvePaths(config: Kubeconfig, cwd: string): Kubeconfig {
  return {
    ...config,
    clusters: mapValues(config.clusters, (cluster) => resolveCluster(cluster, cwd)),
    users: mapValues(config.users, (user) => resolveUser(user, cwd)),
  }
}

/** One path of an entry that came from `origin`. */
export function resolvePath(file: string, origin: string, cwd: string): string {
  if (file === '' || path.isAbsolute(file)) return file
  return path.join(path.resolve(cwd, path.dirname(origin)), file)
}

function resolveCluster(cluster: KubeconfigCluster, cwd: string): KubeconfigCluster {
  if (cluster.origin === '') return cluster
  return { ...cluster, certificateAuthority: resolvePath(cluster.certificateAuthority, cluster.origin, cwd) }
}

function resolveUser(user: KubeconfigUser, cwd: string): KubeconfigUser {
  if (user.origin === '') return user
  const resolve = (file: string): string => resolvePath(file, user.origin, cwd)
  const { exec } = user
  return {
    ...user,
    clientCertificate: resolve(user.clientCertificate),
    clientKey: resolve(user.clientKey),
    tokenFile: resolve(user.tokenFile),
    exec: exec?.command.includes(path.sep) === true ? { ...exec, command: resolve(exec.command) } : exec,
  }
}

function mapValues<T>(map: ReadonlyMap<string, T>, change: (value: T) => T): ReadonlyMap<string, T> {
  return new Map([...map].map(([name, value]) => [name, change(value)]))
}
