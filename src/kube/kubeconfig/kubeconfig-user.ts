import { asList, asString, field, valueAt, type JsonValue } from '../../model/index.js'
import { docValue, readGoDocument } from '../../text/index.js'

/** The credential that a kubeconfig's current context uses. Keys and tokens are never read. */
export interface KubeconfigUser {
  readonly name: string
  /** PEM text, decoded from `client-certificate-data`. */
  readonly certificate?: string
  /** Path of `client-certificate`, as written. */
  readonly certificateFile?: string
  readonly hasToken: boolean
  readonly hasExec: boolean
}

/**
 * The user of the current context of one kubeconfig file, or undefined when the text is no kubeconfig or names none.
 * Source: client-go v0.36.2 tools/clientcmd/client_config.go, getAuthInfo.
 */
export function kubeconfigUser(text: string): KubeconfigUser | undefined {
  const root = readGoDocument(text).root
  if (root === undefined) return undefined
  const config = docValue(root)
  const context = named(config, 'contexts', asString(field(config, 'current-context')))
  const name = asString(valueAt(context, ['context', 'user']))
  const user = field(named(config, 'users', name), 'user')
  if (name === undefined || user === undefined) return undefined
  const data = asString(field(user, 'client-certificate-data'))
  const file = asString(field(user, 'client-certificate'))
  return {
    name,
    ...(data === undefined ? {} : { certificate: Buffer.from(data, 'base64').toString('utf8') }),
    ...(file === undefined ? {} : { certificateFile: file }),
    hasToken: field(user, 'token') !== undefined || field(user, 'tokenFile') !== undefined,
    hasExec: field(user, 'exec') !== undefined,
  }
}

function named(config: JsonValue, list: string, name: string | undefined): JsonValue | undefined {
  return asList(field(config, list)).find((item) => name !== undefined && field(item, 'name') === name)
}
