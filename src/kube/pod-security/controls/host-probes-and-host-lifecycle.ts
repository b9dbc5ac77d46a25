import { asString, valueAt, type JsonPath } from '../../../model/index.js'
import type { Control } from '../control.js'

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
