import { asString, type Setting } from '../../model/index.js'
import type { ComponentStart } from '../component-start.js'
import type { DerivedSettings } from '../flag-component.js'
import { byDefault, type FlagSettings } from '../flag-settings.js'

const BACKENDS = [
  ['log', 'audit-log-path'],
  ['webhook', 'audit-webhook-config-file'],
] as const

/**
 * `audit-backends`: those that record anything. Without a policy file none does.
 * Source: k8s.io/apiserver v0.36.2 pkg/server/options/audit.go, AuditOptions.ApplyTo.
 */
export function deriveAudit(start: ComponentStart, flags: FlagSettings): DerivedSettings {
  const policy = flags.settings.get('audit-policy-file')
  const given = BACKENDS.flatMap(([name, flag]) => {
    const setting = flags.settings.get(flag)
    return setting !== undefined && asString(setting.value) !== '' ? [{ name, setting }] : []
  })
  const names = given.map(({ name }) => name)
  const first = given[0]?.setting
  if (first === undefined) {
    return { settings: [byDefault(start, 'audit-backends', [], 'neither a log nor a webhook is set')] }
  }
  if (policy === undefined || asString(policy.value) === '') {
    const overridden = [{ value: names, source: first.source }]
    const none = byDefault(start, 'audit-policy-file', [], 'without a policy nothing is recorded')
    return { settings: [{ ...none, setting: 'audit-backends', overridden }] }
  }
  const setting: Setting = { ...first, setting: 'audit-backends', value: names, overridden: [] }
  return { settings: [setting] }
}
