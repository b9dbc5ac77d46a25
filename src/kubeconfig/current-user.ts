import { readKubeconfig } from './decode/read-kubeconfig.js'

/** The credential that a kubeconfig's current context uses. Keys and tokens are never given out. */
export interface CurrentUser {
  readonly name: string
  /** PEM text of `client-certificate-data`. */
  readonly certificate?: string
  /** Path of `client-certificate`, as written. */
  readonly certificateFile?: string
  readonly hasToken: boolean
  readonly hasExec: boolean
}

/** A redacted text whose values can be decoded again. */
export function withoutRedactions(text: string): string {
  return text.replace(REDACTED, ANY_BASE64)
}

/** What reading a host puts in the place of a secret. In YAML it is a list; here it has to be any text in base64. */
const REDACTED = /\[redacted\]/g
const ANY_BASE64 = 'cmVkYWN0ZWQ='

/**
 * The user of the current context of one kubeconfig file, or undefined when the text is no kubeconfig or names none. The
 * text may be redacted.
 */
export function currentUser(text: string): CurrentUser | undefined {
  const { config } = readKubeconfig(withoutRedactions(text))
  const name = config?.contexts.get(config.currentContext)?.user
  const user = name === undefined ? undefined : config?.users.get(name)
  if (name === undefined || user === undefined) return undefined
  const { clientCertificate: file, clientCertificateData: data } = user
  return {
    name,
    ...(data.length === 0 ? {} : { certificate: data.toString('utf8') }),
    ...(file === '' ? {} : { certificateFile: file }),
    hasToken: user.token !== '' || user.tokenFile !== '',
    hasExec: user.exec !== undefined,
  }
}
