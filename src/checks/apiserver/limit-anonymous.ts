import {
  asList,
  asString,
  isObject,
  type Edit,
  type Fix,
  type JsonValue,
  type Setting,
} from '../../model/index.js'
import {
  anonymousLimitsGate,
  authenticationConfiguration,
  authenticationVersion,
  CLUSTER_INFO_PATH,
  limitedAnonymous,
  type FlagIssuer,
} from '../../kube/index.js'
import { minorOf, type StartChange } from '../../effective/index.js'
import type { ComponentSubject } from '../define-check.js'
import { advice } from '../precondition.js'

const BREAKS =
  'whoever asks /version, /metrics or /api without a credential; kubeadm join with a token, while the path of cluster-info is not among the conditions'
const NEVER =
  'Never `--anonymous-auth=false` where probes carry no credential: the kubelet would kill the API server in a loop.'
const OIDC = /^oidc-/

/**
 * The change that serves requests without a credential at the paths of probes alone: in the AuthenticationConfiguration
 * that the API server reads, or in a new one that it is given. `joining`: nodes join with bootstrap tokens.
 */
export function limitAnonymous(apiserver: ComponentSubject, joining: boolean): Fix {
  const minor = minorOf(apiserver.version)
  if (minor === undefined) return byHand('its version is not known here')
  if (authenticationVersion(minor) === undefined)
    return byHand(`Kubernetes 1.${minor} cannot limit them: that came with 1.31`)
  const given = apiserver.string('authentication-config')
  if (!given.known) return byHand('whether it reads a configuration already is not known here')
  const gates = withGate(apiserver, minor)
  const change =
    given.value === '' ? newFile(apiserver, minor, joining) : ownFile(apiserver, given.value, joining)
  if (typeof change === 'string') return byHand(change)
  const unset = [...(isGiven(apiserver, 'anonymous-auth') ? ['anonymous-auth'] : []), ...(change.unset ?? [])]
  const fix = apiserver.changeStart?.({ ...change, unset, set: gates }, wordsOf(apiserver, change, joining))
  if (fix === undefined) return byHand('its start was not seen')
  return { ...fix, breaks: breaksOf(change) }
}

function wordsOf(apiserver: ComponentSubject, change: StartChange, joining: boolean): string {
  const join = joining
    ? 'Nodes join with tokens, so the path of cluster-info is among them; take it out when `kubeadm token list` is empty.'
    : `While nodes join with a token, \`${CLUSTER_INFO_PATH}\` has to be among them: ${tokenWords(apiserver)}.`
  const moved =
    change.unset !== undefined && change.unset.length > 0
      ? ' The `--oidc-` flags may not stand beside the file: their issuer moves into it.'
      : ''
  const flag = isGiven(apiserver, 'anonymous-auth')
    ? ' `--anonymous-auth` may not stand beside it either and is taken out.'
    : ''
  return `Serve requests without a credential at /livez, /readyz and /healthz alone, with an AuthenticationConfiguration. ${join}${moved}${flag} ${NEVER}`
}

/** Every valid token leaves a signature in cluster-info; without that object nobody can tell. */
function tokenWords({ index }: ComponentSubject): string {
  return index.get('', 'ConfigMap', 'kube-public', 'cluster-info') === undefined
    ? 'whether a token is valid now was not seen (`kubeadm token list` tells)'
    : 'no token is valid now'
}

function breaksOf({ unset = [] }: StartChange): string {
  const algorithms =
    unset.length > 0
      ? '; in a file every signing algorithm of the issuer is taken, `--oidc-signing-algs` has no counterpart'
      : ''
  return `${BREAKS}${algorithms}`
}

function byHand(why: string): Fix {
  return advice(
    `Write an AuthenticationConfiguration (apiserver.config.k8s.io/v1; v1beta1 before 1.34) with \`anonymous: {enabled: true, conditions: [{path: /livez}, {path: /readyz}, {path: /healthz}]}\` to a file that is mounted into the pod, give it with \`--authentication-config\`, and take \`--anonymous-auth\` out. Needs Kubernetes 1.32, or 1.31 with the gate AnonymousAuthConfigurableEndpoints. ${NEVER} Not as an edit: ${why}.`,
    { breaks: BREAKS },
  )
}

/**
 * `--feature-gates` with the gate that 1.31 has off; nothing where it is not needed. Gates stand in lists by component
 * there, those without a name under the empty one.
 */
