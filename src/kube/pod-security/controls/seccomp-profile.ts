import { asString, field, type JsonObject, type JsonPath, type JsonValue } from '../../../model/index.js'
import {
  exceptWindows,
  inEachContext,
  mapping,
  type Control,
  type Evaluate,
  type ViolationPlace,
} from '../control.js'
import { annotationsIn, containerNames, plural, setters, values } from '../in-words.js'

const POD_ANNOTATION = 'seccomp.security.alpha.kubernetes.io/pod'
const CONTAINER_ANNOTATION = 'container.seccomp.security.alpha.kubernetes.io/'

const badAnnotations: Evaluate = (pod) => {
  const keys = [POD_ANNOTATION, ...pod.containers.map((container) => CONTAINER_ANNOTATION + container.name)]
  return [...new Set(keys)].flatMap((key): ViolationPlace[] => {
    const value = asString(field(pod.annotations, key))
    if (value === undefined || /^(?:runtime\/default$|docker\/default$|localhost\/)/.test(value)) return []
    return [{ path: ['metadata', 'annotations', key], value }]
  })
}

/** The profile of a context that names another than RuntimeDefault or Localhost. */
function badProfile(context: JsonObject): { path: JsonPath; value: JsonValue }[] {
  if (mapping(context, 'seccompProfile') === undefined) return []
  const type = field(context.seccompProfile, 'type') ?? ''
  return isGood(type) ? [] : [{ path: ['seccompProfile', 'type'], value: type }]
}

function isGood(type: JsonValue): boolean {
  return type === 'RuntimeDefault' || type === 'Localhost'
}

const badProfiles: Evaluate = (pod) => inEachContext(pod, badProfile)

const badOrMissingProfiles: Evaluate = (pod) => {
  const bad = badProfiles(pod)
  if (bad.length > 0) return bad
  const ofPod = mapping(pod.securityContext, 'seccompProfile')
  if (ofPod !== undefined && isGood(ofPod.type ?? '')) return []
  return pod.containers
    .filter((container) => mapping(container.securityContext, 'seccompProfile') === undefined)
    .map((container) => ({
      path: [...container.path, 'securityContext', 'seccompProfile'],
      container: container.name,
    }))
}

const describeBad = (places: readonly ViolationPlace[]): string =>
  `seccompProfile (${setters(places)} must not set securityContext.seccompProfile.type to ${values(places)})`

/** Source: policy/check_seccompProfile_baseline.go. */
export const seccompProfileBaseline: Control = {
  id: 'seccompProfile_baseline',
  level: 'baseline',
  describe: (places) =>
    places[0]?.path[0] === 'metadata'
      ? `seccompProfile (forbidden ${plural(places.length, 'annotation')} ${annotationsIn(places).join(', ')})`
      : describeBad(places),
  versions: [
    { from: 0, evaluate: badAnnotations },
    { from: 19, evaluate: badProfiles },
  ],
}

/** Source: policy/check_seccompProfile_restricted.go. */
export const seccompProfileRestricted: Control = {
  id: 'seccompProfile_restricted',
  level: 'restricted',
  describe: (places) =>
    places.some((place) => place.value !== undefined)
      ? describeBad(places)
      : `seccompProfile (pod or ${containerNames(places)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")`,
  versions: [
    { from: 19, evaluate: badOrMissingProfiles, overrides: ['seccompProfile_baseline'] },
    { from: 25, evaluate: exceptWindows(badOrMissingProfiles), overrides: ['seccompProfile_baseline'] },
  ],
}
