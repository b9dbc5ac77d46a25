import { asString, valueAt, type JsonPath } from '../../../model/index.js'
import type { Control } from '../control.js'
import { containersIn, distinct, plural, quote } from '../in-words.js'

const HANDLERS: readonly JsonPath[] = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
].flatMap((handler) => ['httpGet', 'tcpSocket'].map((kind) => [...handler, kind, 'host']))

/** Source: policy/check_hostProbesAndhostLifecycle.go. */
export const hostProbesAndHostLifecycle: Control = {
  id: 'hostProbesAndHostLifecycle',
  level: 'baseline',
  describe(places) {
    const names = [...new Set(containersIn(places))].sort()
    const hosts = distinct(places)
    const verb = plural(names.length, 'uses', 'use')
    const what = plural(hosts.length, 'probe or lifecycle host')
    return `probe or lifecycle host (${plural(names.length, 'container')} ${quote(names)} ${verb} ${what} ${quote(hosts)})`
  },
  versions: [
    {
      from: 34,
      evaluate: (pod) =>
        pod.containers.flatMap((container) =>
          HANDLERS.flatMap((path) => {
            const host = asString(valueAt(container.spec, path)) ?? ''
            return host === ''
              ? []
              : [{ path: [...container.path, ...path], container: container.name, value: host }]
          }),
        ),
    },
  ],
}
