import type { Command } from 'commander'
import type { Access, ChainConfig, Grant, Holder, Question, WhoCan } from '../../access/index.js'
import type { Estate } from '../../model/index.js'
import { visibleJson } from '../../text/index.js'
import {
  addAccessInputs,
  readAccess,
  readGroupsFile,
  type AccessInputOptions,
} from '../access/access-inputs.js'
import { addQuestionOptions, readQuestion, type AskedOptions } from '../access/asked.js'
import { chainJson } from '../access/chain-text.js'
import { unreadRights } from '../access/unread-rights.js'
import { addVerify, refuseVerify, tellVerified, verifyAnswers, type VerifyOptions } from '../access/verify.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-code.js'
import { oneOf } from '../inputs.js'

interface WhoCanOptions extends AccessInputOptions, AskedOptions, VerifyOptions {
  readonly groups?: string
  readonly output: 'text' | 'json'
}

/** `rampart who-can`: every subject that may do something, and through what. */
export function registerWhoCan(program: Command, context: CommandContext): void {
  const command = program
    .command('who-can')
    .argument('<verb>', 'as get, list, create, delete')
    .argument('<type>', 'TYPE, TYPE/NAME, TYPE.VERSION.GROUP or /URL')
    .argument('[name]', 'name of one object')
    .description('every subject that may do this, and through which binding, role and rule')
    .option('--groups <file>', 'the members of groups, from a file: `users: {alice: [dev, ops]}`')
    .option('-o, --output <format>', 'text or json', oneOf(['text', 'json'] as const), 'text')
    .addHelpText('after', HELP)
  addVerify(addAccessInputs(addQuestionOptions(command)))
  command.action(async (verb: string, type: string, name: string | undefined, options: WhoCanOptions) => {
    refuseVerify(options)
    const { access, estate, chain } = await readAccess(options, context)
    const words = [verb, type, ...(name === undefined ? [] : [name])]
    const question = await readQuestion(words, options, estate, access.minor, context)
    const members = await readGroupsFile(options.groups)
    await print(access, question, estate, members, chain, options, context)
    context.setExit(EXIT.ok)
    if (options.verify === true) await verifyHolders(access, question, options, context)
  })
}

/** Each holder that is listed must be allowed: a group by somebody who is in it alone. */
async function verifyHolders(
  access: Access,
  question: Question,
  options: WhoCanOptions,
  context: CommandContext,
): Promise<void> {
  const { askedBy, describeQuestion, userOfHolder } = await import('../../access/index.js')
  const { describeHolder } = await import('../access/holder-text.js')
  const answers = access.whoCan(question).holders.map((holder) => ({
    attributes: askedBy(userOfHolder(holder), question),
    verdict: 'allow' as const,
    about: `${describeHolder(holder)}, ${describeQuestion(question)}`,
  }))
  tellVerified(await verifyAnswers(answers, options, context), context)
}

type Members = ReadonlyMap<string, readonly string[]>

async function print(
  access: Access,
  question: Question,
  estate: Estate,
  members: Members,
  chain: ChainConfig,
  { output }: WhoCanOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const { describeQuestion, impersonators } = await import('../../access/index.js')
  const found = access.whoCan(question)
  const answer = { ...found, unknown: [...found.unknown, ...unreadRights(estate)] }
  const acting = impersonators(access.chain, question, answer.holders, access.objects, {
    minor: access.minor,
  })
  const view = await holderView(estate, members)
  if (output === 'json') {
    const { unknown } = answer
    const json = {
      question,
      holders: answer.holders.map(view.json),
      impersonators: acting.map(view.json),
      unknown,
      chain: chainJson(chain),
    }
    terminal.out(visibleJson(json))
    return
  }
  terminal.out(`${describeQuestion(question)}: ${count(answer)}\n`)
  const byDefault = answer.holders.filter(view.byDefault)
  for (const holder of answer.holders.filter((each) => !byDefault.includes(each))) {
    terminal.out(`\n${view.text(holder)}`)
  }
  if (byDefault.length > 0) terminal.out('\nBy what Kubernetes and kubeadm give themselves:\n')
  for (const holder of byDefault) terminal.out(`\n${view.text(holder)}`)
  if (acting.length > 0) {
    terminal.out('\nWho may act as one of them (impersonate):\n')
    for (const holder of acting) terminal.out(`\n${view.text(holder)}`)
  }
  for (const text of answer.unknown) terminal.out(`\nnot known: ${text}\n`)
}

function count({ holders }: WhoCan): string {
  return holders.length === 1 ? '1 subject' : `${holders.length} subjects`
}

async function holderView(estate: Estate, members: Members) {
  const { grantJson, grantLines, grantPlaces, isDefaultGrant } = await import('../access/grant-text.js')
  const { describeHolder } = await import('../access/holder-text.js')
  const { ruleText } = await import('../access/rule-text.js')
  const places = await grantPlaces(estate)
  const membersOf = ({ kind, name }: Holder): string[] =>
    kind === 'Group' ? [...members].filter(([, groups]) => groups.includes(name)).map(([user]) => user) : []
  const grantText = (grant: Grant): string => {
    const [first = '', ...rest] = grantLines(grant, places, ruleText)
    return [`  ${first}`, ...rest.map((line) => `    ${line}`)].join('\n')
  }
  return {
    byDefault: ({ grants }: Holder): boolean => grants.every(isDefaultGrant),
    text: (holder: Holder): string => {
      const users = membersOf(holder)
      const listed = users.length === 0 ? '' : `  members: ${users.join(', ')}\n`
      return `${describeHolder(holder)}\n${listed}${holder.grants.map(grantText).join('\n')}\n`
    },
    json: (holder: Holder) => {
      const { kind, name, namespace, alsoInGroup, grants } = holder
      const users = membersOf(holder)
      return {
        kind,
        ...(namespace === '' ? {} : { namespace }),
        name,
        ...(alsoInGroup === undefined ? {} : { alsoInGroup }),
        ...(users.length === 0 ? {} : { members: users }),
        grants: grants.map((grant) => grantJson(grant, places)),
      }
    },
  }
}

const HELP = `
Examples:
  rampart who-can get secrets -n shop -f cluster.json
  rampart who-can create pods/exec -n shop -f rbac/ --with-defaults 1.36,kubeadm
  rampart who-can get pods --subresource log -A -f rbac/
  rampart who-can list secrets -n shop -f rbac/ --groups groups.yaml -o json`
