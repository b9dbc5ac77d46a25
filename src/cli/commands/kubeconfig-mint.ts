import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import type { Command } from 'commander'
import type { ApiClient } from '../../client/index.js'
import type { ClientConfig } from '../../kubeconfig/index.js'
import type { MintedCredential, MintRequest, MintSubject } from '../../mint/index.js'
import { RampartError } from '../../model/index.js'
import {
  addClusterOptions,
  connect,
  type ClusterOptions,
  type ImpersonationOptions,
} from '../cluster-options.js'
import type { CommandContext } from '../command-context.js'
import { collect } from '../inputs.js'
import { registerMintList, registerMintPrune } from './kubeconfig-mint-list.js'

interface MintOptions extends ClusterOptions, ImpersonationOptions {
  readonly person?: string
  readonly account?: string
  readonly forDashboard?: string
  readonly group?: string[]
  readonly can?: string[]
  readonly role?: string[]
  readonly for?: string
  readonly owner?: string
  readonly outputFile?: string
  readonly apply?: boolean
}

/** `rampart kubeconfig mint`: a kubeconfig with just the rights that are needed, for hours. */
export function registerKubeconfigMint(kubeconfig: Command, context: CommandContext): void {
  const mint = addClusterOptions(kubeconfig.command('mint'))
    .description('make a kubeconfig of least rights and short life, for a person or a service account')
    .option('--person <name>', 'for a person: a client certificate, whose key is made here')
    .option(
      '--account <namespace/name>',
      'for a service account: a token; the account is made where it is not there',
    )
    .option(
      '--for-dashboard <namespace/name>',
      'print a token of this service account, to log in to a dashboard',
    )
    .option('--group <group>', 'a group of the person (may be repeated)', collect)
    .option('--can <rights>', "what it may do: 'get,list pods -n shop' (may be repeated)", collect)
    .option('--role <namespace/name>', 'bind this role, which is there already (may be repeated)', collect)
    .option('--for <time>', 'how long it holds: 30m, 8h (for a dashboard: 1h)')
    .option('--owner <name>', 'who answers for it (default: you)')
    .option('--output-file <file>', 'where the kubeconfig goes; it must not be there yet')
    .option('--apply', 'make it; without, show what would be made')
    .addHelpText('after', HELP)
    .action(async (options: MintOptions) => {
      const client = await connect(options, context)
      try {
        if (options.forDashboard !== undefined)
          await dashboard(client, options.forDashboard, options, context)
        else await mintOne(client, options, context)
      } finally {
        client.close()
      }
    })
  registerMintList(mint, context)
  registerMintPrune(mint, context)
}

const HELP = `
Examples:
  rampart kubeconfig mint --person anna --can 'get,list pods,pods/log -n shop' --for 8h
  rampart kubeconfig mint --person anna --can 'get,list pods -n shop' --apply --output-file anna.kubeconfig
  rampart kubeconfig mint --account ci/deployer --role shop/deployer --for 1h --apply --output-file ci.kubeconfig
  rampart kubeconfig mint --for-dashboard kubernetes-dashboard/viewer
  rampart kubeconfig mint list
  rampart kubeconfig mint prune --apply`

async function dashboard(
  client: ApiClient,
  text: string,
  options: MintOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const { accountName, issueToken, judgeMint, lifeOf, readRbac } = await import('../../mint/index.js')
  const account = accountName(text)
  const { objects, unknown } = await readRbac(client)
  const judged = judgeMint({ kind: 'account', ...account }, objects, [], unknown)
  const { judgementText } = await import('../kubeconfig/mint-text.js')
  terminal.err(await judgementText(judged, 'Whoever holds this token may:'))
  const { token, expires } = await issueToken(client, account, lifeOf(options.for ?? '1h'))
  terminal.err(`It holds until ${expires.toISOString()}.\n`)
  terminal.out(`${token}\n`)
}

