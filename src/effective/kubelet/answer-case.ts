import { posix } from 'node:path'
import { asList, asObject, type HostFile, type JsonObject } from '../../model/index.js'
import { scalarText } from '../../text/index.js'
import { fieldOfFlag } from './flag-fields.js'
import { getField } from './fields.js'
import { resolveKubeletFully } from './resolve.js'

/** Fields that an answer always names; others stand in it when the case sets them. */
const ALWAYS = [
  'address',
  'allowedUnsafeSysctls',
  'authentication',
  'authorization',
  'cgroupDriver',
  'clusterDNS',
  'containerLogMaxSize',
  'containerRuntimeEndpoint',
  'crashLoopBackOff',
  'enableDebugFlagsHandler',
  'enableDebuggingHandlers',
  'enableProfilingHandler',
  'enableServer',
  'enableSystemLogHandler',
  'enableSystemLogQuery',
  'eventBurst',
  'eventRecordQPS',
  'evictionHard',
  'failCgroupV1',
  'failSwapOn',
  'featureGates',
  'healthzBindAddress',
  'healthzPort',
  'imageGCHighThresholdPercent',
  'imagePullCredentialsVerificationPolicy',
  'kubeReserved',
  'makeIPTablesUtilChains',
  'maxPods',
  'memorySwap',
  'podPidsLimit',
  'port',
  'protectKernelDefaults',
  'readOnlyPort',
  'registerNode',
  'rotateCertificates',
  'runtimeRequestTimeout',
  'seccompDefault',
  'serverTLSBootstrap',
  'staticPodPath',
  'streamingConnectionIdleTimeout',
  'tlsCertFile',
  'tlsCipherSuites',
  'tlsMinVersion',
  'tlsPrivateKeyFile',
  'volumePluginDir',
] as const

/**
 * What kubelet 1.36 does with a recorded case `{args: [text], files: {path: text}}`: `{effective}`, the configuration that it
 * would run with, or `{error}`, why it refuses to start. Paths are below its working folder. Durations as Go prints them;
 * fields at their zero value may be absent.
 */
export function answerKubeletCase(given: JsonObject): JsonObject {
  const files = new Map(
    Object.entries(asObject(given['files'])).map(([path, text]) => [posix.join('/', path), scalarText(text)]),
  )
  const resolved = resolveKubeletFully({
    host: '',
    args: asList(given['args']).map((value) => ({ value: scalarText(value) })),
    files: { file: (path) => hostFile(path, files), list: (path) => names(path, files) },
    version: '1.36.2',
    workingDirectory: '/',
    absentIsRefused: true,
  })
  const { refusal } = resolved.effective
  if (refusal !== undefined) return { error: refusal.message }
  const used = new Set<string>(ALWAYS)
  for (const layer of resolved.layers) for (const key of Object.keys(layer.config)) used.add(key)
  for (const flag of resolved.flags.keys()) used.add(fieldOfFlag(flag)?.split('.')[0] ?? '')
  for (const unrecorded of ['', 'kind', 'apiVersion', 'logging']) used.delete(unrecorded)
  const entries = [...used].sort().map((name) => [name, getField(resolved.config, [name])] as const)
  return { effective: Object.fromEntries(entries.filter(([, value]) => value !== undefined)) }
}

function hostFile(path: string, files: ReadonlyMap<string, string>): HostFile | undefined {
  const text = files.get(path)
  return text === undefined ? undefined : { path, type: 'file', text }
}

// The folders of a recorded case exist even when they are empty.
function names(folder: string, files: ReadonlyMap<string, string>): readonly string[] | undefined {
  const start = `${folder}/`
  const below = [...files.keys()].filter((path) => path.startsWith(start))
  const found = new Set(below.map((path) => path.slice(start.length).split('/')[0] ?? ''))
  return found.size > 0 || !files.has(folder) ? [...found] : undefined
}
