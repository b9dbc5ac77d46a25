import { createHash } from 'node:crypto'
import { execFile } from 'node:child_process'
import { homedir } from 'node:os'
import { promisify } from 'node:util'
import type { Command } from 'commander'
import type { ClientAnswer, ClientOptions } from '../../docker/index.js'
import type { CommandContext } from '../command-context.js'
import { clientText } from '../docker/client-text.js'
import { EXIT } from '../exit-code.js'
import { collect, oneOf } from '../inputs.js'

interface Options {
  readonly host?: string[]
  readonly context?: string
  readonly config?: string
  readonly tls?: boolean
  readonly tlsverify?: string | boolean
  readonly tlscacert?: string
  readonly tlscert?: string
  readonly tlskey?: string
  readonly clientVersion?: string
  readonly output: 'text' | 'json'
}

/** `rampart docker client`: which daemon Docker's command line would talk to, and how. */
export function registerDockerClient(docker: Command, context: CommandContext): void {
  docker
    .command('client')
    .description(
      'which daemon docker would talk to from here, by which setting, encrypted or not, verified or not; contacts nothing',
    )
    .option('-H, --host <host>', 'as docker --host (may be repeated)', collect)
    .option('-c, --context <name>', 'as docker --context')
    .option('--config <dir>', 'as docker --config')
    .option('--tls', 'as docker --tls')
    .option('--tlsverify [value]', 'as docker --tlsverify; false is --tlsverify=false')
    .option('--tlscacert <file>', 'as docker --tlscacert')
    .option('--tlscert <file>', 'as docker --tlscert')
    .option('--tlskey <file>', 'as docker --tlskey')
    .option('--client-version <version>', 'the version of docker (default: what `docker --version` says)')
    .option('-o, --output <format>', 'text or json', oneOf(['text', 'json'] as const), 'text')
    .addHelpText('after', HELP)
    .action(async (options: Options) => {
      const { resolveClient } = await import('../../docker/index.js')
      const { clientFile } = await import('../../sources/index.js')
      const version = options.clientVersion ?? (await installedVersion())
      const answer = resolveClient({
        options: clientOptions(options),
        environment: process.env,
        home: homedir(),
        file: clientFile,
        sha256: (text) => createHash('sha256').update(text).digest('hex'),
        now: Math.floor(Date.now() / 1000),
        ...(version === undefined ? {} : { version }),
      })
      context.terminal.out(
        options.output === 'json'
          ? (await import('../docker/client-json.js')).clientJson(answer, version)
          : clientText(answer, version),
      )
      if (!isSafe(answer)) context.setExit(EXIT.findings)
    })
}

function clientOptions(options: Options): ClientOptions {
  const { host, context, config, tls, tlsverify, tlscacert, tlscert, tlskey } = options
  return {
    ...(host === undefined ? {} : { hosts: host }),
    ...(context === undefined ? {} : { context }),
    ...(config === undefined ? {} : { config }),
    ...(tls === undefined ? {} : { tls }),
    ...(tlsverify === undefined
      ? {}
      : { tlsverify: tlsverify === true || /^(?:1|t|true)$/i.test(String(tlsverify)) }),
    ...(tlscacert === undefined ? {} : { tlscacert }),
    ...(tlscert === undefined ? {} : { tlscert }),
    ...(tlskey === undefined ? {} : { tlskey }),
  }
}

/** `docker --version` reads no configuration and contacts nothing. */
async function installedVersion(): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('docker', ['--version'], { timeout: 5000 })
    return /version (\S+?),/.exec(stdout)?.[1]
  } catch {
    return undefined
  }
}

/** Whether the connection can be trusted with what is sent over it. */
function isSafe({ refusal, protection, server }: ClientAnswer): boolean {
  if (refusal !== undefined) return false
  return protection === 'local' || protection === 'ssh' || (protection === 'tls' && server.verified === 'yes')
}

const HELP = `
Reads what docker itself reads before it sends anything: its options (give them here as you would to docker), the
variables of this shell, config.json, contexts and certificates. Nothing is contacted.

Examples:
  rampart docker client
  DOCKER_TLS=1 rampart docker client -H tcp://10.0.0.5:2376
  rampart docker client --context build-1 -o json

Exit codes: 0 the way to the daemon is safe, 1 it is not, or docker would end with an error.`
