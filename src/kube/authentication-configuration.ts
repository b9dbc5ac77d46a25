import type { JsonObject } from '../model/index.js'

/** What kubelets and load balancers ask an API server without a credential. Conditions are whole paths. */
export const PROBE_PATHS: readonly string[] = ['/livez', '/readyz', '/healthz']

/** What `kubeadm join` reads with a bootstrap token before it has a credential. */
export const CLUSTER_INFO_PATH = '/api/v1/namespaces/kube-public/configmaps/cluster-info'

/** A token issuer as the `--oidc-` flags of the API server name one. */
export interface FlagIssuer {
  readonly url: string
  readonly audience: string
  /** The text of the file of --oidc-ca-file; the system's authorities where there is none. */
  readonly authority?: string
  readonly usernameClaim: string
  readonly usernamePrefix: string
  readonly groupsClaim?: string
  readonly groupsPrefix?: string
  readonly requiredClaims?: Readonly<Record<string, string>>
}

export interface AuthenticationChoice {
  /** The minor version of the API server. */
  readonly minor: number
  /** Nodes join with bootstrap tokens: what they read first stays open. */
  readonly joining: boolean
  readonly issuer?: FlagIssuer
}

/**
 * The newest apiVersion of AuthenticationConfiguration with limits for anonymous requests that a minor version reads.
 * Source: kubernetes v1.31.14 to v1.37.2 apiserver/pkg/features/kube_features.go (AnonymousAuthConfigurableEndpoints:
 * alpha in 1.31, beta in 1.32, stable in 1.34) and pkg/apis/apiserver/install (v1 since 1.34).
 */
export function authenticationVersion(minor: number): string | undefined {
  if (minor < 31) return undefined
  return `apiserver.config.k8s.io/${minor < 34 ? 'v1beta1' : 'v1'}`
}

/** The gate that has to be switched on for such limits, where the version has it off. */
export function anonymousLimitsGate(minor: number): string | undefined {
  return minor === 31 ? 'AnonymousAuthConfigurableEndpoints' : undefined
}

/** The section that serves requests without a credential at the paths of probes alone. */
export function limitedAnonymous(joining: boolean): JsonObject {
  return { enabled: true, conditions: pathsFor(joining).map((path) => ({ path })) }
}

function pathsFor(joining: boolean): string[] {
  return joining ? [...PROBE_PATHS, CLUSTER_INFO_PATH] : [...PROBE_PATHS]
}

/** The text of an AuthenticationConfiguration that limits anonymous requests; undefined for versions without such limits. */
export function authenticationConfiguration({
  minor,
  joining,
  issuer,
}: AuthenticationChoice): string | undefined {
  const version = authenticationVersion(minor)
  if (version === undefined) return undefined
  const lines = [
    '# Requests without a credential are served at these paths alone: probes of the kubelet and of load balancers carry none.',
    `apiVersion: ${version}`,
    'kind: AuthenticationConfiguration',
    'anonymous:',
    '  enabled: true',
    '  conditions:',
    ...pathsFor(joining).flatMap((path) => [
      ...(path === CLUSTER_INFO_PATH
        ? ['  # Nodes that join with a token read it; take it out when none do.']
        : []),
      `  - path: ${path}`,
    ]),
    ...(issuer === undefined ? [] : issuerLines(issuer)),
  ]
  return `${lines.join('\n')}\n`
}

/**
 * The issuer of the flags, which may not stand beside the file.
 * Source: kubernetes v1.36.3 pkg/kubeapiserver/options/authentication.go, ToAuthenticationConfig.
 */
function issuerLines(issuer: FlagIssuer): string[] {
  const { url, audience, authority, usernameClaim, usernamePrefix, groupsClaim, groupsPrefix } = issuer
  const required = Object.entries(issuer.requiredClaims ?? {})
  const text = JSON.stringify
  return [
    '# As the flags --oidc-... had it, which may not stand beside this file.',
    'jwt:',
    '- issuer:',
    `    url: ${text(url)}`,
    `    audiences: [${text(audience)}]`,
    ...(authority === undefined
      ? []
      : [
          '    certificateAuthority: |',
          ...authority
            .trim()
            .split(/\r?\n/)
            .map((line) => `      ${line}`),
        ]),
    ...(required.length === 0 ? [] : ['  claimValidationRules:']),
    ...required.map(([claim, value]) => `  - {claim: ${text(claim)}, requiredValue: ${text(value)}}`),
    '  claimMappings:',
    `    username: {claim: ${text(usernameClaim)}, prefix: ${text(usernamePrefix)}}`,
    ...(groupsClaim === undefined
      ? []
      : [`    groups: {claim: ${text(groupsClaim)}, prefix: ${text(groupsPrefix ?? '')}}`]),
  ]
}
