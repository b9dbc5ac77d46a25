import type { Command } from 'commander'
import type { ChainConfig, GrantCheck, RbacAuthorizer, Role } from '../../access/index.js'
import { RampartError, field, isObject } from '../../model/index.js'
import { visibleJson } from '../../text/index.js'
import { addAccessInputs, readAccess, type AccessInputOptions } from '../access/access-inputs.js'
import { addSubjectOptions, readSubject, type SubjectOptions } from '../access/asked.js'
import { chainJson } from '../access/chain-text.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-code.js'
import { oneOf } from '../inputs.js'

interface CanGrantOptions extends AccessInputOptions, SubjectOptions {
  readonly namespace: string
  readonly clusterWide?: boolean
  readonly output: 'text' | 'json'
}

/** `rampart rbac can-grant`: the API server's escalation check, for a role and who would write or bind it. */
export function registerCanGrant(rbac: Command, context: CommandContext): void {
  const command = rbac
    .command('can-grant')
    .argument('<role>', 'a role of the inputs: role/NAME or clusterrole/NAME')
    .description('may a subject bind a role, or write it: the escalation check of the API server')
    .option('-n, --namespace <name>', 'namespace of the role, and of the binding', 'default')
    .option('--cluster-wide', 'bound by a ClusterRoleBinding')
    .option('-o, --output <format>', 'text or json', oneOf(['text', 'json'] as const), 'text')
    .addHelpText('after', HELP)
  addAccessInputs(addSubjectOptions(command))
  command.action(async (text: string, options: CanGrantOptions) => {
    const user = await readSubject(options, context)
    const { access, chain } = await readAccess(options, context)
    if (access.rbac === undefined)
      throw new RampartError('usage', 'the chain has no RBAC: nothing is checked')
    const role = findRole(access.rbac, text, options.namespace)
    const { canBindRole, canWriteRole } = await import('../../access/index.js')
    const { ref, content } = role.object
    const bind = canBindRole(
      access.chain,
      access.rbac,
      user,
      role,
      options.clusterWide === true ? '' : options.namespace,
    )
    const write = canWriteRole(access.chain, access.rbac, user, {
      kind: ref.kind === 'Role' ? 'Role' : 'ClusterRole',
      name: ref.name,
      namespace: options.namespace,
      rules: role.rules.map(({ rule }) => rule),
      aggregated: isObject(field(content, 'aggregationRule')),
      exists: true,
    })
    context.terminal.out(render({ bind, write }, chain, options))
    context.setExit(bind.allowed ? EXIT.ok : EXIT.findings)
  })
}

function findRole(rbac: RbacAuthorizer, text: string, namespace: string): Role {
  const [kind = '', ...rest] = text.split('/')
  const name = rest.join('/')
  const wanted = { role: 'Role', clusterrole: 'ClusterRole' }[kind.toLowerCase()]
  if (wanted === undefined || name === '') {
    throw new RampartError('usage', `\`${text}\` is neither role/NAME nor clusterrole/NAME`)
  }
  const found = rbac.policy.roles.find(
    ({ object: { ref } }) =>
      ref.kind === wanted &&
      ref.name === name &&
      (wanted === 'ClusterRole' || (ref.namespace || 'default') === namespace),
  )
  if (found !== undefined) return found
  const where = wanted === 'Role' ? ` in namespace ${namespace}` : ''
  throw new RampartError(
    'no-input',
    `no ${wanted} ${name}${where} was read (--with-defaults 1.36 adds the default ones)`,
  )
}

function render(
  checks: { bind: GrantCheck; write: GrantCheck },
  chain: ChainConfig,
  { output }: CanGrantOptions,
): string {
  if (output === 'json') {
    const json = ({ allowed, because, missing, refusal }: GrantCheck) => ({
      allowed,
      because,
      missing,
      refusal,
    })
    return visibleJson({ bind: json(checks.bind), write: json(checks.write), chain: chainJson(chain) })
  }
  return Object.entries(checks)
    .map(([name, { allowed, because, refusal }]) => {
      const why = refusal === undefined ? '' : `\n  ${refusal.replaceAll('\n', '\n  ')}`
      return `${name}: ${allowed ? 'yes' : 'no'} - ${because}${why}\n`
    })
    .join('')
}

const HELP = `
To write an object the subject needs the right to create or update it too: ask can-i for that.
Exit codes: 0 it may be bound, 1 it may not.

Examples:
  rampart rbac can-grant clusterrole/edit -n shop --as alice -f rbac/ --with-defaults 1.36
  rampart rbac can-grant clusterrole/cluster-admin --cluster-wide --as system:serviceaccount:ci:deployer -f cluster.json`
