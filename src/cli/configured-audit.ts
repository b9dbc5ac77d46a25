import type { Command } from 'commander'
import type { AuditOptions, AuditRules } from '../audit/index.js'
import type { AnyCheck, AuditSettings } from '../checks/index.js'
import type { AuditResult, Estate } from '../model/index.js'
import { VERSION } from '../version.js'
import type { ImpersonationOptions } from './cluster-options.js'
import type { CommandContext } from './command-context.js'
import { findConfiguration, type FoundConfiguration } from './find-configuration.js'
import { addDockerSocket, collect, readInputs, type InputOptions } from './inputs.js'
import { allChecks, loadUserChecks } from './user-checks.js'

/** The options of an audit besides what is read and how it is told. */
export interface ConfiguredOptions extends InputOptions, ImpersonationOptions {
  readonly namespace?: string
  readonly config?: string | false
  readonly check?: string[]
  readonly checks?: string[]
  readonly auditLog?: string[]
  /** Checks that are asked besides those that are chosen; no option of a command line. */
  readonly alsoCheck?: readonly string[]
  /** Checks whose preconditions hold by word of the user; no option of an audit. */
  readonly confirmed?: readonly string[]
}

/** What was read, what was found in it, and the configuration that was in force. */
export interface AuditedEstate {
  readonly estate: Estate
  readonly result: AuditResult
  readonly found?: FoundConfiguration
}

/** Adds the options that say what is judged, and by which configuration. */
export function addConfiguredOptions(command: Command): Command {
  return addDockerSocket(command)
    .option(
      '-n, --namespace <name>',
      'judge only this namespace; of a running cluster only it is read, for those who may not see all',
    )
    .option(
      '--config <file>',
      'configuration: exceptions, severities, checks (default: .rampart.yaml, where there is one)',
    )
    .option('--no-config', 'no configuration')
    .option('--checks <path>', 'checks of your own: a file or folder (may be repeated)', collect)
    .option(
      '--audit-log <file>',
      "an API server's audit log, JSON lines or .gz of them, to find rights that nobody uses (may be repeated)",
      collect,
    )
}

/**
 * Audits what the user named, by the configuration in force. In a function of its own, so that a large estate is gone
 * from memory while its report is written.
 */
export async function configuredAudit(
  paths: readonly string[],
  options: ConfiguredOptions,
  context: CommandContext,
  baseline?: AuditOptions['baseline'],
): Promise<AuditResult> {
  return (await auditedEstate(paths, options, context, baseline)).result
}

/** As `configuredAudit`, with the estate. */
export async function auditedEstate(
  paths: readonly string[],
  options: ConfiguredOptions,
  context: CommandContext,
  baseline?: AuditOptions['baseline'],
): Promise<AuditedEstate> {
  const found = await findConfiguration(options.config, paths)
  // Wrong names are told before anything is read; which checks are asked depends on what was read.
  await planOf(found, paths, options, NOTHING_READ, {})
  const { namespace } = options
  const logged = await readLogs(options, context)
  const podTemplates = found?.configuration.podTemplates ?? []
  if (found !== undefined) await refuseKnownKinds(found.configuration)
  const read = await readInputs(paths, options, context, {
    extent: 'everything',
    impersonation: true,
    podKinds: podTemplates.map(({ kind }) => kind),
    ...(namespace === undefined ? {} : { onlyNamespace: namespace }),
  })
  const { withOwnPodTemplates } = await import('../kube/index.js')
  const estate = { ...read, objects: withOwnPodTemplates(read.objects, podTemplates) }
  const plan = await planOf(found, paths, options, estate, logged)
  const { runAudit } = await import('../audit/index.js')
  const result = runAudit(estate, {
    version: VERSION,
    ...plan,
    ...(options.confirmed === undefined
      ? {}
      : { rules: { ...plan.rules, confirmed: new Set(options.confirmed) } }),
    ...(baseline === undefined ? {} : { baseline }),
  })
  return { estate, result, ...(found === undefined ? {} : { found }) }
}

