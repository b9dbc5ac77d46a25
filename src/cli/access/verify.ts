import type { Command } from 'commander'
import type { Attributes, ChainDecision, Question, User } from '../../access/index.js'
import type { ReviewedAccess } from '../../client/index.js'
import { RampartError } from '../../model/index.js'
import { connectOnce, namesCluster, type ClusterOptions } from '../cluster-options.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-code.js'

/** `--verify`: the API server is asked the same questions. */
export interface VerifyOptions extends ClusterOptions {
  readonly verify?: boolean
}

/** One answer of the engine that the API server is to confirm. */
export interface OwnAnswer {
  readonly attributes: Attributes
  readonly verdict: ChainDecision['verdict']
  /** What is asked, for a difference that is shown. */
  readonly about: string
}

/** An answer with what the API server says to the same question. */
export interface VerifiedAnswer extends OwnAnswer {
  readonly server: ReviewedAccess
  /** Undefined where the engine did not know, so that there is nothing to compare. */
  readonly equal: boolean | undefined
}

const AT_ONCE = 8

/** Adds `--verify` to a command. */
export function addVerify(command: Command): Command {
  return command
    .optionsGroup('Cluster:')
    .option('--verify', 'ask the API server the same (SubjectAccessReview) and report every difference')
    .optionsGroup('Options:')
}

/** Refuses `--verify` without a cluster before anything is read. */
export function refuseVerify(options: VerifyOptions): void {
  if (options.verify !== true || namesCluster(options)) return
  throw new RampartError('usage', '--verify asks an API server: name one, as with --context NAME')
}

/** Asks the API server each question. Nothing is changed by that: a review only answers. */
export async function verifyAnswers(
  answers: readonly OwnAnswer[],
  options: VerifyOptions,
  context: CommandContext,
): Promise<VerifiedAnswer[]> {
  const client = await connectOnce(options, context, { impersonation: false })
  const { reviewAccess } = await import('../../client/index.js')
  const verified = new Map<OwnAnswer, VerifiedAnswer>()
  const next = answers.values()
  const worker = async (): Promise<void> => {
    for (const answer of next) {
      const server = await reviewAccess(client, answer.attributes)
      verified.set(answer, { ...answer, server, equal: isEqual(answer, server) })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return answers.flatMap((answer) => verified.get(answer) ?? [])
}

/** A denial and no opinion are both no; whether it is for good is told too. */
function isEqual({ verdict }: OwnAnswer, { allowed, denied }: ReviewedAccess): boolean | undefined {
  if (verdict === 'unknown') return undefined
  if (verdict === 'allow') return allowed
  return !allowed && (verdict === 'deny') === denied
}

/** Writes what came out to standard error, and makes the exit code 3 where the API server says something else. */
export function tellVerified(
  verified: readonly VerifiedAnswer[],
  { terminal, setExit }: CommandContext,
): void {
  const different = verified.filter(({ equal }) => equal === false)
  const open = verified.filter(({ equal }) => equal === undefined)
  for (const { about, verdict, server } of different) {
    const says = `the API server says ${serverWord(server)}${because(server)}`
    terminal.err(`DIFFERENT: ${about}: Rampart says ${verdict === 'allow' ? 'yes' : 'no'}, ${says}\n`)
  }
  for (const { about, server } of open) {
    terminal.err(`${about}: not known here; the API server says ${serverWord(server)}${because(server)}\n`)
  }
  const same = verified.length - different.length - open.length
  terminal.err(`verified: the API server gives the same answer to ${same} of ${verified.length}\n`)
  if (different.length > 0) setExit(EXIT.unreachable)
}

function serverWord({ allowed, denied }: ReviewedAccess): string {
  return allowed ? 'yes' : denied ? 'no, for good' : 'no'
}

function because({ reason, error }: ReviewedAccess): string {
  const parts = [reason, error ?? ''].filter((part) => part !== '')
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`
}

/** Asks about one decision; the name for it is the user and the question. */
export async function verifyDecision(
  user: User,
  question: Question,
  { verdict }: ChainDecision,
  options: VerifyOptions,
  context: CommandContext,
): Promise<void> {
  if (options.verify !== true) return
  const { askedBy, describeQuestion } = await import('../../access/index.js')
  const about = `${user.name}, ${describeQuestion(question)}`
  const answers = [{ attributes: askedBy(user, question), verdict, about }]
  tellVerified(await verifyAnswers(answers, options, context), context)
}