function withGate(apiserver: ComponentSubject, minor: number): Record<string, JsonValue> {
  const gate = anonymousLimitsGate(minor)
  if (gate === undefined) return {}
  const now = apiserver.setting('feature-gates')
  const others = now.known && isObject(now.value) ? Object.entries(now.value) : []
  const words = others.flatMap(([component, list]) =>
    asList(list).map((word) => `${component === '' ? '' : `${component}:`}${asString(word) ?? ''}`),
  )
  const isOn = words.some((word) => new RegExp(`(?:^|:)${gate}=true$`).test(word))
  if (isOn) return {}
  const kept = words.filter((word) => !new RegExp(`(?:^|:)${gate}=`).test(word))
  return { 'feature-gates': [...kept, `${gate}=true`].join(',') }
}

function newFile(apiserver: ComponentSubject, minor: number, joining: boolean): StartChange | string {
  const oidc = apiserver.config.settings
    .filter(({ setting, source }) => OIDC.test(setting) && source.kind === 'flag')
    .map(({ setting }) => setting)
  const issuer = oidc.length === 0 ? undefined : issuerOf(apiserver)
  if (typeof issuer === 'string') return issuer
  const text = authenticationConfiguration({ minor, joining, ...(issuer === undefined ? {} : { issuer }) })
  if (text === undefined) return 'this version cannot limit them'
  return { files: [{ flag: 'authentication-config', name: 'authentication.yaml', text }], unset: oidc }
}

/**
 * The issuer of the flags as a file has it. Without a prefix of its own a user name gets the issuer's address in front,
 * but for the claim `email`; `-` takes the prefix away.
 * Source: kubernetes v1.36.3 pkg/kubeapiserver/options/authentication.go, ToAuthenticationConfig.
 */
function issuerOf(apiserver: ComponentSubject): FlagIssuer | string {
  const text = (name: string): string => {
    const fact = apiserver.string(`oidc-${name}`)
    return fact.known ? fact.value : ''
  }
  const [url, audience, ca, groupsClaim] = ['issuer-url', 'client-id', 'ca-file', 'groups-claim'].map(text)
  if (!url || !audience) return 'the `--oidc-` flags name no issuer and client'
  const authority = ca === undefined || ca === '' ? undefined : apiserver.file?.(ca)?.text
  if (ca !== '' && authority === undefined)
    return `the \`--oidc-\` flags have to move into the file, and \`${ca ?? ''}\` of \`--oidc-ca-file\` was not read`
  if (authority?.includes('PRIVATE KEY') === true) return `\`${ca ?? ''}\` of \`--oidc-ca-file\` holds a key`
  const usernameClaim = text('username-claim') || 'sub'
  const prefix = text('username-prefix')
  const claims = apiserver.setting('oidc-required-claim')
  return {
    url,
    audience,
    ...(authority === undefined ? {} : { authority }),
    usernameClaim,
    usernamePrefix: prefix === '-' ? '' : prefix || (usernameClaim === 'email' ? '' : `${url}#`),
    ...(groupsClaim ? { groupsClaim, groupsPrefix: text('groups-prefix') } : {}),
    ...(claims.known && isObject(claims.value)
      ? {
          requiredClaims: Object.fromEntries(
            Object.entries(claims.value).map(([name, value]) => [name, asString(value) ?? '']),
          ),
        }
      : {}),
  }
}

function ownFile(apiserver: ComponentSubject, path: string, joining: boolean): StartChange | string {
  const file = apiserver.file?.(path)
  if (file?.text === undefined) return `\`${path}\` was not read`
  const now = settingOf(apiserver, 'anonymous-auth')
  const wanted = limitedAnonymous(joining)
  const edit: Omit<Edit, 'host'> =
    now?.source.kind === 'file' && now.value === true
      ? { file: file.path, op: 'set', path: ['anonymous', 'conditions'], value: wanted.conditions ?? [] }
      : { file: file.path, op: 'set', path: ['anonymous'], value: wanted }
  return { edits: [edit] }
}

function isGiven(apiserver: ComponentSubject, name: string): boolean {
  const setting = settingOf(apiserver, name)
  const sources = [setting?.source, ...(setting?.overridden ?? []).map(({ source }) => source)]
  return sources.some((source) => source?.kind === 'flag')
}

function settingOf(apiserver: ComponentSubject, name: string): Setting | undefined {
  return apiserver.config.settings.find((each) => each.setting === name)
}
