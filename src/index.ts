/**
 * The library: what the command line does, as functions.
 *
 * ```ts
 * import { audit } from 'rampart'
 * const result = await audit({ paths: ['deploy/'] })
 * for (const finding of result.findings) console.log(finding.severity, finding.check, finding.message)
 * ```
 */
import { runAudit, type AuditOptions, type AuditRules } from './audit/index.js'
import { checks as allChecks, checksByDefault, type AnyCheck, type AuditSettings } from './checks/index.js'
import type { AuditResult, Estate, EstateInput } from './model/index.js'
import type { ApplyOptions, UpgradeOutcome } from './actions/upgrade/index.js'
import type { DrainForecast, DrainObserver, DrainOptions, DrainOutcome } from './actions/drain/index.js'
import type { ApiClient } from './client/index.js'
import type { LoadOptions } from './kubeconfig/disk/index.js'
import {
  estateFrom,
  readEstate,
  type ClusterDoor,
  type ClusterWish,
  type EstatePaths,
} from './sources/index.js'
import { RampartError } from './model/index.js'
import { VERSION } from './version.js'

export { VERSION }
export type * from './model/index.js'
export { RampartError, SEVERITIES, REACHES, countsLine, formatPath, formatRef } from './model/index.js'
export {
  estateFrom,
  readAuditLog,
  readEstate,
  writeSnapshot,
  type ClusterDoor,
  type ClusterWish,
  type EstatePaths,
} from './sources/index.js'
export { kubeletsOf, dockerdsOf, apiserversOf, type ComponentView } from './effective/index.js'
export {
  checks,
  checksByDefault,
  defineCheck,
  type AnyCheck,
  type AuditSettings,
  type Check,
  type Report,
  type Subjects,
} from './checks/index.js'
export {
  baselineOf,
  baselineText,
  compareBaselines,
  readBaseline,
  reaches,
  type AuditRules,
  type Baseline,
} from './audit/index.js'
export { readUserChecks, type UserCheck, type UserCheckTest } from './user-checks/index.js'
export { evaluatePodSecurity } from './kube/index.js'
export {
  renderCodeQuality,
  renderHtml,
  renderJson,
  renderJunit,
  renderMarkdown,
  renderOpenReports,
  renderSarif,
  renderTerminal,
  streamJson,
} from './reports/index.js'
export type {
  DrainError,
  DrainEvent,
  DrainForecast,
  DrainObserver,
  DrainOptions,
  DrainOutcome,
} from './actions/drain/index.js'
export { applyEdits } from './actions/edit/index.js'
export {
  applyFix,
  makePlan as makeFixPlan,
  readPlan as readFixPlan,
  resumeFix,
  rollBackFix,
  type FixDoors,
  type FixOutcome,
  type FixPlan,
  type PlanWish as FixWish,
} from './actions/fix/index.js'
export {
  localHost,
  readPlan as readUpgradePlan,
  sshHost,
  sshRoute,
  upgradeReport,
  type ApplyOptions,
  type HostTransport,
  type NodeHost,
  type SshOptions,
  type UpgradeEvent,
  type UpgradeObserver,
  type UpgradeOutcome,
  type UpgradeReport,
} from './actions/upgrade/index.js'
export {
  openDockerTlsRun,
  planSetup as planDockerTls,
  putBackDockerTls,
  readDaemon as readDockerDaemon,
  runDockerTls,
  type DockerTlsPlan,
} from './actions/docker-tls/index.js'
export {
  makeSecrets as makeKubeadmSecrets,
  planSetup as planKubeadmSetup,
  readSetupRequest as readKubeadmRequest,
  writeSetup as writeKubeadmSetup,
  type Setup as KubeadmSetup,
  type SetupOptions as KubeadmSetupOptions,
  type SetupRequest as KubeadmSetupRequest,
} from './actions/kubeadm/index.js'
export { inventoryCertificates, type CertificateEntry } from './certificates/index.js'
export {
  fetchRelease,
  hashFile,
  parseChecksums,
  parseManifest,
  publishedTrustRoot,
  readTrustRoot,
  verifyPlatform,
  type References,
  type ReleaseManifest,
  type VerifyEntry,
  type VerifyOptions,
  type VerifyState,
} from './verify/index.js'
export { runProbes, type ProbeKind, type ProbeOptions } from './probe/index.js'
export {
  builtInData,
  findBlockers,
  planDigest,
  planUpgrade,
  readUpgradeData,
  skewViolations,
  takeInventory,
  upgradeStatus,
  type Blocker,
  type BlockerCheck,
  type ClusterInventory,
  type PlannedStep,
  type PlanOptions,
  type SkewComponent,
  type SkewViolation,
  type UpgradeData,
  type UpgradePlan,
  type UpgradeStatus,
} from './upgrade/index.js'
export * from './access/index.js'

