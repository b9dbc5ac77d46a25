import { asList, asString, field, known, unknown, valueAt, type Fact } from '../../model/index.js'
import type { Container } from '../../kube/index.js'
import type { WorkloadSubject } from '../define-check.js'
import { configMapValue } from './config-map-value.js'
import { variableOf } from './container-flags.js'

/**
 * One setting of Grafana in force: the environment variable GF_SECTION_KEY, else grafana.ini of a mounted ConfigMap;
 * empty when nobody sets it. Unknown when it is taken from something that was not read.
 * Source: https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/
 */
export function grafanaSetting(
  subject: WorkloadSubject,
  container: Container,
  section: string,
  key: string,
): Fact<string> {
  const { object, template, index } = subject
  const { namespace } = object.ref
  const variable = variableOf(container, `GF_${section}_${key}`.toUpperCase().replaceAll('.', '_'))
  if (variable !== undefined) {
    const origin = { kind: 'object', object, path: variable.path } as const
    if (variable.value !== undefined) return known(variable.value, origin)
    const { configMap } = variable
    if (configMap !== undefined) return configMapValue(index, namespace, configMap.name, configMap.key)
    return unknown('no-source', 'the value comes from a Secret or a field', origin)
  }
  for (const volume of asList(field(template.spec, 'volumes'))) {
    const name = asString(valueAt(volume, ['configMap', 'name']))
    if (name === undefined) continue
    const text = configMapValue(index, namespace, name, 'grafana.ini')
    if (!text.known) return text
    const value = iniValue(text.value, section, key)
    if (value !== undefined) return known(value, text.origin)
  }
  return known('', { kind: 'object', object, path: container.path })
}

/** The last value of a key in a section of an ini text; comments start with `;` or `#`. */
export function iniValue(text: string, section: string, key: string): string | undefined {
  let inside = false
  let found: string | undefined
  for (const raw of text.split('\n')) {
    const line = raw.trim()
    if (line.startsWith('[') && line.endsWith(']')) inside = line.slice(1, -1).trim() === section
    const equals = line.indexOf('=')
    if (!inside || equals < 0 || line.startsWith(';') || line.startsWith('#')) continue
    if (line.slice(0, equals).trim() === key) found = line.slice(equals + 1).trim()
  }
  return found
}

/** Whether Grafana takes a text for true. Source: Go strconv.ParseBool, and `on` and `yes` of gopkg.in/ini.v1. */
export function isOn(value: string): boolean {
  return ['1', 't', 'true', 'on', 'yes', 'y'].includes(value.toLowerCase())
}
