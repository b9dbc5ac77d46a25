import { asList, field, isObject } from '../../../model/index.js'
import type { Control } from '../control.js'
import { distinct, plural, quote, volumeNames } from '../in-words.js'

const ALLOWED = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]

/** Source: policy/check_restrictedVolumes.go. */
export const restrictedVolumes: Control = {
  id: 'restrictedVolumes',
  level: 'restricted',
  describe(places, pod) {
    const types = distinct(places)
    const verb = plural(places.length, 'uses', 'use')
    const what = plural(types.length, 'restricted volume type')
    return `restricted volume types (${volumeNames(places, pod)} ${verb} ${what} ${quote(types)})`
  },
  versions: [
    {
      from: 0,
      overrides: ['hostPathVolumes'],
      evaluate: (pod) =>
        asList(pod.spec.volumes).flatMap((volume, index) => {
          if (!isObject(volume)) return []
          const isSet = (type: string): boolean => {
            const value = field(volume, type)
            return value !== undefined && value !== null
          }
          if (ALLOWED.some(isSet)) return []
          const type = Object.keys(volume).find((key) => key !== 'name' && isSet(key))
          const path = ['spec', 'volumes', index, ...(type === undefined ? [] : [type])]
          return [{ path, value: type ?? 'unknown' }]
        }),
    },
  ],
}
