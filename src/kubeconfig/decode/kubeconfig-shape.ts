import { BOOLEAN, BYTES, listOf, mapOf, struct, TEXT } from './struct-shape.js'

// Source: client-go v0.36.2 tools/clientcmd/api/v1/types.go.

const EXTENSIONS = listOf(struct('NamedExtension', { name: TEXT, extension: { kind: 'any' } }))

export const CLUSTER_SHAPE = struct('Cluster', {
  server: TEXT,
  'tls-server-name': TEXT,
  'insecure-skip-tls-verify': BOOLEAN,
  'certificate-authority': TEXT,
  'certificate-authority-data': BYTES,
  'proxy-url': TEXT,
  'disable-compression': BOOLEAN,
  extensions: EXTENSIONS,
})

const AUTH_PROVIDER = struct('AuthProviderConfig', { name: TEXT, config: mapOf(TEXT) })

export const EXEC_SHAPE = struct('ExecConfig', {
  command: TEXT,
  args: listOf(TEXT),
  env: listOf(struct('ExecEnvVar', { name: TEXT, value: TEXT })),
  apiVersion: TEXT,
  installHint: TEXT,
  provideClusterInfo: BOOLEAN,
  interactiveMode: TEXT,
})

export const USER_SHAPE = struct('AuthInfo', {
  'client-certificate': TEXT,
  'client-certificate-data': BYTES,
  'client-key': TEXT,
  'client-key-data': BYTES,
  token: TEXT,
  tokenFile: TEXT,
  as: TEXT,
  'as-uid': TEXT,
  'as-groups': listOf(TEXT),
  'as-user-extra': mapOf(listOf(TEXT)),
  username: TEXT,
  password: TEXT,
  'auth-provider': AUTH_PROVIDER,
  exec: EXEC_SHAPE,
  extensions: EXTENSIONS,
})

export const CONTEXT_SHAPE = struct('Context', {
  cluster: TEXT,
  user: TEXT,
  namespace: TEXT,
  extensions: EXTENSIONS,
})

/** A kubeconfig file. */
export const KUBECONFIG_SHAPE = struct('Config', {
  kind: TEXT,
  apiVersion: TEXT,
  preferences: struct('Preferences', { colors: BOOLEAN, extensions: EXTENSIONS }),
  clusters: listOf(struct('NamedCluster', { name: TEXT, cluster: CLUSTER_SHAPE })),
  users: listOf(struct('NamedAuthInfo', { name: TEXT, user: USER_SHAPE })),
  contexts: listOf(struct('NamedContext', { name: TEXT, context: CONTEXT_SHAPE })),
  'current-context': TEXT,
  extensions: EXTENSIONS,
})
