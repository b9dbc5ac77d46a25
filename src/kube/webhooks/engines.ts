import { coversPods, type AdmissionWebhook } from './webhooks.js'

/** A program that decides about requests by policies. */
export interface PolicyEngine {
  readonly name: string
  /** Its authors publish it so that requests pass while it is down. */
  readonly ignoresByDefault?: boolean
  /** It can refuse images without a signature. */
  readonly verifiesImages?: boolean
}

interface Signature extends PolicyEngine {
  /** Of the webhook's name, or of its service as `namespace/name`. */
  readonly form: RegExp
}

/** Sources: the manifests and charts that each project publishes. */
const ENGINES: readonly Signature[] = [
  {
    name: 'Gatekeeper',
    form: /(?:^|\.)gatekeeper\.sh$|\/gatekeeper-webhook-service$/,
    ignoresByDefault: true,
  },
  { name: 'Azure Policy', form: /azure-policy-webhook|azurepolicy/, ignoresByDefault: true },
  { name: 'Kyverno', form: /\.kyverno\.(?:svc|io)|\/kyverno-svc$/ },
  { name: 'Kubewarden', form: /\.kubewarden\.(?:admission|io)|\/policy-server-|^kubewarden\// },
  { name: 'Open Policy Agent', form: /openpolicyagent\.org$|^opa\/opa$/ },
  { name: 'jsPolicy', form: /jspolicy/ },
  { name: 'Polaris', form: /^polaris\.|\/polaris-webhook$/ },
  { name: 'Datree', form: /datree/ },
  { name: 'K-Rail', form: /\bk-rail\b/ },
  {
    name: 'Sigstore policy controller',
    form: /policy\.sigstore\.dev$|cosigned|policy-controller-webhook/,
    verifiesImages: true,
  },
  { name: 'Connaisseur', form: /connaisseur/, verifiesImages: true },
  { name: 'Portieris', form: /portieris|trust\.hooks\.securityenforcement/, verifiesImages: true },
  {
    name: 'Binary Authorization',
    form: /binaryauthorization|binauthz|imagepolicywebhook\.image-policy/,
    verifiesImages: true,
  },
  { name: 'Ratify', form: /\bratify\b/, verifiesImages: true },
  { name: 'NeuVector', form: /neuvector/, ignoresByDefault: true },
  { name: 'Aqua', form: /aquasec|kube-enforcer/, ignoresByDefault: true },
  { name: 'StackRox', form: /stackrox\.io$|\/sensor\b.*stackrox/, ignoresByDefault: true },
  { name: 'Sysdig', form: /sysdig.*admission|admission.*sysdig/, ignoresByDefault: true },
  { name: 'Prisma Cloud', form: /twistlock|prisma-?cloud/, ignoresByDefault: true },
  { name: 'Anchore', form: /anchore/ },
  { name: 'Trend Micro', form: /trendmicro/, ignoresByDefault: true },
  { name: 'Falcon', form: /falcon-kac|crowdstrike/, ignoresByDefault: true },
]

/** The policy engine that a webhook belongs to, by its name and its service. */
export function engineOf({ name, service, url }: AdmissionWebhook): PolicyEngine | undefined {
  const place = service === undefined ? (url ?? '') : `${service.namespace}/${service.name}`
  return ENGINES.find(({ form }) => form.test(name) || form.test(place))
}

/**
 * Whether a webhook stands guard: it belongs to a policy engine, or it may refuse pods. Webhooks that complete objects, or
 * look after the resources of their own operator alone, guard nothing.
 */
export function isGuard(webhook: AdmissionWebhook): boolean {
  if (engineOf(webhook) !== undefined) return !webhook.mutating
  return !webhook.mutating && coversPods(webhook)
}
