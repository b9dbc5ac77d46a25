import { readFileSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { RampartError, systemCode } from '../../model/index.js'
import type { KeyType } from '../../pki/index.js'
import type { ClientPlace } from '../../actions/docker-tls/index.js'
import { timeOption } from '../durations.js'
import { oneOf } from '../inputs.js'

/** What every command about Docker's certificates takes. */
export interface TlsOptions {
  readonly caDir?: string
  readonly caPassphrase?: string
  readonly configFile?: string
  readonly stateDir?: string
  readonly output: 'text' | 'json'
}

/** Those that make certificates. */
export interface MintOptions extends TlsOptions {
  readonly keyType: KeyType
  readonly caDays: number
  readonly serverDays: number
  readonly clientDays: number
  readonly restartCommand?: string
  readonly wait: number
  readonly apply?: boolean
}

/** Where a client's certificate goes. */
export interface PlaceOptions {
  readonly clientDir?: string
  readonly context?: string
}

export function addTlsOptions(command: Command): Command {
  return command
    .option('--ca-dir <dir>', "the authority's own folder (default: docker-tls in the state folder)")
    .option('--state-dir <dir>', 'where runs and backups are kept (default: /var/lib/rampart for root)')
    .option('-o, --output <format>', 'text or json', oneOf(['text', 'json'] as const), 'text')
}

export function addMintOptions(command: Command): Command {
  return addTlsOptions(command)
    .option(
      '--ca-passphrase <source>',
      "what encrypts the authority's key: file:PATH (its first line), env:NAME or prompt",
    )
    .option('--key-type <type>', 'ec (P-256) or rsa (3072 bits)', oneOf(['ec', 'rsa'] as const), 'ec')
    .addOption(daysOption('--client-days <days>', "how long clients' certificates live", 30))
    .option('--apply', 'do it; without, show what would be done')
}

export function addRestartOptions(command: Command): Command {
  return command
    .addOption(daysOption('--server-days <days>', "how long the server's certificate lives", 365))
    .option('--restart-command <command>', 'how dockerd is restarted here (default: by its systemd unit)')
    .addOption(timeOption('--wait <time>', 'how long dockerd may take until it answers', '60s'))
}

export function daysOption(flags: string, description: string, standard: number): Option {
  return new Option(flags, description).argParser(days).default(standard)
}

function days(text: string): number {
  const value = Number(text)
  if (!/^\d{1,5}$/.test(text) || value < 1 || value > 36_500)
    throw new InvalidArgumentError('It must be a number of days, 1 to 36500.')
  return value
}

export function addPlaceOptions(command: Command): Command {
  return command
    .option('--client-dir <dir>', 'the folder for ca.pem, cert.pem and key.pem (default: ~/.docker)')
    .option('--context <name>', 'make a docker context of this name instead of files')
}

/** The folder or context for a client's files; ~/.docker is where the client looks by itself. */
export async function clientPlace({ clientDir, context }: PlaceOptions): Promise<ClientPlace> {
  if (clientDir !== undefined && context !== undefined)
    throw new RampartError('usage', '--client-dir and --context exclude each other')
  const own = path.resolve(nonEmpty(process.env['DOCKER_CONFIG']) ?? path.join(homedir(), '.docker'))
  if (context === undefined) return { kind: 'folder', path: path.resolve(clientDir ?? own) }
  const { contextName } = await import('../../actions/docker-tls/index.js')
  return { kind: 'context', folder: own, name: contextName(context) }
}

/** Who asks: behind sudo the person, not root. */
export function ownName(): string {
  return nonEmpty(process.env['SUDO_USER']) ?? userInfo().username
}

/** The passphrase that `--ca-passphrase` leads to. It is never shown and never written. */
export async function readPassphrase(
  source: string | undefined,
  again: boolean,
): Promise<string | undefined> {
  if (source === undefined) return undefined
  const passphrase = source === 'prompt' ? await ask(again) : fromPlace(source)
  if (passphrase === '') throw new RampartError('usage', `--ca-passphrase ${source}: the passphrase is empty`)
  return passphrase
}

function fromPlace(source: string): string {
  const [, kind, where = ''] = /^(file|env):(.+)$/s.exec(source) ?? []
  if (kind === undefined)
    throw new RampartError(
      'usage',
      '--ca-passphrase takes file:PATH, env:NAME or prompt, never the passphrase itself',
    )
  if (kind === 'env') {
    const value = process.env[where]
    if (value === undefined)
      throw new RampartError('usage', `--ca-passphrase: the variable ${where} is not set`)
    return value
  }
  try {
    return readFileSync(where, 'utf8').split(/\r?\n/, 1)[0] ?? ''
  } catch (error) {
    throw new RampartError(
      'unreadable-input',
      `--ca-passphrase: ${where} cannot be read (${systemCode(error)})`,
      {
        cause: error,
      },
    )
  }
}

async function ask(again: boolean): Promise<string> {
  const { stdin, stderr } = process
  if (!stdin.isTTY)
    throw new RampartError('usage', '--ca-passphrase prompt needs a terminal: take file:PATH or env:NAME')
  const once = async (words: string): Promise<string> => {
    stderr.write(words)
    // Nothing of what is typed is shown.
    const reader = createInterface({ input: stdin, terminal: true })
    try {
      return await new Promise((resolve) => reader.question('', resolve))
    } finally {
      reader.close()
      stderr.write('\n')
    }
  }
  const first = await once("Passphrase of the authority's key: ")
  if (again && (await once('Once more: ')) !== first)
    throw new RampartError('usage', 'the two passphrases differ')
  return first
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}
