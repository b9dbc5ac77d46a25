import type { Control } from '../control.js'

const FIELDS = ['hostNetwork', 'hostPID', 'hostIPC'] as const

/** Source: policy/check_hostNamespaces.go. */
export const hostNamespaces: Control = {
  id: 'hostNamespaces',
  level: 'baseline',
  describe: (places) =>
    `host namespaces (${places.map((place) => `${String(place.path.at(-1))}=true`).join(', ')})`,
  versions: [
    {
      from: 0,
      evaluate: (pod) =>
        FIELDS.filter((name) => pod.spec[name] === true).map((name) => ({
          path: ['spec', name],
          value: true,
        })),
    },
  ],
}
