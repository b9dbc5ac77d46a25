import type { Command } from 'commander'
import type { ChainConfig, Explanation, Question, User } from '../../access/index.js'
import type { Estate } from '../../model/index.js'
import { visible, visibleJson } from '../../text/index.js'
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
import { oneOf } from '../inputs.js'
import { answerLine, exitOf } from './can-i.js'

interface ExplainOptions extends AccessInputOptions, AskedOptions, SubjectOptions, VerifyOptions {
  readonly output: 'text' | 'json'
}

/** `rampart explain-access`: why it is allowed, with every other grant, or why not, with what comes closest. */
export function registerExplainAccess(program: Command, context: CommandContext): void {
  const command = program
    .command('explain-access')
    .argument('<verb>', 'as get, list, create, delete')
    .argument('<type>', 'TYPE, TYPE/NAME, TYPE.VERSION.GROUP or /URL')
    .argument('[name]', 'name of one object')
    .description('why a subject may do this, or why not and what comes closest')
    .option('-o, --output <format>', 'text or json', oneOf(['text', 'json'] as const), 'text')
    .addHelpText('after', HELP)
  addVerify(addAccessInputs(addSubjectOptions(addQuestionOptions(command))))
  command.action(async (verb: string, type: string, name: string | undefined, options: ExplainOptions) => {
    refuseVerify(options)
    const user = await readSubject(options, context)
    const { access, estate, chain } = await readAccess(options, context)
    const words = [verb, type, ...(name === undefined ? [] : [name])]
    const question = await readQuestion(words, options, estate, access.minor, context)
    const { askedBy } = await import('../../access/index.js')
    const found = await access.explain(askedBy(user, question))
    const explanation = { ...found, decision: openWhereUnread(found.decision, estate) }
    const render = options.output === 'json' ? asJson : asText
    context.terminal.out(await render(explanation, question, user, estate, chain))
    context.setExit(exitOf(explanation.decision))
    await verifyDecision(user, question, explanation.decision, options, context)
  })
}

async function asText(
  explanation: Explanation,
  question: Question,
  user: User,
  estate: Estate,
): Promise<string> {
  const { describeQuestion } = await import('../../access/index.js')
  const { grantLines, grantPlaces, missLine } = await import('../access/grant-text.js')
  const { ruleText } = await import('../access/rule-text.js')
  const places = await grantPlaces(estate)
  const { decision, grants, misses } = explanation
  const { outcomeLines } = await import('../access/outcome-text.js')
  const lines = [
    `${user.name}${user.groups.length === 0 ? '' : ` (groups ${user.groups.join(', ')})`}: ${describeQuestion(question)}`,
    answerLine(decision),
    ...outcomeLines(decision).map((line) => `  ${line}`),
    '',
    'What each authorizer said:',
    ...decision.steps.map(({ authorizer, verdict, reason, error, note }) =>
      visible(
        `  ${authorizer}: ${VERDICTS[verdict]}${reason === '' ? '' : ` - ${reason}`}${error === undefined ? '' : ` (${error})`}${note === undefined ? '' : ` (${note})`}`,
      ),
    ),
  ]
  if (grants.length > 0) {
    lines.push(
      '',
      grants.length === 1
        ? 'What allows it:'
        : `What allows it (${grants.length} grants, any of them is enough):`,
    )
    for (const grant of grants) {
      const [first = '', ...rest] = grantLines(grant, places, ruleText)
      lines.push(`  - ${first}`, ...rest.map((line) => `    ${line}`))
    }
  }
  if (misses.length > 0) {
    lines.push(
      '',
      'What comes closest:',
      ...misses.map((miss) => `  - ${miss.kind}: ${missLine(miss, places)}`),
    )
  }
  if (decision.verdict === 'noOpinion' && misses.length === 0) {
    lines.push(
      '',
      'Nothing comes close: no binding of this subject or of a group like its own has such a rule.',
    )
  }
  return `${lines.join('\n')}\n`
}

const VERDICTS = { allow: 'allows', deny: 'denies', noOpinion: 'no opinion', unknown: 'not asked' } as const

async function asJson(
  explanation: Explanation,
  question: Question,
  user: User,
  estate: Estate,
  chain: ChainConfig,
): Promise<string> {
  const { outcomesJson } = await import('../access/outcome-text.js')
  const { grantJson, grantPlaces } = await import('../access/grant-text.js')
  const places = await grantPlaces(estate)
  const { decision, grants, misses } = explanation
  const { verdict, reason, error, steps, outcomes } = decision
  const json = {
    answer: verdict === 'allow' ? 'yes' : verdict === 'unknown' ? 'unknown' : 'no',
    decision: verdict,
    reason,
    ...(error === undefined ? {} : { error }),
    subject: { user: user.name, groups: user.groups },
    question,
    steps,
    ...(outcomes === undefined ? {} : { outcomes: outcomesJson(outcomes, places) }),
    chain: chainJson(chain),
    grants: grants.map((grant) => grantJson(grant, places)),
    misses: misses.map(({ kind, text, binding, grant }) => ({
      kind,
      text,
      binding: binding.ref,
      ...(grant === undefined ? {} : { grant: grantJson(grant, places) }),
    })),
  }
  return visibleJson(json)
}

const HELP = `
Exit codes: 0 yes, 1 no, 2 usage, 3 unknown.

Examples:
  rampart explain-access get pods --subresource log -n shop --as alice -f rbac/
  rampart explain-access list secrets -n prod --as system:serviceaccount:dev:web -f cluster.json
  rampart explain-access create deployments.apps -n shop --as bob --as-group devs -f rbac/ -o json`
