import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Access, ChainConfig } from '../../access/index.js'
import { RampartError, type Estate } from '../../model/index.js'
import { addHostOptions, collect, namesInput, readInputs, type InputOptions } from '../inputs.js'
import { addClusterOptions } from '../cluster-options.js'
import type { CommandContext } from '../command-context.js'
import { addChainOptions, readChain, type ChainOptions } from './chain-options.js'

/** Options of every command that asks about access. */
export interface AccessInputOptions extends InputOptions, ChainOptions {
  readonly filename?: string[]
  readonly withDefaults?: string
  readonly defaultNamespace: string
  /** Of commands that have it: the note about the chain is left out too. */
  readonly quiet?: boolean
}

/** What a command about access works on. */
export interface AccessInputs {
  readonly access: Access
  /** What was read, with the default objects that were asked for. */
  readonly estate: Estate
  /** The chain that answers, with where it came from. */
  readonly chain: ChainConfig
}

/** Adds the options that say what to read and what chain decides; `-f` because the arguments are the question. */
export function addAccessInputs(command: Command): Command {
  command
    .option(
      '-f, --filename <path>',
      'manifests, folder, export or snapshot to ask about; - is standard input (may be repeated)',
      collect,
    )
    .option(
      '--with-defaults <version>',
      'add the default roles and bindings of a version: 1.36 or 1.36,kubeadm',
    )
    .option('--default-namespace <name>', 'namespace of objects whose text names none', 'default')
  return addClusterOptions(addChainOptions(addHostOptions(command)), { impersonation: false })
}

/** Reads the inputs and builds the chain. Without any input the command ends with exit code 2. */
export async function readAccess(
  options: AccessInputOptions,
  context: CommandContext,
  paths: readonly string[] = [],
): Promise<AccessInputs> {
  const given = [...paths, ...(options.filename ?? [])]
  const nothing = !namesInput(given, options)
  const { createAuthorizer } = await import('../../access/index.js')
  const defaults = await defaultObjects(options.withDefaults)
  if (nothing && defaults.length === 0) {
    throw new RampartError(
      'usage',
      'nothing to ask about: name manifests, an export or a snapshot with -f, a cluster with --context (see --help), or --with-defaults 1.36',
    )
  }
  const read = nothing ? emptyEstate() : await readInputs(given, options, context, { extent: 'access' })
  const taken = await withoutMalformed(read, context)
  const estate: Estate = { ...taken, objects: [...taken.objects, ...defaults] }
  tellUnread(estate, context)
  const chain = await readChain(options, estate)
  const minor = defaults.length === 0 ? chain.minor : minorOf(options.withDefaults)
  const access = createAuthorizer(estate, chain.specs, {
    defaultNamespace: options.defaultNamespace,
    ...(minor === undefined ? {} : { minor }),
    ...(chain.featureGates === undefined ? {} : { featureGates: chain.featureGates }),
  })
  tellNamespaceless(estate, options.defaultNamespace, context)
  if (options.quiet !== true) await tellChain(chain.config, context)
  return { access, estate, chain: chain.config }
}

/** Without the roles and bindings that an API server refuses, each of which is told. */
async function withoutMalformed(estate: Estate, { terminal }: CommandContext): Promise<Estate> {
  const { malformedRbac } = await import('../../access/index.js')
  const malformed = malformedRbac(estate.objects)
  if (malformed.length === 0) return estate
  const { grantPlaces, named } = await import('./grant-text.js')
  const places = await grantPlaces(estate)
  for (const { object, path, detail } of malformed.slice(0, MOST_TOLD)) {
    terminal.err(
      `warning: ${places.place(object, path)}: ${named(object)} counts for nothing, an API server refuses it: ${detail}\n`,
    )
  }
  const more = malformed.length - MOST_TOLD
  if (more > 0) terminal.err(`warning: ${more} more roles and bindings count for nothing for such reasons\n`)
  const refused = new Set(malformed.map(({ object }) => object))
  return { ...estate, objects: estate.objects.filter((object) => !refused.has(object)) }
}

const MOST_TOLD = 10

async function defaultObjects(wanted: string | undefined) {
  if (wanted === undefined) return []
  const { defaultAccessObjects, defaultVersions } = await import('../../access/index.js')
  const [version = '', ...rest] = wanted.split(',')
  const kubeadm = rest.length === 1 && rest[0] === 'kubeadm'
  const objects = rest.length === 0 || kubeadm ? defaultAccessObjects(version, kubeadm) : undefined
  if (objects !== undefined) return objects
  const known = defaultVersions().join(', ')
  throw new RampartError(
    'usage',
    `--with-defaults is a version and, after a comma, kubeadm; known are ${known}`,
  )
}

function minorOf(wanted = ''): number {
  return Number(wanted.split(',')[0]?.split('.')[1])
}

function emptyEstate(): Estate {
  return { objects: [], hosts: [], sources: [], problems: [], texts: { read: () => undefined } }
}

const told = new WeakMap<CommandContext, string>()

/** Which chain answers; once where a command reads two estates of the same chain. */
async function tellChain(chain: ChainConfig, context: CommandContext): Promise<void> {
  const { chainLine } = await import('./chain-text.js')
  const line = chainLine(chain)
  if (told.get(context) === line) return
  told.set(context, line)
  context.terminal.err(`note: ${line}\n`)
}

/** What could not be read may hold rights: an answer without it must say so. */
function tellUnread(estate: Estate, { terminal }: CommandContext): void {
  const errors = estate.problems.filter(({ level }) => level === 'error')
  if (errors.length === 0) return
  const first = errors[0]
  const line = first?.place.line === undefined ? '' : `:${first.place.line}`
  terminal.err(
    `warning: ${errors.length} inputs could not be read and are not in the answer, the first is ${first?.place.file ?? ''}${line}: ${first?.message ?? ''}\n`,
  )
}

function tellNamespaceless(estate: Estate, namespace: string, { terminal }: CommandContext): void {
  const homeless = estate.objects.filter(
    ({ ref }) =>
      ref.group === 'rbac.authorization.k8s.io' &&
      (ref.kind === 'Role' || ref.kind === 'RoleBinding') &&
      ref.namespace === '',
  ).length
  if (homeless === 0) return
  const objects = homeless === 1 ? '1 role or binding names' : `${homeless} roles and bindings name`
  terminal.err(`note: ${objects} no namespace and counts as one of ${namespace} (see --default-namespace)\n`)
}

/** `users: {alice: [dev, ops]}`: the groups that an identity provider gives. */
export async function readGroupsFile(
  file: string | undefined,
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (file === undefined) return new Map()
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    throw new RampartError('unreadable-input', `cannot read \`${file}\`: ${(error as Error).message}`, {
      cause: error,
    })
  }
  const { readYaml } = await import('../../text/index.js')
  const { asStrings, field, isObject } = await import('../../model/index.js')
  const read = readYaml(text)
  const users = field(read.value, 'users')
  if (
    !isObject(users) ||
    !Object.values(users).every(
      (groups) => Array.isArray(groups) && groups.every((group) => typeof group === 'string'),
    )
  ) {
    const problem = read.value === undefined ? read.problems[0]?.message : undefined
    throw new RampartError(
      'unreadable-input',
      `${file}: ${problem ?? 'it must hold `users:` with a list of groups for each name, as `users: {alice: [dev, ops]}`'}`,
    )
  }
  return new Map(Object.entries(users).map(([name, groups]) => [name, asStrings(groups)]))
}
