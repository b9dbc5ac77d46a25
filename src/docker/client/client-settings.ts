import { posix } from 'node:path'
import { asObject, asString, isObject, type JsonObject } from '../../model/index.js'
import type { ClientInput } from './client-input.js'

/** A setting that takes part in the choice of a daemon, and where it stands. */
export interface ClientSetting {
  /** `--host`, `DOCKER_HOST`, `currentContext` */
  readonly setting: string
  readonly value: string
  /** `the environment`, `/home/alice/.docker/config.json` */
  readonly where: string
}

/** A setting, and what it chooses. */
export interface Choice extends ClientSetting {
  readonly choice: 'context' | 'host' | 'tls'
}

export const LOCAL: Choice = {
  setting: 'nothing',
  value: '',
  where: 'no option, variable or context',
  choice: 'host',
}

/** All that is set, the strongest first. */
export function settingsOf(input: ClientInput, config: Config): Choice[] {
  const { options, environment, whereSet = () => 'the environment' } = input
  const found: Choice[] = []
  const add = (choice: Choice['choice'], setting: string, value: string | undefined, where: string): void => {
    if (value !== undefined && value !== '') found.push({ choice, setting, value, where })
  }
  add('context', '--context', options.context, COMMAND_LINE)
  for (const host of options.hosts ?? []) {
    found.push({ choice: 'host', setting: '--host', value: host, where: COMMAND_LINE })
  }
  add('host', 'DOCKER_HOST', environment['DOCKER_HOST'], whereSet('DOCKER_HOST'))
  add('context', 'DOCKER_CONTEXT', environment['DOCKER_CONTEXT'], whereSet('DOCKER_CONTEXT'))
  add('context', 'currentContext', config.currentContext, config.file)
  if (options.tlsverify !== undefined) add('tls', '--tlsverify', String(options.tlsverify), COMMAND_LINE)
  if (options.tls !== undefined) add('tls', '--tls', String(options.tls), COMMAND_LINE)
  for (const name of ['DOCKER_TLS_VERIFY', 'DOCKER_TLS', 'DOCKER_CERT_PATH'] as const) {
    add('tls', name, environment[name], whereSet(name))
  }
  return found
}

const COMMAND_LINE = 'the command line'

export interface Config {
  readonly file: string
  readonly folder: string
  readonly currentContext: string | undefined
  readonly fault?: string
}

/** The folder of --config, DOCKER_CONFIG, or ~/.docker. Source: docker/cli v28.2.2 cli/config/config.go, Dir. */
export function configOf({ options, environment, home, file }: ClientInput): Config {
  const named = [options.config, environment['DOCKER_CONFIG']].find((each) => (each ?? '') !== '')
  const folder = named ?? posix.join(home, '.docker')
  const path = posix.join(folder, 'config.json')
  const seen = file(path)
  const base = { file: path, folder, currentContext: undefined }
  if (seen.kind === 'absent') return base
  const content = seen.kind === 'file' ? parsed(seen.text ?? '') : undefined
  if (content === undefined) {
    return { ...base, fault: `\`${path}\` cannot be read as JSON: the client warns, and goes on without it` }
  }
  return { ...base, currentContext: asString(content['currentContext']) }
}

/** A mapping of JSON, or undefined. */
export function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? asObject(value) : undefined
  } catch {
    return undefined
  }
}
