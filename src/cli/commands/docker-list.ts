import path from 'node:path'
import { InvalidArgumentError, type Command } from 'commander'
import type { Inventory, MintedCertificate } from '../../actions/docker-tls/index.js'
import { RampartError } from '../../model/index.js'
import type { CommandContext } from '../command-context.js'
import { addTlsOptions, type TlsOptions } from '../docker/tls-options.js'
import { EXIT } from '../exit-code.js'
import { table } from '../table.js'

interface ListOptions extends TlsOptions {
  readonly all?: boolean
  readonly expiring?: number
}

/** `rampart docker list`: what was made, for whom, until when. */
export function registerDockerList(docker: Command, context: CommandContext): void {
  addTlsOptions(docker.command('list'))
    .description('the certificates that were made for dockerd and its clients, and until when they hold')
    .option('--all', 'those that were replaced or revoked, too')
    .option('--expiring <days>', 'exit code 1 when one in use ends within so many days (30d)', days)
    .addHelpText('after', '\nExamples:\n  rampart docker list\n  rampart docker list --expiring 30d -o json')
    .action(async (options: ListOptions) => {
      const { AUTHORITY_FILES, readInventory } = await import('../../actions/docker-tls/index.js')
      const { stateFolder } = await import('../../actions/journal/index.js')
      const folder = path.resolve(options.caDir ?? path.join(stateFolder(options.stateDir), 'docker-tls'))
      const inventory = readInventory(folder)
      if (inventory === undefined)
        throw new RampartError(
          'no-input',
          `${path.join(folder, AUTHORITY_FILES.inventory)} is not there: \`rampart docker setup-tls\` makes certificates, and --ca-dir names their folder where it is elsewhere`,
        )
      const now = Date.now()
      const rows = inventory.minted.filter(({ state }) => options.all === true || state === 'current')
      context.terminal.out(
        options.output === 'json'
          ? `${JSON.stringify({ ...inventory, minted: rows.map((each) => ({ ...each, daysLeft: daysLeft(each.notAfter, now) })) }, null, 2)}\n`
          : listText(inventory, rows, now),
      )
      if (options.expiring !== undefined && endsSoon(inventory, options.expiring, now))
        context.setExit(EXIT.findings)
    })
}

function listText({ authority, daemon }: Inventory, rows: readonly MintedCertificate[], now: number): string {
  const head = [
    `Daemon:    ${daemon.configFile}, ${daemon.endpoints.map(({ address, port }) => `tcp://${address.includes(':') ? `[${address}]` : address}:${port}`).join(', ')}`,
    `Authority: ${authority.name}, ${until(authority.notAfter, now)}${authority.keyEncrypted ? ', its key encrypted' : ''}`,
  ]
  const body = table(
    ['NAME', 'USE', 'SERIAL', 'EXPIRES', 'STATE', 'WHERE'],
    rows.map((each) => [
      each.name,
      each.use,
      each.serial,
      until(each.notAfter, now),
      each.state,
      placeOf(each, daemon.certFolder),
    ]),
  )
  return `${head.join('\n')}\n\n${body}`
}

function placeOf({ place }: MintedCertificate, certFolder: string): string {
  if (place === undefined) return certFolder
  return place.kind === 'folder' ? place.path : `context ${place.name} (${place.folder})`
}

function until(notAfter: string, now: number): string {
  const left = daysLeft(notAfter, now)
  const words = left < 0 ? 'ended' : left === 0 ? 'ends within a day' : `${left} day${left === 1 ? '' : 's'}`
  return `${notAfter.slice(0, 10)} (${words})`
}

function daysLeft(notAfter: string, now: number): number {
  return Math.floor((Date.parse(notAfter) - now) / 86_400_000)
}

function endsSoon({ authority, minted }: Inventory, within: number, now: number): boolean {
  const inUse = minted.filter(({ state }) => state === 'current').map(({ notAfter }) => notAfter)
  return [authority.notAfter, ...inUse].some((notAfter) => daysLeft(notAfter, now) < within)
}

function days(text: string): number {
  const found = /^(\d{1,5})d?$/.exec(text)
  if (found === null) throw new InvalidArgumentError('It must be a number of days, as 30d.')
  return Number(found[1])
}
