import { asList, field } from '../../../model/index.js'
import type { Control } from '../control.js'
import { volumeNames } from '../in-words.js'

/** Source: policy/check_hostPathVolumes.go. */
export const hostPathVolumes: Control = {
  id: 'hostPathVolumes',
  level: 'baseline',
  describe: (places, pod) => `hostPath volumes (${volumeNames(places, pod)})`,
  versions: [
    {
      from: 0,
      evaluate: (pod) =>
        asList(pod.spec.volumes).flatMap((volume, index) => {
          const hostPath = field(volume, 'hostPath')
          if (hostPath === undefined || hostPath === null) return []
          return [{ path: ['spec', 'volumes', index, 'hostPath'], value: field(hostPath, 'path') ?? null }]
        }),
    },
  ],
}
