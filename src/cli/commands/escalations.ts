import type { Command } from 'commander'
import type { ChainConfig, Escalation } from '../../access/index.js'
import { RampartError, type Estate } from '../../model/index.js'
import { visible, visibleJson } from '../../text/index.js'
import { addAccessInputs, readAccess, type AccessInputOptions } from '../access/access-inputs.js'
import { chainJson } from '../access/chain-text.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-code.js'
import { oneOf } from '../inputs.js'

interface EscalationsOptions extends AccessInputOptions {
  readonly all?: boolean
  readonly output: 'text' | 'json'
}

/** `rampart escalations`: who can turn the rights that it has into more. */
export function registerEscalations(program: Command, context: CommandContext): void {
  const command = program
    .command('escalations')
    .argument('[subject]', 'a user, a group, or a service account as NAMESPACE/NAME')
    .description('who can turn its rights into more: which technique, by which rules, in which scope')
    .option('--all', 'what Kubernetes itself needs too: default bindings, unchanged')
    .option('-o, --output <format>', 'text or json', oneOf(['text', 'json'] as const), 'text')
    .addHelpText('after', HELP)
  addAccessInputs(command)
  command.action(async (subject: string | undefined, options: EscalationsOptions) => {
    const { access, estate, chain } = await readAccess(options, context)
    const { findEscalations, sortEscalations } = await import('../../access/index.js')
    const { rbac } = access
    if (rbac === undefined)
      throw new RampartError('usage', 'the chain has no RBAC: there are no rules to look at')
    const all = findEscalations(rbac, access.index, {
      minor: access.minor,
      implied: subject !== undefined,
      stopped: true,
    })
    const { isDefaultGrant } = await import('../access/grant-text.js')
    const chosen = all
      .filter((each) => subject === undefined || isSubject(each, subject))
      .filter((each) => options.all === true || subject !== undefined || !each.grants.every(isDefaultGrant))
    if (subject !== undefined && chosen.length === 0) {
      context.terminal.err(`note: \`${subject}\` holds none, or no binding names it\n`)
    }
    context.terminal.out(await render(sortEscalations(chosen), estate, chain, options))
    const open = chosen.some(({ admission }) => admission !== 'stops it')
    context.setExit(open ? EXIT.findings : EXIT.ok)
  })
}

function isSubject({ subject }: Escalation, wanted: string): boolean {
  const { kind, name, namespace } = subject
  if (kind !== 'ServiceAccount') return name === wanted
  return `${namespace}/${name}` === wanted || `system:serviceaccount:${namespace}:${name}` === wanted
}

async function render(
  escalations: readonly Escalation[],
  estate: Estate,
  chain: ChainConfig,
  { output }: EscalationsOptions,
): Promise<string> {
  const { grantJson, grantLines, grantPlaces } = await import('../access/grant-text.js')
  const { describeHolder } = await import('../access/holder-text.js')
  const { ruleText } = await import('../access/rule-text.js')
  const { escalationMay } = await import('../../access/index.js')
  const places = await grantPlaces(estate)
  if (output === 'json') {
    const json = escalations.map(({ technique, grants, ...rest }) => ({
      ...rest,
      technique: technique.id,
      may: technique.may,
      leadsTo: technique.sink,
      grants: grants.map((grant) => grantJson(grant, places)),
    }))
    return visibleJson({ escalations: json, chain: chainJson(chain) })
  }
  if (escalations.length === 0) return 'no subject holds a technique of escalation\n'
  return escalations
    .map(({ subject, technique, namespace, severity, grants, names, admission }) => {
      const scope = namespace === '' ? 'in the whole cluster' : `in namespace ${namespace}`
      const blocked = admission === undefined ? '' : `\n  Pod Security admission: ${admission}`
      const lines = grants.flatMap((grant) => grantLines(grant, places, ruleText).map((line) => `  ${line}`))
      return `${severity}  ${describeHolder(subject)} may ${visible(escalationMay({ technique, names }))}, ${scope} (${technique.id})${blocked}\n${[...new Set(lines)].join('\n')}\n`
    })
    .join('\n')
}

const HELP = `
Exit codes: 0 none was found, 1 some were.

Examples:
  rampart escalations -f cluster.json
  rampart escalations ci/deployer -f rbac/
  rampart escalations system:masters --all -f cluster.json --with-defaults 1.36 -o json`
