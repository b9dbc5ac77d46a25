import { readAuthorizationConfiguration } from '../../access/index.js'
import { known, unknown, type Fact, type Origin } from '../../model/index.js'
import type { ComponentSubject } from '../define-check.js'
import { fileBehind } from './flag-file.js'

/** One authorizer of the chain, with the place that names it. */
export interface AuthorizationStep {
  readonly type: string
  readonly name: string
  readonly origin: Origin
  /** Of a webhook: what counts when it does not answer. */
  readonly failurePolicy?: 'NoOpinion' | 'Deny'
  /** Of a webhook: the kubeconfig that leads to it, where it has one. */
  readonly kubeconfig?: string
}

/** The authorizers in order, from the file of --authorization-config or from the flags. */
export function chainOf(apiserver: ComponentSubject): Fact<readonly AuthorizationStep[]> {
  const config = apiserver.string('authorization-config')
  if (!config.known) return config
  return config.value === '' ? chainOfFlags(apiserver) : chainOfFile(apiserver, config.value, config.origin)
}

/** A webhook of flags has no failure policy: its failure is no opinion. */
function chainOfFlags(apiserver: ComponentSubject): Fact<readonly AuthorizationStep[]> {
  const modes = apiserver.strings('authorizers')
  if (!modes.known) return modes
  const kubeconfig = apiserver.string('authorization-webhook-config-file')
  const steps = modes.value.map((type): AuthorizationStep => {
    const step = { type, name: type, origin: modes.origin }
    if (type !== 'Webhook') return step
    const led = kubeconfig.known && kubeconfig.value !== '' ? { kubeconfig: kubeconfig.value } : {}
    return { ...step, failurePolicy: 'NoOpinion', ...led }
  })
  return known(steps, modes.origin)
}

function chainOfFile(
  apiserver: ComponentSubject,
  path: string,
  origin: Origin,
): Fact<readonly AuthorizationStep[]> {
  const file = fileBehind(apiserver, path, origin)
  if (!file.known) return file
  const { config, errors } = readAuthorizationConfiguration(file.value.text, file.value.path)
  if (config === undefined) {
    return unknown('unparsable', `\`${path}\`: ${errors[0]?.message ?? 'it cannot be read'}`, origin)
  }
  const steps = config.authorizers.map((authorizer): AuthorizationStep => {
    const { type, name, place } = authorizer
    const step = { type, name, origin: { kind: 'file', ...place, host: apiserver.host } } as const
    if (authorizer.type !== 'Webhook') return step
    const { failurePolicy, connection } = authorizer.webhook
    const led = connection.type === 'KubeConfigFile' ? { kubeconfig: connection.file } : {}
    return { ...step, failurePolicy, ...led }
  })
  return known(steps, origin)
}
