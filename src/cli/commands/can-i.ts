import type { Command } from 'commander'
import type { Access, ChainConfig, ChainDecision, Question, User } from '../../access/index.js'
import { RampartError, type Estate } from '../../model/index.js'
import { visibleJson } from '../../text/index.js'
import { addAccessInputs, readAccess, type AccessInputOptions } from '../access/access-inputs.js'
import {
  addQuestionOptions,
  addSubjectOptions,
  readQuestion,
  readSubject,
  type AskedOptions,
  type SubjectOptions,
} from '../access/asked.js'
import { chainJson } from '../access/chain-text.js'
import { openWhereUnread } from '../access/unread-rights.js'
import { addVerify, refuseVerify, verifyDecision, type VerifyOptions } from '../access/verify.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-code.js'
import { oneOf } from '../inputs.js'

interface CanIOptions extends AccessInputOptions, AskedOptions, SubjectOptions, VerifyOptions {
  readonly list?: boolean
  readonly quiet?: boolean
  /** False with --no-headers. */
  readonly headers: boolean
  readonly output: 'text' | 'json'
}

/** `rampart can-i`: kubectl auth can-i, for any subject, without a cluster, with the reason. */
export function registerCanI(program: Command, context: CommandContext): void {
  const command = program
    .command('can-i')
    .argument('[verb]', 'as get, list, create, delete')
    .argument('[type]', 'TYPE, TYPE/NAME, TYPE.VERSION.GROUP or /URL')
    .argument('[name]', 'name of one object')
    .description('may a subject do this, and what allows it')
    .option('--list', 'everything that the subject may do in the namespace')
    .option('-q, --quiet', 'only the exit code')
    .option('--no-headers', 'with --list: without the line of titles')
    .option('-o, --output <format>', 'text or json', oneOf(['text', 'json'] as const), 'text')
    .addHelpText('after', HELP)
  addVerify(addAccessInputs(addSubjectOptions(addQuestionOptions(command))))
  command.action(
    async (
      verb: string | undefined,
      type: string | undefined,
      name: string | undefined,
      options: CanIOptions,
    ) => {
      const words = [verb, type, name].filter((word) => word !== undefined)
      refuseContradictions(words, options)
      refuseVerify(options)
      const user = await readSubject(options, context)
      const { access, estate, chain } = await readAccess(options, context)
      if (options.list === true) return listRules(access, user, estate, chain, options, context)
      const question = await readQuestion(words, options, estate, access.minor, context)
      const { askedBy } = await import('../../access/index.js')
      const decision = openWhereUnread(await access.authorize(askedBy(user, question)), estate)
      if (options.quiet !== true) await print(decision, question, user, estate, chain, options, context)
      await tellScope(access, user, question, decision, estate, context)
      context.setExit(exitOf(decision))
      await verifyDecision(user, question, decision, options, context)
    },
  )
}

/** Source: kubernetes v1.36.2 kubectl pkg/cmd/auth/cani.go, Complete and Validate. */
function refuseContradictions(words: readonly string[], options: CanIOptions): void {
  if (options.list !== true) {
    if (!options.headers)
      throw new RampartError('usage', '--no-headers cannot be set without --list specified')
    return
  }
  if (words.length > 0) throw new RampartError('usage', 'list option must be specified with no arguments')
  if (options.quiet === true || options.allNamespaces === true || options.subresource !== undefined) {
    throw new RampartError(
      'usage',
      "list option can't be specified with neither quiet, all-namespaces nor subresource options",
    )
  }
}

/** 0 yes, 1 no, 3 unknown. */
export function exitOf({ verdict }: ChainDecision): number {
  if (verdict === 'allow') return EXIT.ok
  return verdict === 'unknown' ? EXIT.unreachable : EXIT.findings
}

