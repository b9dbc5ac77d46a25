import type { Command } from 'commander'
import type { ApiCatalogue } from '../../kube/index.js'
import { asString } from '../../model/index.js'
import { connectOnce, namesCluster } from '../cluster-options.js'
import type { CommandContext } from '../command-context.js'
import { addInputs, oneOf, readInputs, type InputOptions } from '../inputs.js'
import { minorVersion } from '../kubernetes-version.js'

interface ApiResourcesOptions extends InputOptions {
  readonly apiGroup?: string
  readonly namespaced?: string | true
  readonly verbs?: string[]
  readonly categories?: string[]
  readonly sortBy?: 'name' | 'kind'
  readonly output?: 'wide' | 'name' | 'json' | 'yaml'
  readonly headers: boolean
  readonly kubernetesVersion?: number
  readonly all?: boolean
}

/** `rampart api-resources`: kubectl's columns and flags, from the catalogue and the definitions that were read. */
export function registerApiResources(program: Command, context: CommandContext): void {
  addInputs(program.command('api-resources'))
    .description(
      'the resources that a cluster serves: built-in ones by version, and those of its definitions',
    )
    .option(
      '--kubernetes-version <version>',
      'as of this version (default: that of the Nodes that were read, else the newest)',
      minorVersion,
    )
    .option('--all', 'also alpha and beta versions, which a server only serves when it is told to')
    .option('--api-group <group>', 'only resources of this group (empty for the core group)')
    .option('--namespaced [bool]', 'only resources that live in namespaces; with =false those that do not')
    .option('--verbs <verbs>', 'only resources with all these verbs', commaList)
    .option('--categories <categories>', 'only resources in all these categories', commaList)
    .option('--sort-by <field>', 'name or kind, instead of the group', oneOf(['name', 'kind'] as const))
    .option(
      '-o, --output <format>',
      'wide, name, json or yaml',
      oneOf(['wide', 'name', 'json', 'yaml'] as const),
    )
    .option('--no-headers', 'no headers')
    .addHelpText(
      'after',
      '\nExamples:\n  rampart api-resources --kubernetes-version 1.34 --namespaced=false\n  rampart api-resources --context prod -o wide\n  rampart api-resources ./crds --verbs list,watch -o name',
    )
    .action((paths: string[], options: ApiResourcesOptions) => showResources(paths, options, context))
}

async function showResources(
  given: string[],
  options: ApiResourcesOptions,
  context: CommandContext,
): Promise<void> {
  const { namespaced, paths } = namespacedFlag(options.namespaced, given)
  const { preferredResources } = await import('../../kube/index.js')
  const view = await import('../api-resources-view.js')
  const catalogue = await readCatalogue(paths, options, context)
  const list = view.chosenResources(preferredResources(catalogue), {
    apiGroup: options.apiGroup,
    namespaced,
    verbs: options.verbs ?? [],
    categories: options.categories ?? [],
    sortBy: options.sortBy,
  })
  const { terminal } = context
  switch (options.output) {
    case 'name':
      return terminal.out(view.resourceNames(list, await visibleText()))
    case 'json':
      return terminal.out(`${JSON.stringify(view.resourceList(list), null, 4)}\n`)
    case 'yaml': {
      const { kubectlYaml } = await import('../kubectl-yaml.js')
      return terminal.out(kubectlYaml(view.resourceList(list)))
    }
    default:
      return terminal.out(
        view.resourceTable(list, {
          wide: options.output === 'wide',
          headers: options.headers,
          visible: await visibleText(),
        }),
      )
  }
}

/** Names of definitions may hold signs that act on a terminal. */
async function visibleText(): Promise<(text: string) => string> {
  return (await import('../../reports/index.js')).visible
}

async function readCatalogue(
  paths: string[],
  options: ApiResourcesOptions,
  context: CommandContext,
): Promise<ApiCatalogue> {
  const { builtInCatalogue, catalogueOf, clusterMinor, indexObjects } = await import('../../kube/index.js')
  if (namesCluster(options)) return servedCatalogue(options, context)
  const served = options.all === true ? 'all' : 'default'
  const { kubernetesVersion: minor } = options
  const named =
    paths.length + (options.hostRoot?.length ?? 0) > 0 || options.host === true || options.ps !== undefined
  const index = named ? indexObjects(await readInputs(paths, options, context)) : undefined
  const wanted = minor ?? (index && clusterMinor(index))
  const catalogue =
    index === undefined ? builtInCatalogue(wanted, served) : catalogueOf(index, wanted, served)
  if (wanted !== undefined && wanted !== catalogue.minor) {
    context.terminal.err(
      `The resources of 1.${wanted} are not known; these are those of 1.${catalogue.minor}.\n`,
    )
  }
  return catalogue
}

/** What a running cluster says itself that it serves. */
async function servedCatalogue(options: ApiResourcesOptions, context: CommandContext): Promise<ApiCatalogue> {
  const client = await connectOnce(options, context, { impersonation: false })
  const { groups, unknown } = await client.discovery()
  for (const each of unknown) context.terminal.err(`warning: what is in ${each} could not be asked\n`)
  const { minor } = await client.getJson('/version')
  return { minor: Number.parseInt(asString(minor) ?? '', 10) || 0, groups }
}

const YES = /^(?:1|t|T|true|True|TRUE)$/
const NO = /^(?:0|f|F|false|False|FALSE)$/

/** kubectl's flag takes its value only behind `=`; what stands behind a blank is a path. */
function namespacedFlag(
  value: string | true | undefined,
  paths: string[],
): { readonly namespaced: boolean | undefined; readonly paths: string[] } {
  if (value === undefined || value === true) return { namespaced: value, paths }
  if (YES.test(value)) return { namespaced: true, paths }
  if (NO.test(value)) return { namespaced: false, paths }
  return { namespaced: true, paths: [value, ...paths] }
}

/** For options that take `a,b` and may be repeated. */
function commaList(value: string, previous: string[] | undefined): string[] {
  return [...(previous ?? []), ...(value === '' ? [] : value.split(','))]
}
