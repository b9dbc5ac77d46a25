import { asNumber, field, RampartError, type JsonValue } from '../../model/index.js'
import { goQuote } from '../../text/index.js'
import type { KubeconfigAuthProvider } from '../kubeconfig.js'

// Source: client-go v0.36.2 rest/plugin.go, GetAuthProvider; plugin/pkg/client/auth/{azure,gcp}.
const REMOVED: Readonly<Record<string, readonly [instead: string, page: string]>> = {
  gcp: [
    '"gke-gcloud-auth-plugin"',
    'https://cloud.google.com/blog/products/containers-kubernetes/kubectl-auth-changes-in-gke',
  ],
  azure: [
    'https://github.com/Azure/kubelogin',
    'https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins',
  ],
}

/**
 * The id token of the auth provider `oidc`, while it holds. client-go renews an expired one at the address that the file
 * names; nobody is contacted here, so that is an error that says what to do. The other providers are gone.
 * Source: client-go v0.36.2 plugin/pkg/client/auth/oidc/oidc.go, idTokenExpired.
 */
export function authProviderToken({ name, config }: KubeconfigAuthProvider, now: Date): string {
  const fail = (message: string): RampartError => new RampartError('unreadable-input', message)
  const removed = Object.hasOwn(REMOVED, name) ? REMOVED[name] : undefined
  if (removed !== undefined) {
    const [instead, page] = removed
    throw fail(
      `The ${name} auth plugin has been removed.\nPlease use the ${instead} kubectl/client-go credential plugin instead.\nSee ${page} for further details`,
    )
  }
  if (name !== 'oidc') throw fail(`no Auth Provider found for name ${goQuote(name)}`)
  const token = config?.get('id-token') ?? ''
  const renew = 'renew it with kubectl (any request does), or use an exec plug-in'
  if (token === '') throw fail(`the auth-provider \`oidc\` holds no id-token: ${renew}`)
  const expiry = asNumber(field(claimsOf(token), 'exp'))
  if (expiry === undefined) throw fail('the id-token of the auth-provider `oidc` cannot be read')
  // client-go renews ten seconds early, to allow for clocks that differ.
  if (expiry * 1000 <= now.getTime() + 10_000)
    throw fail(`the id-token of the auth-provider \`oidc\` has expired: ${renew}`)
  return token
}

function claimsOf(token: string): JsonValue | undefined {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as JsonValue
  } catch {
    return undefined
  }
}
