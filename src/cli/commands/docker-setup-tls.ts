import { hostname, networkInterfaces } from 'node:os'
import path from 'node:path'
import type { Command } from 'commander'
import type { CommandContext } from '../command-context.js'
import { carryOut, settleKilledRun } from '../docker/carry-out.js'
import {
  addMintOptions,
  addPlaceOptions,
  addRestartOptions,
  clientPlace,
  daysOption,
  ownName,
  readPassphrase,
  type MintOptions,
  type PlaceOptions,
} from '../docker/tls-options.js'
import { collect } from '../inputs.js'

interface SetupOptions extends MintOptions, PlaceOptions {
  readonly address?: string[]
  readonly name?: string[]
  readonly client?: string
  readonly certDir: string
  readonly allowPublic?: boolean
}

/** `rampart docker setup-tls`: an authority, certificates, daemon.json, unit and client, with a way back. */
export function registerDockerSetupTls(docker: Command, context: CommandContext): void {
  addRestartOptions(addPlaceOptions(addMintOptions(docker.command('setup-tls'))))
    .description(
      'make dockerd ask every client for a certificate: certificates, configuration, restart, probes',
    )
    .option(
      '--address <ip[:port]>',
      'where dockerd listens (may be repeated; default: where it does over TCP, with 2376 for 2375)',
      collect,
    )
    .option('--name <name>', 'a further name or address that clients use (may be repeated)', collect)
    .option('--client <name>', 'who the first client certificate is for (default: you)')
    .option('--cert-dir <dir>', 'the folder that dockerd reads its certificates from', '/etc/docker/tls')
    .option('--config-file <file>', 'daemon.json of the daemon', '/etc/docker/daemon.json')
    .addOption(daysOption('--ca-days <days>', 'how long the authority lives', 1825))
    .option('--allow-public', 'listen on public addresses, too')
    .addHelpText('after', HELP)
    .action(async (options: SetupOptions) => {
      const tls = await import('../../actions/docker-tls/index.js')
      const { stateFolder } = await import('../../actions/journal/index.js')
      const state = stateFolder(options.stateDir)
      const apply = options.apply === true
      if (!(await settleKilledRun({ state, apply, withinMs: options.wait }, context))) return
      const authorityFolder = path.resolve(options.caDir ?? path.join(state, 'docker-tls'))
      const inventory = tls.readInventory(authorityFolder)
      const plan = tls.planSetup(
        {
          seen: await tls.readDaemon({
            configFile: path.resolve(options.configFile ?? ''),
            ownRestart: options.restartCommand !== undefined,
          }),
          inventory,
          authorityFolder,
          ownerOf: tls.ownerOf(inventory, authorityFolder),
          lives: { authority: options.caDays, server: options.serverDays, client: options.clientDays },
          keyType: options.keyType,
          now: new Date(),
        },
        {
          listen: (options.address ?? []).map(tls.parseListen),
          names: options.name ?? [],
          allowPublic: options.allowPublic === true,
          certFolder: path.resolve(options.certDir),
          client: { name: tls.clientName(options.client ?? ownName()), place: await clientPlace(options) },
          ...(options.restartCommand === undefined ? {} : { restartCommand: options.restartCommand }),
          hostname: hostname(),
          hostAddresses: ownAddresses(),
          encryptKey: options.caPassphrase !== undefined,
        },
      )
      const passphrase = apply ? await readPassphrase(options.caPassphrase, true) : undefined
      await carryOut(
        {
          plan,
          inventory,
          state,
          output: options.output,
          apply,
          withinMs: options.wait,
          ...(passphrase === undefined ? {} : { passphrase }),
        },
        context,
      )
    })
}

/** The addresses of this host that others can reach; those of one link need a zone and are no names. */
function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80'))
    .map(({ address }) => address)
}

const HELP = `
Without --apply nothing is changed: certificates, files with their modes, the differences of daemon.json and of the
unit's drop-in are shown. With it they are written, dockerd is restarted and asked by six probes; when it does not come
up, or an answer is not as it should be, everything is put back and the old daemon runs again.

Examples:
  rampart docker setup-tls --address 10.0.0.5
  rampart docker setup-tls --address 10.0.0.5 --name build-1.example --client alice --context build-1 --apply
  rampart docker setup-tls --address 10.0.0.5 --ca-passphrase prompt --ca-dir /media/stick/docker-ca --apply

Exit codes: 0 done (or shown), 2 or 3 refused before anything was changed, 4 failed and put back, 5 failed and not put back.`
