import { posix } from 'node:path'
import { asString } from '../../model/index.js'
import { isLabelValue, isQualifiedName } from '../../text/index.js'
import type { ConfigView } from './config-view.js'
import type { ValidationRule } from './validate.js'

const EFFECTS = ['', 'NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** Rules about words, taints and paths. */
export const NODE_RULES: readonly ValidationRule[] = [
  oneOf('topologyManagerPolicy', ['none', 'best-effort', 'restricted', 'single-numa-node']),
  oneOf('topologyManagerScope', ['container', 'pod']),
  oneOf('hairpinMode', ['none', 'hairpin-veth', 'promiscuous-bridge']),
  {
    field: 'runOnce',
    check: (view) => (view.minor >= 36 && view.on('runOnce') ? '`runOnce` is no longer allowed' : undefined),
  },
  { field: 'registerWithTaints', check: taints },
  {
    field: 'containerRuntimeEndpoint',
    check: (view) =>
      view.text('containerRuntimeEndpoint') === '' ? '`containerRuntimeEndpoint` is empty' : undefined,
  },
  { field: 'podLogsDir', check: logsFolder },
  {
    field: 'showHiddenMetricsForVersion',
    check: (view) =>
      ['', `1.${view.minor - 1}`].includes(view.text('showHiddenMetricsForVersion'))
        ? undefined
        : '`showHiddenMetricsForVersion` is not the previous minor version',
  },
]

function oneOf(field: string, words: readonly string[]): ValidationRule {
  return {
    field,
    check: (view) =>
      words.includes(view.text(field)) ? undefined : `\`${field}\` is none of ${words.join(', ')}`,
  }
}

// Source: kubernetes v1.36.2 pkg/util/taints, CheckTaintValidation.
function taints(view: ConfigView): string | undefined {
  for (const taint of view.maps('registerWithTaints')) {
    const key = asString(taint['key']) ?? ''
    const value = asString(taint['value']) ?? ''
    const effect = asString(taint['effect']) ?? ''
    if (!isQualifiedName(key) || !isLabelValue(value) || !EFFECTS.includes(effect)) {
      return '`registerWithTaints` holds an invalid taint'
    }
    if (taint['timeAdded'] !== undefined) return '`registerWithTaints` sets timeAdded'
  }
  return undefined
}

function logsFolder(view: ConfigView): string | undefined {
  const folder = view.text('podLogsDir')
  if (!folder.startsWith('/')) return '`podLogsDir` is no absolute path'
  const clean = posix.normalize(folder)
  const same = (clean.length > 1 ? clean.replace(/\/$/, '') : clean) === folder
  // eslint-disable-next-line no-control-regex -- the kubelet allows ASCII, control characters included
  return same && /^[\x00-\x7f]*$/.test(folder) ? undefined : '`podLogsDir` is not a clean ASCII path'
}
