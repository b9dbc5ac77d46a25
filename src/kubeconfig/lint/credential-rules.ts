import { asNumber, asString, field, type JsonValue } from '../../model/index.js'
import { day } from './certificate-rules.js'
import type { LintEntry, LintFile } from './lint-file.js'
import type { KubeconfigUser } from '../kubeconfig.js'

/** A token that holds longer is worth stealing. */
const SHORT = 24 * 60 * 60 * 1000

type Say = (
  rule: string,
  level: 'error' | 'warning' | 'hint',
  key: string,
  message: string,
  fix: string,
) => void

/** Credentials in the file, and whom they are used to be. */
export function lintCredentials(file: LintFile): void {
  for (const user of file.users) {
    const say: Say = (rule, level, key, message, fix) =>
      file.report({ rule, level, subject: `user ${user.name}`, message, fix }, [...user.path, key])
    const { token, tokenFile, username, password, impersonate, authProvider } = user.entry
    if (token !== '') lintToken(token, file.world.now, say)
    if (token !== '' && tokenFile !== '')
      say(
        'token-and-file',
        'warning',
        'token',
        'the token counts only until tokenFile is read',
        'keep one of them',
      )
    if (username !== '' || password !== '')
      say(
        'basic-credential',
        'error',
        password === '' ? 'username' : 'password',
        'a password that does not end stands in the file, and API servers since 1.19 take none',
        'use a client certificate, a token or a plug-in',
      )
    if ((username !== '' || password !== '') && token !== '')
      say(
        'two-credentials',
        'error',
        'token',
        'token and password are both set: kubectl refuses that',
        'keep one of them',
      )
    if (authProvider !== undefined) lintAuthProvider(authProvider.name, say)
    if (impersonate !== '') lintImpersonation(user, say)
    else if (
      user.entry.impersonateUid !== '' ||
      user.entry.impersonateGroups.length > 0 ||
      user.entry.impersonateUserExtra.size > 0
    )
      say(
        'impersonation',
        'error',
        'as-groups',
        'a uid, groups or extra without `as`: kubectl refuses that',
        'set `as`',
      )
  }
}

function lintImpersonation({ entry }: LintEntry<KubeconfigUser>, say: Say): void {
  const groups = entry.impersonateGroups.length === 0 ? '' : ` in ${entry.impersonateGroups.join(', ')}`
  const masters = entry.impersonateGroups.includes('system:masters')
  say(
    'impersonation',
    masters ? 'error' : 'warning',
    'as',
    `every request is made as \`${entry.impersonate}\`${groups}`,
    'use --as where it is wanted',
  )
}

function lintAuthProvider(name: string, say: Say): void {
  if (name === 'oidc')
    say(
      'long-lived-credential',
      'warning',
      'auth-provider',
      'the auth-provider keeps a refresh token in this file',
      'use an exec plug-in that keeps it elsewhere',
    )
  else
    say(
      'removed-auth-provider',
      'error',
      'auth-provider',
      `the auth-provider \`${name}\` is gone from kubectl; other clients may still run the program that it names`,
      'use an exec plug-in',
    )
}

function lintToken(token: string, now: Date, say: Say): void {
  const claims = claimsOf(token)
  const long = (what: string): void =>
    say(
      'long-lived-credential',
      'error',
      'token',
      `${what}: whoever has the file has the access, until somebody takes it away`,
      'use a short-lived token (rampart kubeconfig mint), a tokenFile or a plug-in',
    )
  if (claims === undefined) return long('a token that does not tell when it ends stands in the file')
  const who = asString(field(claims, 'sub'))
  const whose = who === undefined ? 'a token' : `the token of \`${who}\``
  const end = asNumber(field(claims, 'exp'))
  if (end === undefined) return long(`${whose} never ends`)
  const expiry = new Date(end * 1000)
  if (expiry <= now)
    say('expired-token', 'warning', 'token', `${whose} expired on ${day(expiry)}`, 'get a new one')
  else if (expiry.getTime() - now.getTime() > SHORT) long(`${whose} holds until ${day(expiry)}`)
}

/** What a JSON web token says of itself; nobody has to believe it. */
function claimsOf(token: string): JsonValue | undefined {
  const parts = token.split('.')
  if (parts.length !== 3) return undefined
  try {
    const claims = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8')) as JsonValue
    return typeof claims === 'object' ? claims : undefined
  } catch {
    return undefined
  }
}
