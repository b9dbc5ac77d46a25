import type { Command } from 'commander'
import type { Question, User } from '../../access/index.js'
import { RampartError, type Estate } from '../../model/index.js'
import { collect } from '../inputs.js'
import { connectOnce, namesCluster, type ClusterOptions } from '../cluster-options.js'
import type { CommandContext } from '../command-context.js'
import { readGroupsFile } from './access-inputs.js'

/** Options of a question. */
export interface AskedOptions {
  readonly namespace: string
  readonly allNamespaces?: boolean
  readonly subresource?: string
}

/** Options that say who asks. */
export interface SubjectOptions {
  readonly as?: string
  readonly asGroup?: string[]
  readonly asUid?: string
  readonly groups?: string
  readonly withDefaults?: string
}

/** Adds the options of a question, as kubectl names them. */
export function addQuestionOptions(command: Command): Command {
  return command
    .option('-n, --namespace <name>', 'namespace that is asked about', 'default')
    .option('-A, --all-namespaces', 'ask about the whole cluster')
    .option('--subresource <name>', 'subresource, as log of pods')
}

/** Adds the options of a subject, as kubectl names them. */
export function addSubjectOptions(command: Command): Command {
  return command
    .option('--as <user>', 'who asks: a user name, as system:serviceaccount:shop:web')
    .option('--as-group <group>', 'a group of the user (may be repeated)', collect)
    .option('--as-uid <uid>', 'the uid of the user')
    .option('--groups <file>', 'the groups of users, from a file: `users: {alice: [dev, ops]}`')
}

/**
 * The user who asks, with the groups that the API server gives. Without `--as` it is the user that a running cluster takes
 * us for; files know no current user, so one must be named.
 */
export async function readSubject(
  options: SubjectOptions & ClusterOptions,
  context: CommandContext,
): Promise<User> {
  if (options.as === undefined) {
    if (options.asGroup === undefined && namesCluster(options)) return currentUser(options, context)
    throw new RampartError(
      'usage',
      options.asGroup === undefined
        ? 'who asks? Name a user with --as: a file has no current user'
        : '--as-group needs --as: the API server takes no groups without a user',
    )
  }
  const { kubeadmAdminGroups, subjectUser } = await import('../../access/index.js')
  // In a cluster of kubeadm the groups of its own administrators are known: their certificates hold them.
  const byKubeadm = options.withDefaults?.endsWith(',kubeadm') === true ? kubeadmAdminGroups(options.as) : []
  const own = [...((await readGroupsFile(options.groups)).get(options.as) ?? []), ...byKubeadm]
  const rest = options.asUid === undefined ? {} : { uid: options.asUid }
  if (options.asGroup !== undefined || own.length === 0) return subjectUser(options.as, options.asGroup, rest)
  const user = subjectUser(options.as, [], rest)
  return { ...user, groups: [...new Set([...user.groups, ...own])] }
}

async function currentUser(options: ClusterOptions, context: CommandContext): Promise<User> {
  const client = await connectOnce(options, context, { impersonation: false })
  const { ApiError, reviewSelf } = await import('../../client/index.js')
  try {
    const user = await reviewSelf(client)
    context.terminal.err(`note: the cluster takes us for ${user.name} (groups ${user.groups.join(', ')})\n`)
    return user
  } catch (error) {
    if (!(error instanceof ApiError) || error.status === 401) throw error
    const message = `who the cluster takes us for could not be asked (${error.message}): name a user with --as`
    throw new RampartError('not-allowed', message, { cause: error })
  }
}

/** What VERB TYPE [NAME] means to kubectl; what kubectl warns of, and what it does not, goes to standard error. */
export async function readQuestion(
  words: readonly string[],
  options: AskedOptions,
  estate: Estate,
  minor: number,
  { terminal }: CommandContext,
): Promise<Question> {
  const [verb, type, third, ...more] = words
  if (verb === undefined || type === undefined || more.length > 0) {
    throw new RampartError(
      'usage',
      'name a verb and a type, as `get pods`, `get pods/web-0` or `get /metrics`',
    )
  }
  const kube = await import('../../kube/index.js')
  const { resourceQuestion } = await import('../../access/index.js')
  const warn = (texts: readonly string[]): void => {
    for (const text of texts) terminal.err(`Warning: ${text.trimEnd()}\n`)
  }
  if (type.startsWith('/')) {
    if (options.subresource !== undefined) {
      throw new RampartError('usage', '--subresource can not be used with NonResourceURL')
    }
    if (third !== undefined) throw new RampartError('usage', 'a URL has no NAME')
    warn(kube.urlQuestionWarnings(verb))
    return { kind: 'nonResource', verb, path: type }
  }
  const slash = type.indexOf('/')
  const typed = slash < 0 ? type : type.slice(0, slash)
  const name = slash < 0 ? undefined : type.slice(slash + 1)
  if (name !== undefined && third !== undefined) {
    throw new RampartError('usage', `NAME is given twice: \`${name}\` and \`${third}\``)
  }
  const resolved = kube.resolveResource(typed, kube.catalogueOf(kube.indexObjects(estate), minor))
  warn(resolved.warnings)
  if (!resolved.known && resolved.candidates.length > 0) {
    terminal.err(`did you mean ${resolved.candidates.join(' or ')}?\n`)
  }
  warn(kube.resourceQuestionWarnings(verb, resolved, options.allNamespaces ?? false))
  if (name !== undefined && resolved.definition?.subresources.some((each) => each.name === name) === true) {
    terminal.err(
      `note: ${type} asks about an object named ${name}; for the subresource write --subresource ${name}\n`,
    )
  }
  return resourceQuestion({
    verb,
    resource: resolved.resource,
    group: resolved.group,
    namespace: options.allNamespaces === true ? '' : options.namespace,
    name: name ?? third ?? '',
    ...(options.subresource === undefined ? {} : { subresource: options.subresource }),
  })
}
