import type { Command } from 'commander'
import type { Access, ChainConfig, User } from '../../access/index.js'
import type { Estate } from '../../model/index.js'
import { visible, visibleJson } from '../../text/index.js'
import { addAccessInputs, readAccess, type AccessInputOptions } from '../access/access-inputs.js'
import { addSubjectOptions, readSubject, type SubjectOptions } from '../access/asked.js'
import { chainJson } from '../access/chain-text.js'
import {
  addVerify,
  refuseVerify,
  tellVerified,
  verifyAnswers,
  type OwnAnswer,
  type VerifyOptions,
} from '../access/verify.js'
import type { NamedRights } from '../access/named-rights.js'
import type { CommandContext } from '../command-context.js'
import { collect, oneOf } from '../inputs.js'

interface MatrixOptions extends AccessInputOptions, SubjectOptions, VerifyOptions {
  readonly namespace: string
  readonly allNamespaces?: boolean
  readonly verbs: string
  readonly resource?: string[]
  readonly output: 'table' | 'csv' | 'json'
}

/** `rampart access-matrix`: which subject may do what with which resource, as one table. */
export function registerAccessMatrix(program: Command, context: CommandContext): void {
  const command = program
    .command('access-matrix')
    .argument('[path...]', 'manifests, folders, exports or snapshots')
    .description(
      'who may do what with which resource: of all subjects, or with --as of one on every resource',
    )
    .option('-n, --namespace <name>', 'namespace that is asked about', 'default')
    .option('-A, --all-namespaces', 'ask about the whole cluster')
    .option('--verbs <list>', 'verbs, with commas', 'get,list,watch,create,update,patch,delete')
    .option('--resource <type>', 'a column instead of the usual ones, as pods/log (may be repeated)', collect)
    .option('-o, --output <format>', 'table, csv or json', oneOf(['table', 'csv', 'json'] as const), 'table')
    .addHelpText('after', HELP)
  addVerify(addAccessInputs(addSubjectOptions(command)))
  command.action(async (paths: string[], options: MatrixOptions) => {
    refuseVerify(options)
    const { access, estate, chain } = await readAccess(options, context, paths)
    const asked: OwnAnswer[] = []
    const matrix =
      options.as === undefined
        ? await ofAllSubjects(access, estate, options, asked)
        : await ofOneSubject(access, estate, await readSubject(options, context), options, asked)
    if (matrix.note !== undefined) context.terminal.err(`note: ${matrix.note}\n`)
    context.terminal.out(await render(matrix, chain, options.output))
    if (options.verify === true) tellVerified(await verifyAnswers(asked, options, context), context)
  })
}

interface Matrix {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** What a cell means that does not say it. */
  readonly note?: string
}

const USUAL = [
  'secrets',
  'configmaps',
  'pods',
  'pods/exec',
  'deployments.apps',
  'serviceaccounts/token',
  'rolebindings.rbac.authorization.k8s.io',
  'clusterroles.rbac.authorization.k8s.io',
  'nodes/proxy',
]

/** One row a subject; in each cell the verbs that are allowed. */
async function ofAllSubjects(
  access: Access,
  estate: Estate,
  options: MatrixOptions,
  asked: OwnAnswer[],
): Promise<Matrix> {
  const { askedBy, resourceQuestion, userOfHolder } = await import('../../access/index.js')
  const { describeHolder } = await import('../access/holder-text.js')
  const columns = options.resource ?? USUAL
  const verbs = options.verbs.split(',')
  const { isDefaultGrant } = await import('../access/grant-text.js')
  const rows = new Map<string, string[][]>()
  /** Subjects that have anything from a binding which somebody made. */
  const own = new Set<string>()
  for (const [column, type] of columns.entries()) {
    const resource = await typed(type, estate, access)
    for (const verb of verbs) {
      const question = resourceQuestion({ verb, ...resource, namespace: namespaceOf(options) })
      for (const holder of access.whoCan(question).holders) {
        const key = describeHolder(holder)
        let row = rows.get(key)
        if (row === undefined) rows.set(key, (row = columns.map(() => [])))
        row[column]?.push(verb)
        const attributes = askedBy(userOfHolder(holder), question)
        asked.push({ attributes, verdict: 'allow', about: `${key}, ${verb} ${type}` })
        if (!holder.grants.every(isDefaultGrant)) own.add(key)
      }
    }
  }
  const cell = (allowed: readonly string[]): string =>
    allowed.length === 0 ? '-' : allowed.length === verbs.length ? 'all' : allowed.join(',')
  return {
    head: ['SUBJECT', ...columns.map((column) => column.toUpperCase())],
    // What Kubernetes and kubeadm give themselves stands apart, below.
    rows: [...rows]
      .sort(([a], [b]) => Number(own.has(b)) - Number(own.has(a)) || (a < b ? -1 : 1))
      .map(([subject, row]) => [own.has(subject) ? subject : `${subject} [default]`, ...row.map(cell)]),
  }
}