async function mintOne(client: ApiClient, options: MintOptions, { terminal }: CommandContext): Promise<void> {
  const { planMint, judgeMint, readRbac, applyMint } = await import('../../mint/index.js')
  const request = await requestOf(options)
  const { outputFile } = options
  if (options.apply === true && outputFile === undefined)
    throw new RampartError('usage', 'say where the kubeconfig goes: --output-file FILE')
  const { objects, unknown } = await readRbac(client)
  await requireRoles(client, request)
  const planned = planMint(request, await accountExists(client, request.subject))
  const made = planned.map(({ object }) => object)
  const judged = judgeMint(request.subject, objects, made, unknown)
  const { planText, judgementText } = await import('../kubeconfig/mint-text.js')
  terminal.out(await planText(request, made))
  terminal.out(await judgementText(judged, `${subjectName(request.subject)} will be able to:`))
  if (options.apply !== true || outputFile === undefined) {
    terminal.out('\nNothing was made: add --apply and --output-file FILE.\n')
    return
  }
  // Before anything is made: a file that is there is never written over.
  const file = await newFile(outputFile)
  const credential = await applyMint(client, request, planned, (issued) =>
    writeKubeconfig(file, client.config, request, issued),
  ).catch(async (error: unknown) => {
    const { rm } = await import('node:fs/promises')
    await rm(file, { force: true })
    throw error
  })
  terminal.out(`\nMade. ${outputFile} holds until ${credential.expires.toISOString()}.\n`)
}

async function requestOf(options: MintOptions): Promise<MintRequest> {
  const { personName, accountName, lifeOf, readGrant } = await import('../../mint/index.js')
  const { person, account, group = [] } = options
  if ((person === undefined) === (account === undefined))
    throw new RampartError('usage', 'say for whom, one of --person NAME and --account NAMESPACE/NAME')
  if (group.includes('system:masters'))
    throw new RampartError('usage', 'nobody gets into system:masters: no authorizer could deny it anything')
  if (account !== undefined && group.length > 0)
    throw new RampartError('usage', 'the groups of a service account are given by Kubernetes')
  return {
    subject:
      account === undefined
        ? { kind: 'person', name: personName(person ?? ''), groups: group }
        : { kind: 'account', ...accountName(account) },
    can: (options.can ?? []).map((text) => readGrant(text)),
    roles: (options.role ?? []).map(accountName),
    owner: options.owner ?? userInfo().username,
    life: lifeOf(options.for ?? '8h'),
    now: new Date(),
    id: randomBytes(4).toString('hex'),
  }
}

function subjectName(subject: MintSubject): string {
  return subject.kind === 'person' ? subject.name : `${subject.namespace}/${subject.name}`
}

async function accountExists(client: ApiClient, subject: MintSubject): Promise<boolean> {
  if (subject.kind === 'person') return false
  return exists(client, `/api/v1/namespaces/${subject.namespace}/serviceaccounts/${subject.name}`)
}

/** A binding to a role that is not there gives nothing, until somebody makes one of that name. */
async function requireRoles(client: ApiClient, { roles }: MintRequest): Promise<void> {
  for (const { namespace, name } of roles) {
    const path = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/roles/${name}`
    if (!(await exists(client, path)))
      throw new RampartError('usage', `there is no Role ${name} in namespace ${namespace}`)
  }
}

async function exists(client: ApiClient, path: string): Promise<boolean> {
  const { ApiError } = await import('../../client/index.js')
  try {
    await client.getJson(path)
    return true
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return false
    throw error
  }
}

async function newFile(file: string): Promise<string> {
  try {
    await writeFile(file, '', { flag: 'wx', mode: 0o600 })
    return file
  } catch (error) {
    throw new RampartError('usage', `cannot make ${file}: ${(error as Error).message}`, { cause: error })
  }
}

async function writeKubeconfig(
  file: string,
  config: ClientConfig,
  request: MintRequest,
  credential: MintedCredential,
): Promise<void> {
  const { mintedKubeconfig } = await import('../../mint/index.js')
  const { ca } = config
  const authority = ca === undefined ? undefined : ca.kind === 'data' ? ca.pem : readFileSync(ca.path, 'utf8')
  const namespace =
    request.can.find((grant) => grant.namespace !== '')?.namespace ?? request.roles[0]?.namespace ?? ''
  const user = subjectName(request.subject).replace('/', '-')
  const names = { cluster: new URL(config.server).hostname, user, namespace }
  await writeFile(file, mintedKubeconfig(config, authority, names, credential), { mode: 0o600 })
}
