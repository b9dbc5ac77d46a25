import { field } from '../../../model/index.js'
import { inEachContext, mapping, type Control, type PodView, type ViolationPlace } from '../control.js'
import { annotationsIn, distinct, plural, quote, setters } from '../in-words.js'

const ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/'

/** Source: policy/check_appArmorProfile.go. */
export const appArmorProfile: Control = {
  id: 'appArmorProfile',
  level: 'baseline',
  describe(places) {
    const bad = [
      ...distinct(places.filter((place) => place.path[0] !== 'metadata')),
      ...annotationsIn(places),
    ]
    return `${plural(bad.length, 'forbidden AppArmor profile')} (${setters(places)} must not set AppArmor profile type to ${quote(bad)})`
  },
  versions: [{ from: 0, evaluate: (pod) => [...profiles(pod), ...annotations(pod)] }],
}

function profiles(pod: PodView): ViolationPlace[] {
  return inEachContext(pod, (context) => {
    if (mapping(context, 'appArmorProfile') === undefined) return []
    const type = field(context.appArmorProfile, 'type') ?? ''
    return type === 'RuntimeDefault' || type === 'Localhost'
      ? []
      : [{ path: ['appArmorProfile', 'type'], value: type }]
  })
}

function annotations(pod: PodView): ViolationPlace[] {
  return Object.entries(pod.annotations).flatMap(([key, value]) => {
    if (!key.startsWith(ANNOTATION) || typeof value !== 'string') return []
    if (value === '' || value === 'runtime/default' || value.startsWith('localhost/')) return []
    return [{ path: ['metadata', 'annotations', key], container: key.slice(ANNOTATION.length), value }]
  })
}