/** One row a resource that the subject may do anything with; one column a verb. */
async function ofOneSubject(
  access: Access,
  estate: Estate,
  user: User,
  options: MatrixOptions,
  asked: OwnAnswer[],
): Promise<Matrix> {
  const { askedBy, resourceQuestion } = await import('../../access/index.js')
  const { catalogueOf, indexObjects } = await import('../../kube/index.js')
  const verbs = options.verbs.split(',')
  const catalogue = catalogueOf(indexObjects(estate), access.minor)
  const types = catalogue.groups.flatMap(({ resources }) =>
    resources.flatMap(({ name, group, namespaced, subresources }) =>
      ['', ...subresources.map((each) => each.name)].map((subresource) => ({
        name,
        group,
        namespaced,
        subresource,
      })),
    ),
  )
  const { namedRights, namesCell } = await import('../access/named-rights.js')
  const namesOf = new Map<string, NamedRights>()
  for (const namespace of new Set(['', namespaceOf(options)])) {
    namesOf.set(namespace, await namedRights(access, user, namespace))
  }
  const wanted = options.resource
  const rows: string[][] = []
  for (const { name, group, namespaced, subresource } of types) {
    const label = `${name}${group === '' ? '' : `.${group}`}${subresource === '' ? '' : `/${subresource}`}`
    if (wanted !== undefined && !wanted.includes(label)) continue
    // A resource without namespaces is asked about as real requests do.
    const namespace = namespaced ? namespaceOf(options) : ''
    const cells: string[] = []
    for (const verb of verbs) {
      const question = resourceQuestion({ verb, resource: name, group, subresource, namespace })
      const attributes = askedBy(user, question)
      const { verdict } = await access.authorize(attributes)
      asked.push({ attributes, verdict, about: `${user.name}, ${verb} ${label}` })
      const names = verdict === 'noOpinion' ? (namesOf.get(namespace)?.(question) ?? []) : []
      cells.push(
        verdict === 'allow' ? 'yes' : verdict === 'unknown' ? '?' : names.length > 0 ? namesCell(names) : '-',
      )
    }
    if (wanted !== undefined || cells.some((cell) => cell !== '-')) rows.push([label, ...cells])
  }
  const limited = rows.some((row) => row.some((cell) => cell.startsWith('only ')))
  return {
    head: ['RESOURCE', ...verbs.map((verb) => verb.toUpperCase())],
    rows,
    ...(limited
      ? {
          note: '`only NAME` is a right to the named objects alone (list and watch: with a field selector on metadata.name)',
        }
      : {}),
  }
}

function namespaceOf({ allNamespaces, namespace }: MatrixOptions): string {
  return allNamespaces === true ? '' : namespace
}

async function typed(type: string, estate: Estate, access: Access) {
  const { catalogueOf, indexObjects, resolveResource } = await import('../../kube/index.js')
  const [name = '', subresource = ''] = type.split('/')
  const { resource, group } = resolveResource(name, catalogueOf(indexObjects(estate), access.minor))
  return { resource, group, subresource }
}

async function render(
  { head, rows }: Matrix,
  chain: ChainConfig,
  output: MatrixOptions['output'],
): Promise<string> {
  if (output === 'json') {
    const named = rows.map((row) =>
      Object.fromEntries(head.map((title, at) => [title.toLowerCase(), row[at] ?? ''])),
    )
    return visibleJson({ rows: named, chain: chainJson(chain) })
  }
  if (output === 'csv')
    return [head, ...rows].map((row) => `${row.map((cell) => csvCell(visible(cell))).join(',')}\r\n`).join('')
  const { kubectlColumns } = await import('../kubectl-columns.js')
  return kubectlColumns([head, ...rows].map((row) => row.map(visible)))
}

/** Quoted as RFC 4180 says; a cell that a spreadsheet would take for a formula begins with an apostrophe. */
function csvCell(text: string): string {
  const safe = /^[=+@\t\r]|^-./.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const HELP = `
Examples:
  rampart access-matrix cluster.json -n shop
  rampart access-matrix rbac/ --as alice -n shop
  rampart access-matrix cluster.json --resource secrets --resource pods/exec -o csv > access.csv`
