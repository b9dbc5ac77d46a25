import { asList, asStrings, field } from '../../../model/index.js'
import { exceptWindows, type Control, type Evaluate, type ViolationPlace } from '../control.js'
import { containerNames, values } from '../in-words.js'

const notDropped: Evaluate = (pod) =>
  pod.containers.flatMap((container): ViolationPlace[] => {
    const capabilities = field(container.securityContext, 'capabilities')
    const path = [...container.path, 'securityContext', 'capabilities']
    const named = { container: container.name }
    const drop = asStrings(field(capabilities, 'drop'))
    const added = asList(field(capabilities, 'add')).flatMap((name, index) =>
      typeof name !== 'string' || name === 'NET_BIND_SERVICE'
        ? []
        : [{ ...named, path: [...path, 'add', index], value: name }],
    )
    return drop.includes('ALL') ? added : [{ ...named, path: [...path, 'drop'], value: drop }, ...added]
  })

const isAdded = (place: ViolationPlace): boolean => place.path.at(-2) === 'add'

/** Source: policy/check_capabilities_restricted.go. Exactly `ALL`: runtimes take `all` too, this control does not. */
export const capabilitiesRestricted: Control = {
  id: 'capabilities_restricted',
  level: 'restricted',
  describe(places) {
    const [added, kept] = [places.filter(isAdded), places.filter((place) => !isAdded(place))]
    const details = [
      ...(kept.length === 0
        ? []
        : [`${containerNames(kept)} must set securityContext.capabilities.drop=["ALL"]`]),
      ...(added.length === 0
        ? []
        : [`${containerNames(added)} must not include ${values(added)} in securityContext.capabilities.add`]),
    ]
    return `unrestricted capabilities (${details.join('; ')})`
  },
  versions: [
    { from: 22, evaluate: notDropped, overrides: ['capabilities_baseline'] },
    { from: 25, evaluate: exceptWindows(notDropped), overrides: ['capabilities_baseline'] },
  ],
}