/**
 * Audits what is given: an estate that was read before, what to read (`{paths, hostRoots, clusters}`), or texts in place
 * (`{manifests, hosts}`). Dates are judged at `now` (seconds since 1970; the present unless said). Reads only, and only
 * what is named. `rules` are exceptions and severities; with a `baseline` only what is new is told. Throws RampartError when
 * nothing can be read.
 */
export async function audit(
  input: Estate | EstatePaths | EstateInput,
  options: {
    readonly checks?: readonly AnyCheck[]
    readonly settings?: AuditSettings
    readonly now?: number
    readonly rules?: AuditRules
    readonly baseline?: AuditOptions['baseline']
  } = {},
): Promise<AuditResult> {
  const { checks: _given, settings = {}, ...more } = options
  const estate = await toEstate(input)
  const checks = options.checks ?? checksByDefault(allChecks, settings, estate.sources)
  return runAudit(estate, { version: VERSION, checks, settings, ...more })
}

async function toEstate(input: Estate | EstatePaths | EstateInput): Promise<Estate> {
  if ('texts' in input) return input
  const isPaths = 'paths' in input || 'hostRoots' in input || 'clusters' in input
  return isPaths ? readEstate(input) : estateFrom(input as EstateInput)
}

/**
 * A running cluster to read, as kubectl would find it: `audit({ clusters: [await openCluster({ env, cwd })] })`. It is
 * asked when reading begins, with GET alone; a credential plug-in of the kubeconfig is not run.
 */
export async function openCluster(options: LoadOptions): Promise<ClusterWish> {
  const { loadClientConfig } = await import('./kubeconfig/disk/index.js')
  const { answerLines, createClient } = await import('./client/index.js')
  const { config } = loadClientConfig(options)
  const client = await createClient(config, { userAgent: `rampart/${VERSION}` })
  const door: ClusterDoor = {
    name: config.context === '' ? client.transport.name : config.context,
    list: (path, more) => client.list(path, more),
    getJson: (path, query, signal) => client.getJson(path, query, signal),
    discovery: () => client.discovery(),
    lines: (path) => answerLines(client, path),
  }
  return { door, extent: 'everything' }
}

/**
 * Cordons a node and moves its pods away, as kubectl drain does: `await drain('worker-1', { env, cwd }, { ignoreDaemonSets:
 * true })`. The observer is told of each thing that happens; the signal of the options ends it where it stands. Throws
 * RampartError where the server does not answer before the first eviction; everything after that is in the outcome.
 */
export async function drain(
  node: string,
  cluster: LoadOptions,
  options: DrainOptions = {},
  observer?: DrainObserver,
): Promise<DrainOutcome> {
  const { drainNode } = await import('./actions/drain/index.js')
  return withClient(cluster, (client) => drainNode(client, node, options, observer))
}

/**
 * Whether the drain of a node can finish as things are: which pods, which budgets, how long. Changes nothing. Throws
 * RampartError where the pods of the node cannot be listed.
 */
export async function explainDrain(
  node: string,
  cluster: LoadOptions,
  options: DrainOptions = {},
): Promise<DrainForecast> {
  const { explainDrain: explain, textOf } = await import('./actions/drain/index.js')
  const found = await withClient(cluster, (client) => explain(client, node, options))
  if ('kind' in found) throw new RampartError('not-allowed', textOf(found))
  return found
}

/** What one process's work on an upgrade came to, and the id of the run. */
export interface UpgradeRun {
  readonly outcome: UpgradeOutcome
  readonly run: string
}

/**
 * Carries out the plan of an upgrade, or goes on with the one that is open in the state folder:
 * `await applyUpgrade({ env, cwd }, { plan, state: '/var/lib/rampart', host: (node) => ({ kind: 'shell', transport:
 * sshHost({ host: node, user: 'root' }) }), ... })`. Throws RampartError where it may not begin; what goes wrong later is
 * in the outcome, and the run stays open.
 */
export async function applyUpgrade(
  cluster: LoadOptions,
  options: Omit<ApplyOptions, 'client'>,
): Promise<UpgradeRun> {
  const { applyUpgrade: apply } = await import('./actions/upgrade/index.js')
  return withClient(cluster, (client) => apply({ ...options, client }))
}

/** Gives the open upgrade of a cluster up: puts back what can be put back, and says what stays. */
export async function abortUpgrade(
  cluster: LoadOptions,
  options: Omit<ApplyOptions, 'client' | 'plan' | 'resume'>,
): Promise<UpgradeRun> {
  const { abortUpgrade: abort } = await import('./actions/upgrade/index.js')
  return withClient(cluster, (client) => abort({ ...options, client }))
}

async function withClient<Result>(
  options: LoadOptions,
  use: (client: ApiClient) => Promise<Result>,
): Promise<Result> {
  const { loadClientConfig } = await import('./kubeconfig/disk/index.js')
  const { createClient } = await import('./client/index.js')
  const client = await createClient(loadClientConfig(options).config, { userAgent: `rampart/${VERSION}` })
  try {
    return await use(client)
  } finally {
    client.close()
  }
}