/** Where a kind that is known keeps its pods is not for a configuration to say: it could hide them. */
async function refuseKnownKinds({
  podTemplates,
  document,
}: FoundConfiguration['configuration']): Promise<void> {
  if (podTemplates.length === 0) return
  const { makesPods } = await import('../kube/index.js')
  podTemplates.forEach(({ kind }, index) => {
    const dot = kind.indexOf('.')
    if (makesPods(kind.slice(dot + 1), kind.slice(0, dot)))
      document.fail(['podTemplates', index, 'kind'], `the pods of \`${kind}\` are known already`)
  })
}

async function readLogs(
  { auditLog: files }: ConfiguredOptions,
  { terminal }: CommandContext,
): Promise<Pick<AuditSettings, 'auditLog'>> {
  if (files === undefined) return {}
  const { readAuditLog } = await import('../sources/index.js')
  try {
    return { auditLog: await readAuditLog(files, terminal.interactive ? terminal.progress : undefined) }
  } finally {
    if (terminal.interactive) terminal.progress('')
  }
}

const NOTHING_READ: Pick<Estate, 'sources' | 'objects'> = { sources: [], objects: [] }

type Plan = Pick<AuditOptions, 'checks' | 'settings' | 'rules'>

async function planOf(
  found: FoundConfiguration | undefined,
  paths: readonly string[],
  options: ConfiguredOptions,
  estate: Pick<Estate, 'sources' | 'objects'>,
  logged: Pick<AuditSettings, 'auditLog'>,
): Promise<Plan> {
  const { checksByDefault } = await import('../checks/index.js')
  const own = await loadUserChecks(options.checks ?? [], found, paths)
  const all = await allChecks(own)
  const policy = await import('../policy/index.js')
  const { builtInCatalogue } = await import('../kube/index.js')
  const configuration = found?.configuration
  if (configuration !== undefined) policy.checkNames(configuration, [...policy.namesOf(all).keys()])
  const settings: AuditSettings = {
    ...logged,
    ...(configuration?.registries === undefined ? {} : { trustedRegistries: configuration.registries }),
    ...(configuration === undefined || configuration.untrustedNamespaces.length === 0
      ? {}
      : { untrustedNamespaces: policy.untrustedAmong(configuration, estate.objects) }),
  }
  const usual = checksByDefault(all, settings, estate.sources)
  const { chosen, leftOut } = policy.chooseChecks(all, usual, configuration?.checks)
  const named = options.check === undefined ? chosen : await namedChecks(all, options.check)
  const checks = [...new Set([...named, ...(await namedChecks(all, options.alsoCheck ?? []))])]
  const judges = policy.judgedTargets({
    only: paths.length > 0 ? options.namespace : undefined,
    namespaces: configuration?.namespaces,
    isNamespaced: (group, kind) =>
      builtInCatalogue()
        .groups.find(({ name }) => name === group)
        ?.resources.find((resource) => resource.kind === kind)?.namespaced,
  })
  const asked = new Set(checks)
  const told = {
    files: found === undefined ? [] : [{ file: found.configuration.file, audited: found.audited }],
    leftOut: options.check === undefined ? leftOut : [],
    namespaces: policy.namespaceWords(configuration?.namespaces),
    said: configuration === undefined ? [] : policy.ownersWords(configuration, estate.objects),
    userChecks: own
      .filter(({ check }) => asked.has(check))
      .map(({ check, place, audited }) => ({ check: check.id, place, audited })),
  }
  const rules: AuditRules = {
    ...(judges === undefined ? {} : { judges }),
    ...(found === undefined ? {} : rulesOf(found, policy.namesOf(all))),
    ...(found === undefined && own.length === 0 ? {} : { told }),
  }
  return { checks, settings, rules }
}

function rulesOf(
  { configuration, audited }: FoundConfiguration,
  ids: ReadonlyMap<string, string>,
): AuditRules {
  return {
    exceptions: configuration.exceptions.map((exception) => ({
      ...exception,
      check: ids.get(exception.check) ?? exception.check,
    })),
    annotations: configuration.annotations,
    neverAccept: configuration.neverAccept,
    severities: new Map(
      [...configuration.severities].map(([id, rule]) => [ids.get(id) ?? id, { ...rule, audited }]),
    ),
  }
}

async function namedChecks(all: readonly AnyCheck[], ids: readonly string[]): Promise<readonly AnyCheck[]> {
  const { findById } = await import('./find-check.js')
  return ids.map((id) => findById(all, id))
}
