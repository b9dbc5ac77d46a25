import { readFileSync, statSync } from 'node:fs'
import type { Command } from 'commander'
import { RampartError, type Estate } from '../../model/index.js'
import type { ClusterInventory, UpgradeData } from '../../upgrade/index.js'
import type { ImpersonationOptions } from '../cluster-options.js'
import type { CommandContext } from '../command-context.js'
import { addInputs, readInputs, type InputOptions } from '../inputs.js'

/** What upgrade commands read, and the facts that they judge by. */
export interface UpgradeInputOptions extends InputOptions, ImpersonationOptions {
  readonly data?: string
  readonly readHelmReleases?: boolean
  readonly kubectlVersion?: string
}

export interface UpgradeInput {
  readonly estate: Estate
  readonly inventory: ClusterInventory
  readonly data: UpgradeData
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Adds the inputs of upgrade commands. */
export function addUpgradeInputs(command: Command): Command {
  return addInputs(command, { impersonation: true })
    .option(
      '--data <file>',
      'facts about releases, as data/kubernetes-releases.json, instead of those built in',
    )
    .option(
      '--read-helm-releases',
      'read the Secrets of Helm for names and kinds of what it made, and nothing else of them',
    )
    .option('--kubectl-version <version>', 'judge this kubectl too, v1.36.2')
}

/** More than this no table of releases is. */
const LARGEST_DATA = 16 * 1024 * 1024

/**
 * Reads the cluster, snapshot or host, and the facts. `refuse` is asked between: it throws for options that can mean nothing
 * by these facts, before a cluster or a host is asked anything.
 */
export async function readUpgradeInput(
  paths: readonly string[],
  options: UpgradeInputOptions,
  context: CommandContext,
  refuse: (data: UpgradeData) => void = () => undefined,
): Promise<UpgradeInput> {
  const { builtInData, parseKubeVersion, readUpgradeData, staleness, takeInventory } =
    await import('../../upgrade/index.js')
  const { kubectlVersion } = options
  if (kubectlVersion !== undefined && parseKubeVersion(kubectlVersion) === undefined) {
    throw new RampartError('usage', `--kubectl-version: \`${kubectlVersion}\` is no version, as v1.36.2`)
  }
  // The facts first: a file that cannot be read ends the command before a cluster is asked.
  const data =
    options.data === undefined
      ? builtInData()
      : readUpgradeData(textOf(options.data), options.data, builtInData())
  refuse(data)
  const estate = await readInputs(paths, options, context, {
    extent: 'everything',
    impersonation: true,
    serverFacts: true,
    ...(options.readHelmReleases === true ? { helmReleases: true } : {}),
  })
  const now = Date.now()
  const stale = staleness(data, now)
  if (stale !== undefined) context.terminal.err(`warning: ${stale}\n`)
  const inventory = takeInventory(estate, kubectlVersion === undefined ? {} : { kubectlVersion })
  return { estate, inventory, data, now }
}

function textOf(file: string): string {
  try {
    if (statSync(file).size > LARGEST_DATA) {
      throw new RampartError('unreadable-input', `--data: ${file} is larger than any table of releases`)
    }
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof RampartError) throw error
    throw new RampartError('unreadable-input', `--data: ${(error as Error).message}`, { cause: error })
  }
}

/** The oldest API server's minor; where none was read, what the user says it is. */
export function fromMinor({ inventory }: UpgradeInput, given: number | undefined): number {
  const servers = inventory.components.flatMap(({ component, version }) =>
    component === 'kube-apiserver' && version !== undefined ? [version.minor] : [],
  )
  if (servers.length > 0) {
    const from = Math.min(...servers)
    if (given === undefined || given === from) return from
    throw new RampartError(
      'usage',
      `--from 1.${given} is for manifests alone: the API servers of what was read are 1.${from}; leave it away`,
    )
  }
  if (given !== undefined) return given
  throw new RampartError(
    'no-input',
    'which version the API server has was not read: name it with --from 1.NN, or read a cluster with --context NAME',
  )
}
