import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { ChainConfig, ChainParts, FileState } from '../../access/index.js'
import { RampartError } from '../../model/index.js'
import { refuse } from './chain-errors.js'
import type { ChosenChain } from './chain-options.js'
import { policyParts } from './policy-parts.js'

/** The chain of the flags that the user gives, checked as the API server checks its own; files are of this machine. */
export async function chainOfWords(words: readonly string[], ask: boolean): Promise<ChosenChain> {
  const access = await import('../../access/index.js')
  const { given, errors } = access.parseAuthorizationFlags(words)
  refuse(errors, 'these flags')
  const file = access.configFileOf(given)
  const policyFile = access.policyFileOf(given)
  const config = file === '' ? await fromFlags(given, words) : await fromFile(given, file, policyFile, ask)
  const parts: ChainParts = {
    ...(await policyParts(config, readText, '`--authorization-policy-file`')),
    ...(ask ? { askers: await askersOf(config) } : {}),
  }
  return { specs: access.specsOfChain(config, parts), config }
}

type Given = ReturnType<typeof import('../../access/index.js').parseAuthorizationFlags>['given']

async function fromFlags(given: Given, words: readonly string[]): Promise<ChainConfig> {
  const { chainOfFlags } = await import('../../access/index.js')
  const read = chainOfFlags(given, words.join(' '))
  refuse(read.errors, 'these flags')
  return read.config as ChainConfig
}

async function fromFile(given: Given, file: string, policyFile: string, ask: boolean): Promise<ChainConfig> {
  const { configFileErrors, readAuthorizationConfiguration } = await import('../../access/index.js')
  refuse(configFileErrors(given), 'these flags')
  // Without --ask-webhooks the kubeconfig files may well be those of another machine: nobody looks for them.
  const read = readAuthorizationConfiguration(readText(file), file, ask ? { stateOf } : {})
  refuse(read.errors, `\`${file}\``)
  const config = read.config as ChainConfig
  return policyFile === '' ? config : { ...config, abacPolicyFile: policyFile }
}

function stateOf(file: string): FileState {
  try {
    return statSync(file).isFile() ? 'regular' : 'notRegular'
  } catch {
    return 'absent'
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new RampartError('unreadable-input', `cannot read \`${file}\`: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

async function askersOf(config: ChainConfig) {
  const { webhookAskers } = await import('./webhook-askers.js')
  return webhookAskers(config, (file) => path.resolve(file))
}
