import { hostname } from 'node:os'
import path from 'node:path'
import type { Command } from 'commander'
import type { DockerTlsPlan, Inventory, PlanContext } from '../../actions/docker-tls/index.js'
import type { CommandContext } from '../command-context.js'
import { carryOut, settleKilledRun } from '../docker/carry-out.js'
import {
  addMintOptions,
  addPlaceOptions,
  addRestartOptions,
  clientPlace,
  daysOption,
  readPassphrase,
  type MintOptions,
  type PlaceOptions,
} from '../docker/tls-options.js'
import { collect } from '../inputs.js'

interface RotateOptions extends MintOptions {
  readonly client?: string[]
  readonly name?: string[]
}

/** `rampart docker rotate`: renews the server's certificate, or those of clients. */
export function registerDockerRotate(docker: Command, context: CommandContext): void {
  addRestartOptions(addMintOptions(docker.command('rotate')))
    .description(
      "renew dockerd's certificate (which restarts it), or with --client those of clients (which does not)",
    )
    .option('--client <name>', 'renew the certificate of this client where it is (may be repeated)', collect)
    .option(
      '--name <name>',
      "a further name or address for the server's certificate (may be repeated)",
      collect,
    )
    .addHelpText(
      'after',
      '\nExamples:\n  rampart docker rotate --apply\n  rampart docker rotate --client alice --client ci --apply',
    )
    .action(async (options: RotateOptions) => {
      await withInventory(options, context, (tls, plan) =>
        tls.planRotate(plan, {
          clients: options.client ?? [],
          names: options.name ?? [],
          ...restartOf(options),
        }),
      )
    })
}

interface AddClientOptions extends MintOptions, PlaceOptions {
  readonly host?: string
}

/** `rampart docker add-client NAME`: a certificate for one more person. */
export function registerDockerAddClient(docker: Command, context: CommandContext): void {
  addPlaceOptions(addMintOptions(docker.command('add-client').argument('<name>', 'who it is for')))
    .description('make a client certificate of short life for one more person; dockerd goes on')
    .option('--host <name>', "by what the context calls the daemon (default: the daemon's first address)")
    .addHelpText(
      'after',
      '\nExamples:\n  rampart docker add-client bob --client-dir ./for-bob --apply\n  rampart docker add-client ci --client-days 7 --context build-1 --apply',
    )
    .action(async (name: string, options: AddClientOptions) => {
      const place = await clientPlace(options)
      await withInventory({ ...options, wait: 0, serverDays: 1 }, context, (tls, plan) =>
        tls.planAddClient(plan, {
          name: tls.clientName(name),
          place,
          ...(options.host === undefined ? {} : { host: tls.alternativeName(options.host).value }),
        }),
      )
    })
}

interface RevokeOptions extends MintOptions {
  readonly caDays: number
}

/** `rampart docker revoke NAME`: a new authority, and new certificates for everybody else. */
export function registerDockerRevoke(docker: Command, context: CommandContext): void {
  addRestartOptions(addMintOptions(docker.command('revoke').argument('<name...>', 'whose access ends')))
    .description(
      'end the access of a client: dockerd knows no revocation, so a new authority and new certificates',
    )
    .addOption(daysOption('--ca-days <days>', 'how long the new authority lives', 1825))
    .addHelpText('after', '\nExamples:\n  rampart docker revoke bob\n  rampart docker revoke bob --apply')
    .action(async (names: string[], options: RevokeOptions) => {
      await withInventory(options, context, (tls, plan) =>
        tls.planRevoke(plan, {
          names,
          hostname: hostname(),
          encryptKey: tls.keyIsEncrypted(plan.authorityFolder) || options.caPassphrase !== undefined,
          ...restartOf(options),
        }),
      )
    })
}

type Tls = typeof import('../../actions/docker-tls/index.js')

function restartOf({ restartCommand }: MintOptions): { readonly restartCommand?: string } {
  return restartCommand === undefined ? {} : { restartCommand }
}

/** Plans on what `setup-tls` left, and carries the plan out by the authority that it made. */
async function withInventory(
  options: MintOptions & { readonly caDays?: number },
  context: CommandContext,
  planOf: (tls: Tls, plan: PlanContext) => DockerTlsPlan,
): Promise<void> {
  const tls = await import('../../actions/docker-tls/index.js')
  const { stateFolder } = await import('../../actions/journal/index.js')
  const state = stateFolder(options.stateDir)
  const apply = options.apply === true
  if (!(await settleKilledRun({ state, apply, withinMs: options.wait }, context))) return
  const authorityFolder = path.resolve(options.caDir ?? path.join(state, 'docker-tls'))
  const inventory: Inventory | undefined = tls.readInventory(authorityFolder)
  const plan = planOf(tls, {
    seen: await tls.readDaemon({
      ...(inventory === undefined ? {} : { configFile: inventory.daemon.configFile }),
      ownRestart: inventory?.daemon.restart.kind === 'command',
    }),
    inventory,
    authorityFolder,
    ownerOf: tls.ownerOf(inventory, authorityFolder),
    lives: { authority: options.caDays ?? 1, server: options.serverDays, client: options.clientDays },
    keyType: options.keyType,
    now: new Date(),
  })
  const passphrase = apply ? await readPassphrase(options.caPassphrase, false) : undefined
  const authority = apply ? tls.readAuthority(authorityFolder, passphrase) : undefined
  await carryOut(
    {
      plan,
      inventory,
      state,
      output: options.output,
      apply,
      withinMs: options.wait,
      ...(authority === undefined ? {} : { authority }),
      ...(passphrase === undefined ? {} : { passphrase }),
    },
    context,
  )
}
