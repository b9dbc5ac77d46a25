import { asStrings, field } from '../../../model/index.js'
import { exceptWindows, type Control, type Evaluate, type ViolationPlace } from '../control.js'

const notDropped: Evaluate = (pod) =>
  pod.containers.flatMap((container): ViolationPlace[] => {
    const capabilities = field(container.securityContext, 'capabilities')
    const path = [...container.path, 'securityContext', 'capabilities']
    const named = { container: container.name }
    const drop = asStrings(field(capabilities, 'drop'))
    const added = asStrings(field(capabilities, 'add')).flatMap((name, index) =>
      name === 'NET_BIND_SERVICE' ? [] : [{ ...named, path: [...path, 'add', index], value: name }],
    )
    return drop.includes('ALL') ? added : [{ ...named, path: [...path, 'drop'], value: drop }, ...added]
  })

/** Source: policy/check_capabilities_restricted.go. Exactly `ALL`: runtimes take `all` too, this control does not. */
export const capabilitiesRestricted: Control = {
  id: 'capabilities_restricted',
  level: 'restricted',
  versions: [
    { from: 22, evaluate: notDropped, overrides: ['capabilities_baseline'] },
    { from: 25, evaluate: exceptWindows(notDropped), overrides: ['capabilities_baseline'] },
  ],
}
