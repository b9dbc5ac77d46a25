import type { ChainConfig, ChainParts } from '../../access/index.js'
import { RampartError } from '../../model/index.js'
import { refuse } from './chain-errors.js'

/** The policy file of a chain with ABAC. `read` gives its text; a line that cannot be read ends the command. */
export async function policyParts(
  config: ChainConfig,
  read: (file: string) => string,
  flag: string,
): Promise<ChainParts> {
  if (!config.authorizers.some(({ type }) => type === 'ABAC')) return {}
  const { abacPolicyFile: file } = config
  if (file === undefined) {
    throw new RampartError(
      'usage',
      `the chain has an authorizer of type ABAC: name its policy file with ${flag}`,
    )
  }
  const text = read(file)
  const { readPolicyFile } = await import('../../access/index.js')
  refuse(readPolicyFile(text, file).errors, `the policy file \`${file}\``)
  return { policy: { text, file } }
}