async function print(
  decision: ChainDecision,
  question: Question,
  user: User,
  estate: Estate,
  chain: ChainConfig,
  options: CanIOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const { grantJson, grantLines, grantPlaces } = await import('../access/grant-text.js')
  const { outcomeLines, outcomesJson } = await import('../access/outcome-text.js')
  const places = await grantPlaces(estate)
  if (options.output === 'json') {
    const { verdict, reason, error, grant, steps, outcomes } = decision
    const answer = {
      answer: verdict === 'allow' ? 'yes' : verdict === 'unknown' ? 'unknown' : 'no',
      decision: verdict,
      reason,
      ...(error === undefined ? {} : { error }),
      subject: { user: user.name, groups: user.groups },
      question,
      ...(grant === undefined ? {} : { grant: grantJson(grant, places) }),
      steps,
      ...(outcomes === undefined ? {} : { outcomes: outcomesJson(outcomes, places) }),
      chain: chainJson(chain),
    }
    terminal.out(visibleJson(answer))
    return
  }
  terminal.out(`${answerLine(decision)}\n`)
  for (const line of outcomeLines(decision)) terminal.out(`  ${line}\n`)
  if (decision.grant === undefined) return
  const { ruleText } = await import('../access/rule-text.js')
  for (const line of grantLines(decision.grant, places, ruleText)) terminal.out(`  ${line}\n`)
}

/** The first line, as kubectl prints it: `yes`, or `no` with reason and error. */
export function answerLine({ verdict, reason, error, outcomes }: ChainDecision): string {
  if (verdict === 'allow') return 'yes'
  const ask = outcomes === undefined ? '--verify asks the API server' : 'ask it with --ask-webhooks'
  if (verdict === 'unknown') return `unknown - ${reason}; ${ask}`
  return ['no', ...[reason, error ?? ''].filter((text) => text !== '')].join(' - ')
}

/** kubectl asks about a type without namespaces in a namespace all the same; a real request has none. */
async function tellScope(
  access: Access,
  user: User,
  question: Question,
  decision: ChainDecision,
  estate: Estate,
  { terminal }: CommandContext,
): Promise<void> {
  if (question.kind !== 'resource' || question.namespace === '' || decision.verdict !== 'allow') return
  const { catalogueOf, indexObjects, resolveResource } = await import('../../kube/index.js')
  const type = question.group === '' ? question.resource : `${question.resource}.${question.group}`
  const { definition } = resolveResource(type, catalogueOf(indexObjects(estate), access.minor))
  if (definition?.namespaced !== false || question.resource === 'namespaces') return
  const { askedBy } = await import('../../access/index.js')
  const real = access.decide(askedBy(user, { ...question, namespace: '' }))
  if (real.verdict === 'allow' || real.verdict === 'unknown') return
  terminal.err(
    `note: ${question.resource} have no namespace: a request is refused, since a RoleBinding of ${question.namespace} does not reach them\n`,
  )
}

async function listRules(
  access: Access,
  user: User,
  estate: Estate,
  chain: ChainConfig,
  options: CanIOptions,
  { terminal, setExit }: CommandContext,
): Promise<void> {
  const { rules, incomplete, notes } = access.rulesFor(user, options.namespace)
  if (options.output === 'json') {
    const { grantJson, grantPlaces } = await import('../access/grant-text.js')
    const places = await grantPlaces(estate)
    const lines = rules.map(({ grants, ...rule }) => ({
      ...rule,
      grants: grants.map((grant) => grantJson(grant, places)),
    }))
    terminal.out(
      visibleJson({
        subject: { user: user.name, groups: user.groups },
        namespace: options.namespace,
        rules: lines,
        incomplete,
        chain: chainJson(chain),
      }),
    )
  } else {
    if (incomplete.length > 0) terminal.err(`Warning: the list may be incomplete: ${incomplete.join('; ')}\n`)
    for (const note of notes) terminal.err(`note: ${note}\n`)
    const { renderRules } = await import('../access/rules-table.js')
    terminal.out(renderRules(rules, options.headers))
  }
  setExit(EXIT.ok)
}

const HELP = `
On files a subject must be named; on a running cluster it is you without --as. Exit codes: 0 yes, 1 no, 2 usage, 3 unknown
or another answer of the API server (--verify).

Examples:
  rampart can-i list pods --as alice -f rbac/
  rampart can-i get pods/web-0 --subresource log -n shop --as alice --as-group dev -f cluster.json
  rampart can-i create deployments.apps --as system:serviceaccount:ci:deployer -n shop -f rbac/
  rampart can-i get /metrics --as prometheus -f rbac/ --with-defaults 1.36,kubeadm
  rampart can-i --list --as alice -n shop -f rbac/
  rampart can-i list secrets -A --as alice --context prod --verify`
