import { asList, asString, field, unknown, valueAt, type JsonValue } from '../../model/index.js'
import { jwtAuthenticatorsOf } from '../../effective/index.js'
import { defineCheck, type ComponentSubject, type Report } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverOidcUnprefixed = defineCheck({
  id: 'apiserver-oidc-unprefixed',
  title: 'An identity provider can name any user or group of the cluster',
  severity: 'high',
  because:
    'whoever may set a name or group there is administrator here; the provider has to be taken or misused first',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'Names and groups of the provider are taken as they are. A group `system:masters` there, or a user named as a component of the control plane, has those rights in the cluster.',
  references: [kubernetesDocs('reference/access-authn-authz/authentication/#openid-connect-tokens')],
  evaluate(apiserver, report) {
    judgeFlags(apiserver, report)
    const jwt = jwtAuthenticatorsOf(apiserver)
    if (!jwt.known) return report.unknown(jwt)
    for (const { value, origin } of jwt.value) {
      const issuer = asString(valueAt(value, ['issuer', 'url'])) ?? 'an issuer'
      for (const claim of ['groups', 'username'] as const) {
        const said = mappingOf(value, claim)
        const key = `jwt ${issuer} ${claim}`
        if (said === 'unprefixed') {
          report.fail(
            { origin, key, message: `${claim} of ${issuer} are taken as they are` },
            { message: `${claim} of ${issuer} are taken as they are`, fix: FIX },
          )
        }
        if (said === 'unclear') {
          const detail = `whether the expression for ${claim} of ${issuer} can give a name that begins with system: is not judged here`
          report.unknown(unknown('no-source', detail, origin))
        }
      }
    }
  },
  examples: {
    bad: apiserverWith([
      '--oidc-issuer-url=https://login.example',
      '--oidc-client-id=kubernetes',
      '--oidc-groups-claim=groups',
    ]),
    good: apiserverWith([
      '--oidc-issuer-url=https://login.example',
      '--oidc-client-id=kubernetes',
      '--oidc-groups-claim=groups',
      '--oidc-groups-prefix=oidc:',
    ]),
  },
})

const FIX = advice(
  'Give a prefix (`--oidc-groups-prefix=oidc:`, `--oidc-username-prefix=oidc:`; in a file `claimMappings.groups.prefix` and `claimMappings.username.prefix`), or a userValidationRule that refuses what begins with `system:`. Write the prefix into the bindings first.',
  { breaks: 'every binding that names users or groups of the provider without the prefix' },
)

/**
 * Without a prefix of its own a user name gets the issuer's address in front, but for the claim `email`; `-` takes the
 * prefix away. Source: kubernetes v1.36.3 pkg/kubeapiserver/options/authentication.go, ToAuthenticationConfig.
 */
function judgeFlags(apiserver: ComponentSubject, report: Report): void {
  const issuer = apiserver.string('oidc-issuer-url')
  if (!issuer.known) return
  if (issuer.value === '') return
  const groups = apiserver.string('oidc-groups-claim')
  if (groups.known && groups.value !== '') {
    judgeFlag(apiserver, report, 'oidc-groups-prefix', apiserver.string('oidc-groups-prefix'), (prefix) =>
      prefix === '' ? { message: `groups of ${issuer.value} are taken as they are`, fix: FIX } : undefined,
    )
  }
  judgeFlag(apiserver, report, 'oidc-username-prefix', apiserver.string('oidc-username-prefix'), (prefix) =>
    prefix === '-' ? { message: `user names of ${issuer.value} are taken as they are`, fix: FIX } : undefined,
  )
}

/** How an authenticator of the file makes names of one kind. */
function mappingOf(
  authenticator: JsonValue,
  claim: 'groups' | 'username',
): 'none' | 'prefixed' | 'unprefixed' | 'unclear' {
  const mapping = valueAt(authenticator, ['claimMappings', claim])
  const name = asString(field(mapping, 'claim')) ?? ''
  const expression = asString(field(mapping, 'expression')) ?? ''
  if (name === '' && expression === '') return 'none'
  // An address of e-mail cannot be a name of Kubernetes' own.
  if (claim === 'username' && (name === 'email' || /^claims\.email$/.test(expression))) return 'prefixed'
  if (isGuarded(authenticator, claim)) return 'prefixed'
  if (name !== '') return (asString(field(mapping, 'prefix')) ?? '') === '' ? 'unprefixed' : 'prefixed'
  if (/^\s*claims(?:\.\w+|\[['"][^'"\]]+['"]\])+\s*$/.test(expression)) return 'unprefixed'
  return /^\s*['"][^'"]+['"]\s*\+/.test(expression) ? 'prefixed' : 'unclear'
}

/** A rule over the user that speaks of such names and of `system:`. */
function isGuarded(authenticator: JsonValue, claim: 'groups' | 'username'): boolean {
  return asList(field(authenticator, 'userValidationRules')).some((rule) => {
    const expression = asString(field(rule, 'expression')) ?? ''
    return expression.includes(`user.${claim}`) && expression.includes('system:')
  })
}
